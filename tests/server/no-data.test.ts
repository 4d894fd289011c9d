import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { runIncidentDestroy, runIncidentList } from '../../src/incident-cli.ts';
import { runReplay } from '../../src/replay-cli.ts';
import { openTemporaryDatabase } from '../running-city.ts';

const NOWHERE = new Writable({ write: (_chunk, _encoding, done) => done() });
type Where = Parameters<typeof runReplay>[0];
const COMMANDS: readonly (readonly [string, (where: Where) => Promise<number>])[] = [
  ['replay', (where) => runReplay(where, { journey: 'Rk3v9x2m7q', policy: 'standing-rules', lang: 'en' }, NOWHERE, NOWHERE)],
  ['incident list', (where) => runIncidentList(where, NOWHERE)],
  ['incident destroy', (where) => runIncidentDestroy(where, { id: 'x', confirmed: 'x' }, NOWHERE)],
];

describe('a command about what is kept', () => {
  it.each(COMMANDS)('%s: given a folder that is not there, then it says so and makes none', async (_, run) => {
    const dataDir = path.join(tmpdir(), `greenlane-none-${process.pid}`);
    await expect(run({ databaseUrl: undefined, dataDir })).rejects.toThrow(/There is no data in .*: set GREENLANE_DATA/);
    expect(existsSync(dataDir)).toBe(false);
  });

  it('given a database that no server has used, then it says so and leaves it empty', async () => {
    const database = await openTemporaryDatabase();
    try {
      for (const [, run] of COMMANDS) await expect(run({ databaseUrl: database.url, dataDir: '' })).rejects.toThrow(/There is no data in this database/);
      expect((await database.pool.query(`select 1 from pg_class where relnamespace = 'public'::regnamespace`)).rows).toEqual([]);
    } finally {
      await database.stop();
    }
  }, 60_000);
});
