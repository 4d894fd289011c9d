/** The command bodies of `greenlane incident …`: settings in, text out, exit code back. */
import type { Writable } from 'node:stream';
import { formatInstant } from './base/index.ts';
import { countRows, destroyIncident, isServed, listIncidents, withDatabase, type IncidentSummary, type Settings } from './server/index.ts';

export interface DestroyCommand {
  readonly id: string;
  /** The id again, typed by whoever means it. */
  readonly confirmed: string | undefined;
}

type Where = Pick<Settings, 'databaseUrl' | 'dataDir'>;

export async function runIncidentList(where: Where, stdout: Writable): Promise<number> {
  return withDatabase(where, async (db) => {
    const incidents = await listIncidents(db);
    if (incidents.length === 0) stdout.write('There is no incident in this database.\n');
    for (const incident of incidents) stdout.write(`${lineOf(incident)}\n`);
    return 0;
  });
}

/**
 * Says what would be deleted, and deletes it only when the id was given twice: what is gone cannot be had back.
 * @returns 0 when it was deleted, otherwise 1
 */
export async function runIncidentDestroy(where: Where, { id, confirmed }: DestroyCommand, stdout: Writable): Promise<number> {
  return withDatabase(where, async (db) => {
    const say = (line: string): void => void stdout.write(`${line}\n`);
    const incident = (await listIncidents(db)).find((each) => each.id === id);
    if (!incident) {
      say(`There is no incident ${id}. \`greenlane incident list\` names those there are.`);
      return 1;
    }
    say(lineOf(incident));
    // A server that goes on would write what comes in to an incident that is gone, and nobody would ever delete that.
    if (incident.endedAt === null && (await isServed(db))) {
      say('It is running and being served: stop every server of this database first. Nothing was deleted.');
      return 1;
    }
    for (const [table, count] of Object.entries(await countRows(db, incident.city, id))) if (count > 0) say(`  ${table.padEnd(14)} ${count}`);
    if (confirmed !== id) {
      say(`Nothing was deleted. To delete these rows for good: greenlane incident destroy ${id} --yes-destroy ${id}`);
      return 1;
    }
    const deleted = await destroyIncident(db, incident.city, id, Date.now() + incident.clockOffsetMs);
    say(`${sum(deleted)} rows are deleted for good. What stays is that there was this incident, and this count in the audit.`);
    return 0;
  });
}

function lineOf({ id, name, startedAt, endedAt, rows }: IncidentSummary): string {
  const period = `${formatInstant(startedAt)} – ${endedAt === null ? 'running' : formatInstant(endedAt)}`;
  return `${id}  ${name}, ${period}, ${rows} rows about people`;
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}
