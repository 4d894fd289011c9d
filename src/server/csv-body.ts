import type { FastifyInstance } from 'fastify';

/** A table from a spreadsheet, as the bytes that were sent: whoever reads it says what is wrong with its encoding, line by line. */
export function acceptCsv(app: FastifyInstance): void {
  if (app.hasContentTypeParser('text/csv')) return;
  app.addContentTypeParser('text/csv', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
}
