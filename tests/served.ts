/** The whole product for a browser test: built screens, a PostgreSQL of its own in a temporary folder, a server on a free port. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { build } from 'vite';
import { openDatabase, startServer } from '../src/server/index.ts';

const ROOT = path.resolve(import.meta.dirname, '..');

export interface Served {
  readonly url: string;
  stop(): Promise<void>;
}

export async function serveForTest(): Promise<Served> {
  const built = path.join(ROOT, 'dist', 'web', 'ask', 'index.html');
  if (!existsSync(built)) await build({ root: path.join(ROOT, 'web'), configFile: path.join(ROOT, 'web', 'vite.config.ts'), logLevel: 'error' });
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'greenlane-browser-'));
  const database = await openDatabase({ dataDir, log: () => undefined });
  try {
    const server = await startServer({ port: await freePort(), host: '127.0.0.1', dataDir, databaseUrl: undefined, demo: true }, database);
    return {
      url: server.url,
      stop: async () => {
        await server.stop();
        await database.stop();
        rmSync(dataDir, { recursive: true, force: true });
      },
    };
  } catch (problem) {
    await database.stop();
    rmSync(dataDir, { recursive: true, force: true });
    throw problem;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no free port'))));
    });
  });
}
