import { sql, type Kysely } from 'kysely';
import type { Instant, Refusal } from '../../base/index.ts';
import { adopt, amendPeriod, draftOf, replace, STANDING_RULES_ID, withdraw, type Hand, type PolicyDocument, type PolicyProblem, type PolicyVersion, type Step } from '../../policy/index.ts';
import { readAnnouncement } from '../../policy/load.ts';
import { conflict, invalid, notFound, Refused, type Actor } from '../../people/index.ts';
import { writeAudit } from '../audit.ts';
import type { House } from '../house.ts';
import { notify } from '../journeys/store.ts';
import { findKept, findRules, listKept, lockPolicies, readEdition, storePolicy, type KeptPolicy } from './store.ts';
import type { InTurn } from './thread.ts';
import type { ReadResult } from './worker.ts';

type Db = Kysely<any>;

/**
 * A draft from its text, or everything that is wrong with it at once; then nothing is stored.
 * @throws Refused 400 with line and column of each problem, 409 when this very text is there already
 */
export async function draftPolicy(trx: Db, house: House, actor: Actor, text: string): Promise<KeptPolicy> {
  const { city, clock } = house;
  const document = readOrRefuse(house, text);
  await lockPolicies(trx, city.id);
  const known = await findKept(trx, city.id, document.id, document.version);
  if (known) throw conflict({ code: 'policyVersionExists', field: 'text', facts: { version: document.version } });
  const inPlace = await adoptedVersion(trx, city.id, document.id);
  const kept = { life: draftOf(document, handOf(actor), clock.now(), inPlace?.life.version), text };
  await storePolicy(trx, city.id, kept);
  await record(trx, house, actor, 'draftPolicy', kept.life);
  await notify(trx, { city: city.id, kind: 'policyDrafts' });
  return kept;
}

/**
 * The same announcement with another end of its period, as a draft that goes the same way as every other.
 * @param to the new end, also one that has just passed; null for an open end
 * @returns the version that says so already, when there is one: two that differ in nothing would only be mistaken for each other
 */
export async function amendPolicy(trx: Db, house: House, actor: Actor, { id, version }: VersionName, to: Instant | null): Promise<KeptPolicy> {
  const { city } = house;
  await lockPolicies(trx, city.id);
  const kept = await findKept(trx, city.id, id, version);
  if (!kept) throw notFound();
  if (kept.life.state !== 'adopted') throw conflict({ code: 'policyNotAdopted' });
  const { coverage: { period } } = readOrRefuse(house, kept.text);
  if (to !== null && to <= period.from) throw invalid([{ code: 'periodEndsBeforeItBegins', field: 'to' }]);
  if (to === (period.to ?? null)) return kept;
  const known = (await listKept(trx, city.id)).filter(({ life }) => life.id === id);
  const amended = (others: readonly KeptPolicy[]): string => amendPeriod(kept.text, to, others.map(({ life }) => writtenVersion(life)));
  const same = known.find((draft) => isDraft(draft) && draft.text === amended(known.filter((other) => other !== draft)));
  if (same) return same;
  return draftPolicy(trx, house, actor, amended(known));
}

/**
 * From this transaction on the version is what the city decides by. Of two who adopt at once one wins, and the other is told
 * by whom it was done.
 */
export async function adoptPolicy(trx: Db, house: House, actor: Actor, { id, version }: VersionName, why: Readonly<Record<string, string>>): Promise<KeptPolicy> {
  const { city, clock } = house;
  await lockPolicies(trx, city.id);
  const kept = await findKept(trx, city.id, id, version);
  if (!kept) throw notFound();
  const [at, by] = [clock.now(), handOf(actor)];
  const adopted = await listKept(trx, city.id, ['adopted']);
  const inPlace = adopted.find(({ life }) => life.id === id);
  const life = taken(adopt(kept.life, {
    by, at, why, rules: (await findRules(trx, city.id))?.version ?? '', inPlace: inPlace?.life.version,
    document: readOrRefuse(house, kept.text), others: documentsOf(adopted, house),
  }));
  if (inPlace) await storePolicy(trx, city.id, { ...inPlace, life: replace(inPlace.life, by, at, version) });
  await storePolicy(trx, city.id, { ...kept, life }, 1 + (await readEdition(trx, city.id)));
  await record(trx, house, actor, 'adoptPolicy', life, { why: life.adopted?.why, ...(inPlace && { replaces: inPlace.life.version }) });
  await notify(trx, { city: city.id, kind: 'policies' });
  return { ...kept, life };
}

export async function withdrawPolicy(trx: Db, house: House, actor: Actor, { id, version }: VersionName): Promise<KeptPolicy> {
  const { city, clock } = house;
  await lockPolicies(trx, city.id);
  const kept = await findKept(trx, city.id, id, version);
  if (!kept) throw notFound();
  const life = taken(withdraw(kept.life, handOf(actor), clock.now()));
  await storePolicy(trx, city.id, { ...kept, life });
  await record(trx, house, actor, 'withdrawPolicy', life);
  await notify(trx, { city: city.id, kind: 'policyDrafts' });
  return { ...kept, life };
}

/** Without the fingerprint behind it. */
const writtenVersion = ({ version }: PolicyVersion): string => version.replace(/\.[^.]*$/, '');
const isDraft = ({ life: { state } }: KeptPolicy): boolean => state === 'draft' || state === 'checked';

export interface VersionName {
  readonly id: string;
  readonly version: string;
}

/** Every open request of the city: so many are asked again when something is adopted. */
export async function countOpen(db: Db, city: string): Promise<number> {
  const { rows: [row] } = await sql<{ count: number }>`select count(*)::int as count from journey where city = ${city} and state = 'open'`.execute(db);
  return row!.count;
}

const handOf = ({ id, name }: Actor): Hand => ({ id, name });

async function adoptedVersion(db: Db, city: string, id: string): Promise<KeptPolicy | undefined> {
  return (await listKept(db, city, ['adopted'])).find(({ life }) => life.id === id);
}

function documentsOf(kept: readonly KeptPolicy[], { city }: House): readonly PolicyDocument[] {
  return kept.flatMap(({ life, text }) => {
    const read = readAnnouncement(life.id, text, city);
    return 'value' in read ? [read.value] : [];
  });
}

/**
 * Reads what somebody has sent before anything is done with it, on another thread: whatever is in it, nobody's care waits.
 * @throws Refused 400 with line and column of each problem
 */
export async function readSent({ city }: House, reading: InTurn, text: string): Promise<void> {
  const problems = await reading<ReadResult>(text, { job: 'read', policy: text, city });
  if (problems.length > 0) throw invalidText(problems);
}

function readOrRefuse({ city }: House, text: string): PolicyDocument {
  const read = readAnnouncement('text', text, city);
  if ('problems' in read) throw invalidText(read.problems);
  const { value } = read;
  if (value.city !== city.id) throw invalid([{ code: 'policyOfOtherCity', field: 'text', facts: { city: city.id } }]);
  if (value.id === STANDING_RULES_ID) throw invalid([{ code: 'policyIdReserved', field: 'text', facts: { id: value.id } }]);
  return value;
}

function invalidText(problems: readonly PolicyProblem[]): Refused {
  const [first, ...rest] = problems.map(refusalOf);
  return invalid([first ?? { code: 'fieldInvalid', field: 'text' }, ...rest]);
}

function refusalOf({ line, column, message }: PolicyProblem): Refusal {
  return { code: 'policyProblem', field: 'text', facts: { line, column, problem: message.en, problemZh: message.zh } };
}

/** @throws Refused what the life of a policy does not allow, in the order it was answered */
function taken(step: Step): PolicyVersion {
  if (step.ok) return step.value;
  throw new Refused(step.refusals[0].code === 'findingUnknown' ? 400 : 409, step.refusals);
}

async function record(trx: Db, { city, incident, clock }: House, by: Actor, what: string, { id, version }: PolicyVersion, facts: object = {}): Promise<void> {
  await writeAudit(trx, city.id, incident.id, { at: clock.now(), by, what, facts: { id, version, ...facts } });
}
