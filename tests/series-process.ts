/** A server of its own on a database that stands, until it is killed: `node series-process.ts URL`. It says where it answers. */
import { openDatabase } from '../src/server/index.ts';
import { startCity } from './running-city.ts';

const url = process.argv[2]!;
const database = await openDatabase({ databaseUrl: url, dataDir: '', log: () => undefined });
const city = await startCity({ on: database });
process.stdout.write(`${city.url}\n`);
