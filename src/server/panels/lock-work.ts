import { sql, type Kysely } from 'kysely';
import { HOUR_MS, MINUTE_MS, type Instant } from '../../base/index.ts';
import { evolveMember, raise, type Member, type PlanNeed, type PlanOutcome, type RaisedCare } from '../../panels/index.ts';
import { findMember, listTeams, saveMember } from '../../panels/store.ts';
import { Refused, SYSTEM } from '../../people/index.ts';
import type { House } from '../house.ts';
import type { IntakeDesk } from '../journeys/intake.ts';
import { notify } from '../journeys/store.ts';
import { elsewhereOf, isActive, nextSessionOf } from './elsewhere.ts';
import { followLocks } from './lock-sources.ts';
import { closeCalls, escalateLatePlans, layOutPlans, standingLocks } from './lock-plans.ts';
import { askReplacement } from '../replacement/ask.ts';
import { openRounds, type Rounds } from '../rounds.ts';
import { messageOf } from '../start-problem.ts';

const LOOK_EVERY_MS = 2_000;
/** Whoever moves in, joins a team or turns out to need something is found so late. */
const LAY_OUT_EVERY_MS = MINUTE_MS;
const LAY_OUT_SHARE = 20;
/** So many at once: a whole town in seconds, and whoever asks for care meanwhile does not wait behind them. */
const BATCH_MAX = 32;
/** A server that was killed in the middle of one gives it back after this long; done twice it is one request, by its key. */
const LEASE_MS = MINUTE_MS;
const TRY_AGAIN_MS = MINUTE_MS;
const ATTEMPTS_MAX = 5;
/** Whether a session that had no seat has one by now. */
const LOOK_AGAIN_MS = MINUTE_MS;

interface Work {
  readonly lock: string;
  readonly member: string;
  readonly need: PlanNeed;
  readonly key: string;
  readonly facts: Readonly<Record<string, string | number>>;
  readonly care: RaisedCare | null;
  readonly attempts: number;
  readonly planned: boolean;
}

type HouseOf = Pick<House, 'db' | 'city' | 'clock' | 'incident' | 'log' | 'travel' | 'policies'>;

/**
 * Does what area locks owe to people: asks for the refill, for the visit, looks up the next session. What is to be done stands in rows, each
 * is taken for a minute and asked for under a key of its own, so that a killed server leaves nothing undone and nothing is asked for twice.
 */
export function openLockWork(house: HouseOf, desk: Pick<IntakeDesk, 'submit'>): Rounds {
  const laidOut = new Map<string, { readonly at: number; readonly took: number }>();
  const known = new Set<string>();
  let stopped = false;

  const round = async (asked: boolean): Promise<void> => {
    await followLocks(house, known);
    for (const lock of await standingLocks(house)) {
      const last = laidOut.get(lock);
      // A lock of a whole city is looked through more rarely than one of a street.
      if (!asked && last && Date.now() - last.at < Math.max(LAY_OUT_EVERY_MS, LAY_OUT_SHARE * last.took)) continue;
      const began = Date.now();
      await layOutPlans(house, lock);
      laidOut.set(lock, { at: Date.now(), took: Date.now() - began });
    }
    while (!stopped && (await workBatch(house, desk)) > 0);
    const closed = await closeCalls(house);
    await escalateLatePlans(house);
    if (closed > 0) await notify(house.db, { city: house.city.id, kind: 'panels' });
  };
  const rounds = openRounds((asked) => round(asked).catch((error: unknown) => house.log(`Plans for locked areas wait for another try: ${messageOf(error)}`)), LOOK_EVERY_MS);
  rounds.kick();
  return {
    kick: rounds.kick,
    stop() {
      stopped = true;
      return rounds.stop();
    },
  };
}

/** @returns how many rows were taken */
async function workBatch(house: HouseOf, desk: Pick<IntakeDesk, 'submit'>): Promise<number> {
  const { db, city, clock, incident } = house;
  const now = clock.now();
  const { rows } = await sql<Work>`update area_plan p set next_at = ${now + LEASE_MS}, attempts = p.attempts + 1
    from (select lock, member, need, key, state from area_plan where city = ${city.id} and incident = ${incident.id} and next_at <= ${now}
        and (state = 'waiting' or (state = 'open' and need = 'session'))
      order by due_at, member limit ${BATCH_MAX} for update skip locked) as next
    where p.city = ${city.id} and p.incident = ${incident.id} and p.lock = next.lock and p.member = next.member and p.need = next.need and p.key = next.key
    returning p.lock, p.member, p.need, p.key, p.facts, p.care, p.attempts, next.state <> 'waiting' as planned`.execute(db);
  // One person's rows one after the other: each changes the same member.
  await Promise.all([...Map.groupBy(rows, ({ member }) => member).values()].map(async (works) => {
    for (const work of works) await doOne(house, desk, work).catch((error: unknown) => failed(house, work, error));
  }));
  if (rows.length > 0) await notify(db, { city: city.id, kind: 'panels' });
  return rows.length;
}

async function doOne(house: HouseOf, desk: Pick<IntakeDesk, 'submit'>, work: Work): Promise<void> {
  const { db, city, incident } = house;
  const row = await findMember(db, { city: city.id, incident: incident.id }, { teams: [], towns: [...city.towns.keys()] }, work.member);
  if (!row) throw new Error(`${work.member} is on no list`);
  if (work.need === 'session') return lookUpSession(house, work);
  return askFor(house, desk, work, row.member);
}

/** The request goes out with everything known; what it says is written down first, so that a second try says the same under the same key. */
async function askFor(house: HouseOf, desk: Pick<IntakeDesk, 'submit'>, work: Work, member: Member): Promise<void> {
  const { db, city, clock, incident } = house;
  const at = clock.now();
  const medicines = work.need === 'refill' ? String(work.facts['names']).split('\n') : undefined;
  const need = work.need === 'refill' ? 'medicineRefill' : 'obstetrics';
  const known = (await elsewhereOf(house, db, [member.key], at)).get(member.key) ?? {};
  const team = (await listTeams(db, { city: city.id, incident: incident.id })).find(({ id }) => id === member.team);
  const complaint = work.need === 'visit' ? `antenatal visit, week ${work.facts['week']}` : undefined;
  const care = work.care === null ? raise(member, team, { need, findings: [], complaint, medicines }, known, at) : undefined;
  // The team was faster: theirs is the request.
  if (care && !care.ok && care.refusal.code === 'alreadyRaised') return finish(db, house, work, at, 'askedBefore', String(care.refusal.facts?.['journey'] ?? ''));
  if (care && !care.ok) return hand(house, work, care.refusal.code);
  const asked = await keepCare(db, house, work, work.care ?? care!.value);
  const { story } = await desk.submit(SYSTEM, asked, `lock/${incident.id}/${work.lock}/${work.member}/${work.need}/${work.key}`);
  await db.transaction().execute(async (trx) => {
    const row = await findMember(trx, { city: city.id, incident: incident.id }, { teams: [], towns: [...city.towns.keys()] }, work.member);
    const noted = row && evolveMember(row.member, { type: 'MemberRaised', journey: story.id, need, ...(medicines && { medicines }) }, at);
    if (noted && !(await saveMember(trx, { city: city.id, incident: incident.id }, row.version, noted, at))) throw new Error('changed meanwhile');
    await finish(trx, house, work, at, 'asked', story.id);
  });
}

async function keepCare(db: Kysely<any>, { city, incident }: HouseOf, work: Work, care: RaisedCare): Promise<RaisedCare> {
  const { rows: [row] } = await sql<{ care: RaisedCare }>`update area_plan set care = coalesce(care, ${JSON.stringify(care)}::jsonb) where ${isRow(city.id, incident.id, work)} returning care`.execute(db);
  return row?.care ?? care;
}

async function lookUpSession(house: HouseOf, work: Work): Promise<void> {
  const { db, clock } = house;
  const at = clock.now();
  const next = await nextSessionOf(house, db, work.key, at);
  if (next && next.state !== 'notPlaced') {
    return finish(db, house, work, at, next.state === 'begun' ? 'underWay' : 'sessionBooked', undefined, { startsAt: next.startsAt, ...(next.institution && { institution: next.institution }) });
  }
  if (!next && !(await isActive(house, db, work.key))) return finish(db, house, work, at, 'seriesOver');
  if (next && !work.planned) await lookForSeats(house, work.key, at);
  // Its owner in the series answers for it; until it has a seat it stands here as not done.
  const owner = next?.role && next.scope ? { role: next.role, scope: next.scope } : undefined;
  await open(house, work, next ? 'sessionNotPlaced' : 'sessionNotPlanned', { at, nextAt: at + LOOK_AGAIN_MS, owner, ...(next?.dueAt && { dueAt: next.dueAt }), facts: next?.missing ? { missing: next.missing } : {} });
}

/** Once for each plan: a run over every unit of the city for whoever of this one has no seat. */
async function lookForSeats({ db, city, incident }: HouseOf, series: string, at: Instant): Promise<void> {
  const { rows: [unit] } = await sql<{ institution: string; service: string }>`select institution, service from series where city = ${city.id} and id = ${series}`.execute(db);
  if (unit) await askReplacement(db, city.id, { incident: incident.id, ...unit, by: SYSTEM.id, reason: 'areaLocked', at });
}

/** What software could not do, a person has to: it stands with its reason, an owner and a deadline. */
async function hand(house: HouseOf, work: Work, because: string): Promise<void> {
  const at = house.clock.now();
  await open(house, work, 'couldNotAsk', { at, nextAt: Number.MAX_SAFE_INTEGER, dueAt: at + HOUR_MS, facts: { because } });
}

interface Opened {
  readonly at: Instant;
  readonly nextAt: Instant;
  readonly owner?: { readonly role: string; readonly scope: string } | undefined;
  readonly dueAt?: Instant;
  readonly facts: object;
}

async function open({ db, city, incident }: HouseOf, work: Work, outcome: PlanOutcome, { at, nextAt, owner, dueAt, facts }: Opened): Promise<void> {
  // Looked at again without news: its deadline stays where it was.
  const due = work.planned ? null : (dueAt ?? null);
  await sql`update area_plan set state = 'open', outcome = ${outcome}, planned_at = coalesce(planned_at, ${at}), next_at = ${nextAt},
      owner_role = coalesce(${owner?.role ?? null}, owner_role), owner_scope = coalesce(${owner?.scope ?? null}, owner_scope), due_at = coalesce(${due}::bigint, due_at), facts = facts || ${JSON.stringify(facts)}::jsonb
    where ${isRow(city.id, incident.id, work)} and state <> 'done'`.execute(db);
}

async function finish(db: Kysely<any>, { city, incident }: HouseOf, work: Work, at: Instant, outcome: PlanOutcome, journey?: string, facts: object = {}): Promise<void> {
  await sql`update area_plan set state = 'done', outcome = ${outcome}, journey = ${journey ?? null}, done_at = ${at}, planned_at = coalesce(planned_at, ${at}), facts = facts || ${JSON.stringify(facts)}::jsonb
    where ${isRow(city.id, incident.id, work)} and state <> 'done'`.execute(db);
}

/** Something outside was in the way: again in a minute; after a few tries, or when it can never be, a person has it. */
async function failed(house: HouseOf, work: Work, error: unknown): Promise<void> {
  if (error instanceof Refused || work.attempts >= ATTEMPTS_MAX) {
    house.log(`A plan of ${work.lock} is handed to the team: ${messageOf(error)}`);
    return hand(house, work, error instanceof Refused ? error.refusals[0].code : 'unforeseen');
  }
  const { db, city, incident, clock } = house;
  await sql`update area_plan set next_at = ${clock.now() + TRY_AGAIN_MS} where ${isRow(city.id, incident.id, work)}`.execute(db);
}

const isRow = (city: string, incident: string, { lock, member, need, key }: Work) =>
  sql`city = ${city} and incident = ${incident} and lock = ${lock} and member = ${member} and need = ${need} and key = ${key}`;
