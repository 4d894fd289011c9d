import pg from 'pg';

const NAMED = /^\/\* prepared (\w+) \*\//;

/**
 * A connection that keeps the plan of statements that begin with a name in a comment: `prepared lockSeats`. PostgreSQL then
 * plans each once for a connection instead of at every call, which for short statements over many indexes is most of their time. One name, one
 * text: what differs from call to call is a parameter.
 */
export class PreparingClient extends pg.Client {
  // The library's own overloads, as it is called here: by the query builder, with a text and its values.
  override query(...given: readonly unknown[]): any {
    const [text, values, ...rest] = given;
    const name = typeof text === 'string' ? NAMED.exec(text)?.[1] : undefined;
    const query = super.query as unknown as (...args: unknown[]) => unknown;
    return name === undefined ? query.apply(this, [...given]) : query.apply(this, [{ name, text, values }, ...rest]);
  }
}
