import { sql, type Kysely } from 'kysely';
import type { Slot } from '../../appointments/index.ts';
import type { Instant, Refusal } from '../../base/index.ts';
import { begin, type StandingBooking } from '../../journey/index.ts';
import { SYSTEM } from '../../people/index.ts';
import { CHANNELS, type Channel, type Intake } from '../../requests/index.ts';
import { IntakeBody, intakeOf } from '../../requests/routes.ts';
import { worldOf, type House } from '../house.ts';
import type { Entry } from '../journeys/store.ts';
import { notice, WARD_HAS_MS } from '../journeys/owed.ts';
import { storeTold, withFreshLooks } from '../journeys/play.ts';
import { openRounds, type Rounds } from '../rounds.ts';
import { messageOf } from '../start-problem.ts';

const LOOK_EVERY_MS = 1_000;
const ROUND_MAX = 400;
/** Few enough that whoever presses a button finds a connection. */
const AT_ONCE = 4;

/**
 * Bookings whose time to begin has come each become a request, on every server at once: the row is locked, so that each begins once, and a
 * server that is killed leaves it as it was, for the next look of any other.
 */
export function openCallUp(house: House, afterwards: (journeys: readonly string[]) => void): Rounds {
  const { db, city, clock, log } = house;
  let stopped = false;

  const round = async (): Promise<void> => {
    // The last gap first: whoever has least time left begins before all others.
    const { rows } = await sql<{ id: string }>`select id from booking
      where city = ${city.id} and journey is null and state = 'booked' and call_up_at <= ${clock.now()} and (due_at is null or due_at <= ${clock.now()})
      order by call_up_at, id limit ${ROUND_MAX}`.execute(db);
    const queue = rows.map(({ id }) => id);
    await Promise.all(Array.from({ length: AT_ONCE }, async () => {
      for (let id = queue.shift(); id !== undefined && !stopped; id = queue.shift()) {
        const journey = await callUp(house, id).catch((error: unknown) => fail(house, id!, error));
        if (journey !== undefined) afterwards([journey]);
      }
    }));
  };
  const rounds = openRounds(() => round().catch((error: unknown) => log(`Calling up bookings waits for another try: ${messageOf(error)}`)), LOOK_EVERY_MS);
  return {
    kick: rounds.kick,
    stop() {
      stopped = true;
      return rounds.stop();
    },
  };
}

interface Due {
  readonly id: string;
  readonly slot: Slot;
  readonly bookedAt: Instant;
  readonly series: string | null;
  readonly incident: string;
  readonly care: unknown;
  readonly tokenHash: string | null;
  readonly phoneProof: string | null;
  readonly unit: string | null;
  readonly lastStartAt: Instant | null;
  readonly cohort: Intake['seatedWith'] | null;
}

/**
 * One booking becomes a request, with its seat: all of it in one transaction.
 * @returns the journey; undefined when another server has it, or when it cannot become one and has an owner now
 */
export async function callUp(house: House, id: string): Promise<string | undefined> {
  const { db, city, clock, policies } = house;
  return withFreshLooks(() => db.transaction().execute(async (trx) => {
    const due = await readDue(trx, house, id);
    if (!due) return undefined;
    const intake = intakeIn(due);
    if ('refusal' in intake) return void await owe(trx, house, due, intake.refusal.code);
    // From here on nothing waits until it is decided: what is adopted meanwhile asks it again.
    const at = clock.now();
    const policyTurn = policies.turn(at);
    const booking: StandingBooking = { id, slot: due.slot, bookedAt: due.bookedAt, ...(due.series !== null && { series: due.series }) };
    const told = begin(intake, due.incident, worldOf(house, SYSTEM, at), booking);
    if (!told.ok) return void await owe(trx, house, due, told.refusal.code);
    const { story, events, errands, claims } = told.value;
    await passLinkOn(trx, city.id, due.tokenHash);
    const link = due.tokenHash !== null && due.phoneProof !== null ? { token: '', tokenHash: due.tokenHash, phoneProof: due.phoneProof } : undefined;
    const entry: Entry = { story, events, errands, actor: SYSTEM, at, policyTurn, ...(link && { link }) };
    await storeTold(trx, city, [{ entry, claims }]);
    return story.id;
  }));
}

async function readDue(trx: Kysely<any>, { city, clock }: House, id: string): Promise<Due | undefined> {
  const { rows: [row] } = await sql<Due>`select b.id, b.booked_at as "bookedAt", b.series, b.incident, coalesce(b.care, s.care) as care,
      coalesce(s.token_hash, b.token_hash) as "tokenHash", coalesce(s.phone_proof, b.phone_proof) as "phoneProof", s.institution as unit, s.last_start_at as "lastStartAt", s.cohort,
      json_build_object('id', l.id, 'institution', l.institution, 'service', l.service, 'startsAt', l.starts_at, 'endsAt', l.ends_at) as slot
    from booking b join slot l on l.city = b.city and l.id = b.slot left join series s on s.city = b.city and s.id = b.series
    where b.city = ${city.id} and b.id = ${id} and b.journey is null and b.state = 'booked' and b.call_up_at <= ${clock.now()}
    for update of b skip locked`.execute(trx);
  return row;
}

/** As it was checked when it was booked; of a series, with what its unit knows. */
function intakeIn({ care, unit, lastStartAt, cohort }: Due): Intake | { readonly refusal: Refusal } {
  if (typeof care !== 'object' || care === null) return { refusal: { code: 'careMissing' } };
  const { channel, ...body } = care as { channel?: Channel };
  const read = IntakeBody.safeParse(body);
  if (!read.success) return { refusal: { code: 'careUnreadable' } };
  const intake = intakeOf(read.data, CHANNELS.find((known) => known === channel) ?? 'resident');
  return { ...intake, ...(unit !== null && { ownInstitution: unit }), ...(lastStartAt !== null && { lastSessionAt: lastStartAt }), ...(cohort && { seatedWith: cohort }) };
}

/** The link of a series opens the request of the next session; one link opens one request. */
export async function passLinkOn(trx: Kysely<any>, city: string, tokenHash: string | null): Promise<void> {
  if (tokenHash !== null) await sql`update journey set token_hash = null, phone_proof = null where city = ${city} and token_hash = ${tokenHash}`.execute(trx);
}

/** Nobody could act on what is stored: the ward where they are booked has to, and when it does not, the next is told. */
async function owe(trx: Kysely<any>, { city, clock, log }: House, { id, slot, incident }: Due, code: string): Promise<void> {
  const at = clock.now();
  const scope = `institution:${slot.institution}`;
  const { numAffectedRows } = await sql`update booking set trouble = ${code}, owner_role = 'ward', owner_scope = ${scope}, due_at = ${at + WARD_HAS_MS}
    where city = ${city.id} and id = ${id} and trouble is null`.execute(trx);
  if (numAffectedRows !== 1n) return;
  log(`The booking ${id} could not become a request: ${code}`);
  await notice(trx, city.id, incident, { audience: scope, code: 'bookingNotCalledUp', facts: { about: id, what: code, startsAt: slot.startsAt } }, at);
}

async function fail(house: House, id: string, error: unknown): Promise<undefined> {
  house.log(`The booking ${id} waits for another try to become a request: ${messageOf(error)}`);
  await house.db.transaction().execute(async (trx) => {
    const due = await readDue(trx, house, id);
    if (due) await owe(trx, house, due, 'callUpFailed');
  });
}
