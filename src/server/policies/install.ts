import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Kysely } from 'kysely';
import type { Instant } from '../../base/index.ts';
import type { City } from '../../city/index.ts';
import { compilePolicy, draftOf, findRing, findTooComplex, formatPolicyProblems, overlapping, type Hand, type PolicyDocument, type PolicyProblem } from '../../policy/index.ts';
import { listPolicyFiles, loadStandingRules, readAnnouncement, readRules, STANDING_RULES_FILE, type PolicyFile } from '../../policy/load.ts';
import { writeAudit } from '../audit.ts';
import { findKept, findRules, listKept, lockPolicies, readEdition, storePolicy, storeRules } from './store.ts';
import { SYSTEM } from '../../people/index.ts';
import { StartProblem } from '../start-problem.ts';

/** A file that was left out, and why. */
export interface Unreadable {
  readonly file: string;
  readonly problems: readonly Pick<PolicyProblem, 'line' | 'column' | 'code' | 'message'>[];
}

/** Who wrote and adopted what came with a fresh installation: the city that installed it. */
const INSTALLATION: Hand = { id: 'installation', name: 'installation' };

/** The announcements that came with this program and were written for this city; and what cannot be read, whomever it was for. */
export function readInstalled(folder: string, city: City, log: (line: string) => void): { readonly files: readonly Readable[]; readonly unreadable: readonly Unreadable[] } {
  const listed = listPolicyFiles(folder);
  const files: Readable[] = [];
  const unreadable: Unreadable[] = [];
  const leaveOut = (file: string, problems: readonly PolicyProblem[]): void => {
    log(`${path.basename(file)} is left out until it is corrected:\n${formatPolicyProblems(problems).en}`);
    unreadable.push({ file: path.basename(file), problems: problems.map(({ line, column, code, message }) => ({ line, column, code, message })) });
  };
  if ('problems' in listed) leaveOut(folder, listed.problems);
  for (const { file, text, read } of 'files' in listed ? listed.files : []) {
    if ('problems' in read) leaveOut(file, read.problems);
    else if (read.value.city === city.id) {
      const again = readAnnouncement(file, text, city);
      if ('problems' in again) leaveOut(file, again.problems);
      else files.push({ file, text, document: again.value });
    }
  }
  return { files, unreadable };
}

export interface Readable extends Pick<PolicyFile, 'file' | 'text'> {
  readonly document: PolicyDocument;
}

export interface Installation {
  readonly folder: string;
  readonly files: readonly Readable[];
  readonly incident: string;
  readonly at: Instant;
  readonly log: (line: string) => void;
}

/**
 * Takes over what came with the program: adopted by a city that starts for the first time, from then on a draft that people
 * adopt. What is in force in a city is never changed by a file, not even by its first.
 * @throws StartProblem when there are no standing rules to decide by, neither in the folder nor kept from before
 */
export async function installPolicies(db: Kysely<any>, city: City, installation: Installation): Promise<void> {
  const { files, folder, incident, at, log } = installation;
  await db.transaction().execute(async (trx) => {
    await lockPolicies(trx, city.id);
    const fresh = (await findRules(trx, city.id)) === undefined;
    await keepRules(trx, city, installation);
    const rules = loadStandingRules(folder);
    const adopted: PolicyDocument[] = [];
    // In the order in which they begin, as a city would have adopted them.
    for (const { document, text } of files.toSorted((a, b) => a.document.coverage.period.from - b.document.coverage.period.from)) {
      if (await findKept(trx, city.id, document.id, document.version)) continue;
      const inPlace = (await listKept(trx, city.id, ['adopted'])).find(({ life }) => life.id === document.id)?.life.version;
      const draft = draftOf(document, INSTALLATION, at, inPlace);
      const [other] = overlapping(document, adopted);
      const ring = findRing(document, adopted);
      const tooComplex = fresh && 'value' in rules ? findTooComplex(compilePolicy(document, rules.value)) : undefined;
      const free = fresh && inPlace === undefined && !other && ring.length === 0 && !tooComplex;
      if (tooComplex) log(`${document.id} ${tooComplex.message}; it stays a draft`);
      if (other) log(`${document.id} and ${other.id} hold at the same time in the same district; ${document.id} stays a draft until somebody decides`);
      if (ring.length > 0) log(`${[...ring, document.id].join(' → ')} would take each other's place in a ring; ${document.id} stays a draft`);
      if (!free) await storePolicy(trx, city.id, { life: draft, text });
      else {
        adopted.push(document);
        await storePolicy(trx, city.id, { life: { ...draft, state: 'adopted', adopted: { by: INSTALLATION, at, why: {} } }, text }, 1 + (await readEdition(trx, city.id)));
      }
      await writeAudit(trx, city.id, incident, {
        at, by: { ...INSTALLATION, role: SYSTEM.role }, what: free ? 'adoptPolicy' : 'draftPolicy', facts: { id: document.id, version: document.version },
      });
    }
  });
}

/** The rules of this release; broken ones are passed over for the last that could be read. */
async function keepRules(trx: Kysely<any>, city: City, { folder, at, log }: Installation): Promise<void> {
  const kept = await findRules(trx, city.id);
  const read = loadStandingRules(folder);
  if ('problems' in read) {
    const problems = formatPolicyProblems(read.problems).en;
    if (!kept || 'problems' in readRules(STANDING_RULES_FILE, kept.text)) throw new StartProblem(`The standing rules have to be corrected before anything can be decided:\n${problems}`);
    log(`${STANDING_RULES_FILE} is broken; the rules of version ${kept.version} go on:\n${problems}`);
  } else if (read.value.version !== kept?.version) {
    const text = readFileSync(path.join(folder, STANDING_RULES_FILE), 'utf8');
    await storeRules(trx, city.id, { edition: 1 + (await readEdition(trx, city.id)), version: read.value.version, text }, at);
  }
}
