/** The published strategies behind HTTP: no more than a server has to do to hear the same callers and answer them. */
import { createServer } from 'node:http';
import pg from 'pg';
import { STRATEGIES, type StrategyName } from './booking-strategies.ts';

const [url = '', port = '', connections = ''] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: url, max: Number(connections) });
pool.on('error', () => undefined);
let like: Record<string, unknown> = {};
let made = 0;

const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    const name = decodeURIComponent(request.url!.slice(1)) as StrategyName;
    const { slot, care } = JSON.parse(Buffer.concat(parts).toString()) as { slot: string; care: object };
    const id = `S${process.pid}-${made++}`;
    const row = JSON.stringify({ ...like, city: 'bench', id, slot, care, person_key: id, phone_key: id, token_hash: id });
    void answer(name, { id, slot, row }).then(
      (accepted) => response.writeHead(accepted ? 201 : 409, { 'content-type': 'application/json' }).end(JSON.stringify({ id, slot, accepted })),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
});

async function answer(name: StrategyName, caller: { id: string; slot: string; row: string }): Promise<boolean> {
  const client = await pool.connect();
  try {
    return await STRATEGIES[name](client, caller);
  } finally {
    client.release();
  }
}

process.on('message', (told: { like: Record<string, unknown> } | 'stop') => {
  if (told === 'stop') void pool.end().then(() => process.exit(0));
  else like = told.like;
});
server.listen(Number(port), '127.0.0.1', () => process.send!('ready'));
