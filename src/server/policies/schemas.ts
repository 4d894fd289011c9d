import type { FastifyInstance } from 'fastify';
import { policySchema, standingSchema } from '../../policy/index.ts';

/** The schemas an editor completes and checks by, those of this very release, beside the addresses `policies/` names them by. */
const SCHEMAS = {
  '/policies/policy.schema.json': JSON.stringify(policySchema()),
  '/policies/standing-rules.schema.json': JSON.stringify(standingSchema()),
};

/** For everybody, and for editors on pages of other servers as well: there is nothing in them that is anybody's. */
export function registerPolicySchemas(app: FastifyInstance): void {
  for (const [address, schema] of Object.entries(SCHEMAS)) {
    app.get(address, { schema: { hide: true } }, (_request, reply) =>
      reply.type('application/schema+json; charset=utf-8').header('access-control-allow-origin', '*').header('cache-control', 'no-cache').send(schema));
  }
}
