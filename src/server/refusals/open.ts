import { sql, type Kysely } from 'kysely';
import type { Instant } from '../../base/index.ts';
import { SYSTEM, type Scope } from '../../people/index.ts';
import { isNeverBlockGround, isReported, REFUSAL_GROUNDS, TAKE_WITHIN_MS, type NextPlace, type PersonOver, type RefusalCase, type RefusalSource } from '../../reception/index.ts';
import type { Acuity } from '../../triage/index.ts';
import { writeAudit } from '../audit.ts';
import { trueChance } from '../chance.ts';
import type { House } from '../house.ts';
import { notice } from '../journeys/owed.ts';
import { notify } from '../journeys/store.ts';
import { actOnRefusal, COLUMNS, type StoredRefusal } from './store.ts';

export interface RefusalSeen {
  /** The house it happened at; or the `town` whose gate stayed shut, or where somebody lives who is sent from desk to desk. */
  readonly institution?: string;
  readonly town?: string;
  readonly source: RefusalSource;
  /** As it was said; nobody has to say one. */
  readonly ground?: string;
  readonly journey?: string;
  readonly acuity?: Acuity;
  /** A call that nobody answered, an appointment that nobody kept: at most one case each. */
  readonly call?: string;
  readonly booking?: string;
  /** Found before anybody is told. */
  readonly next?: NextPlace;
  readonly at: Instant;
  readonly reportedBy: { readonly role: string; readonly name?: string };
}

/**
 * Somebody was refused: a case with the duty officer of the institution's district as its owner and a clock, in the caller's transaction.
 * Once for a person at a house, whoever says it and however often, until somebody has them by name; a call or a booking has one case at most.
 * Whoever says why after silence gives the case its ground.
 * @returns the case, and whether it is new
 */
export async function openRefusalCase(trx: Kysely<any>, { city, incident }: { readonly city: House['city']; readonly incident: { readonly id: string } }, seen: RefusalSeen): Promise<{ readonly id: string; readonly opened: boolean }> {
  const { at, source, ground, reportedBy: { role, name } } = seen;
  const { about, district } = placeOf(city, seen);
  const refusal: RefusalCase = {
    id: `F${trueChance.code(9)}`, about, source, neverBlock: isNeverBlock(ground), openedAt: at, dueAt: at + TAKE_WITHIN_MS, missed: [],
    owner: district === '' ? { role: 'city', scope: 'city' } : { role: 'district', scope: `district:${district}` },
    ...(ground !== undefined && { ground }), ...(seen.acuity && { acuity: seen.acuity }), ...(seen.journey !== undefined && { journey: seen.journey }), ...(seen.next && { next: seen.next }),
  };
  const report = JSON.stringify([{ at, role, ...(name !== undefined && { name }), source, ...(ground !== undefined && { ground }) }]);
  const { rows } = await sql`insert into refusal_case (city, id, incident, district, call, booking, refusal, reports)
    values (${city.id}, ${refusal.id}, ${incident.id}, ${district}, ${seen.call ?? null}, ${seen.booking ?? null}, ${JSON.stringify(refusal)}::jsonb, ${report}::jsonb)
    on conflict do nothing returning id`.execute(trx);
  if (rows.length === 0) {
    const known = await saidAgain(trx, city.id, about, seen, report);
    // Settled between the two statements: what is said now is another refusal.
    return known === undefined ? openRefusalCase(trx, { city, incident }, seen) : { id: known, opened: false };
  }
  await tell(trx, city.id, incident.id, refusal, at);
  await writeAudit(trx, city.id, incident.id, { at, by: { id: SYSTEM.id, role }, what: 'openRefusalCase', facts: { refusal: refusal.id, about, source } });
  await notify(trx, { city: city.id, kind: 'refusals' });
  return { id: refusal.id, opened: true };
}

/** The person is with somebody who has a name, or their request ended: each open case about them hears it. */
export async function personTakenOver(trx: Kysely<any>, city: string, who: { readonly journey: string } | { readonly call: string } | { readonly booking: string }, over: PersonOver, at: Instant): Promise<void> {
  const [[column, value]] = Object.entries(who) as [[string, string]];
  const { rows } = await sql<StoredRefusal>`select ${COLUMNS} from refusal_case where city = ${city} and ${sql.ref(column)} = ${value} and over_at is null for update`.execute(trx);
  for (const stored of rows) await actOnRefusal(trx, city, stored, { type: 'personOver', ...over }, SYSTEM, at);
  if (rows.length > 0) await notify(trx, { city, kind: 'refusals' });
}

const isNeverBlock = (ground: string | undefined): boolean => REFUSAL_GROUNDS.some((known) => known === ground && isNeverBlockGround(known));

function placeOf(city: House['city'], { institution, town, source, journey }: RefusalSeen): { readonly about: Scope; readonly district: string } {
  // Several desks, and no one of them: each door that said no has a case of its own.
  if (institution === undefined) return { about: source === 'bounced' ? `journey:${journey!}` : `town:${town ?? ''}`, district: city.towns.get(town ?? '')?.district ?? '' };
  return { about: `institution:${institution}`, district: city.institutions.get(institution)?.district ?? '' };
}

/** Kept with the others who said so; what silence did not know is known now. */
async function saidAgain(trx: Kysely<any>, city: string, about: Scope, { journey, call, booking, source, ground, next }: RefusalSeen, report: string): Promise<string | undefined> {
  const { rows: [row] } = await sql<StoredRefusal>`select ${COLUMNS} from refusal_case where city = ${city}
    and ((about = ${about} and journey = ${journey ?? null} and call is null and over_at is null) or call = ${call ?? null} or booking = ${booking ?? null}) limit 1 for update`.execute(trx);
  if (!row) return undefined;
  const learned = isReported(source) && !isReported(row.refusal.source);
  const after: RefusalCase = learned ? { ...row.refusal, source, neverBlock: isNeverBlock(ground), ...(ground !== undefined && { ground }), ...(next && { next }) } : row.refusal;
  // The watch looks every few seconds; what it sees again is no second witness.
  if (!isReported(source)) return row.refusal.id;
  await sql`update refusal_case set refusal = ${JSON.stringify(after)}::jsonb, reports = reports || ${report}::jsonb where city = ${city} and id = ${row.refusal.id}`.execute(trx);
  await notify(trx, { city, kind: 'refusals' });
  return row.refusal.id;
}

/** The duty officer, the house itself; and at acuity I and II the command centre in the same breath. */
async function tell(trx: Kysely<any>, city: string, incident: string, { id, about, source, ground, acuity, next, owner }: RefusalCase, at: Instant): Promise<void> {
  const facts = { refusal: id, about, source, ...(ground !== undefined && { ground }), ...(next?.institution !== undefined && { next: next.institution }) };
  const urgent = acuity === 'I' || acuity === 'II';
  const itself = about.startsWith('journey:') ? [] : [about];
  for (const audience of new Set([owner.scope, ...itself, ...(urgent ? ['city'] : [])])) {
    await notice(trx, city, incident, { audience, code: 'refusalOpened', facts: { ...facts, ...(acuity && audience !== about && { acuity }) } }, at);
  }
}
