import { sql } from 'kysely';
import { HOUR_MS, type Instant } from '../../base/index.ts';
import { addSlots, giveBackExpired } from '../../appointments/store.ts';
import { brokenPromises, type BrokenPromise, type Story } from '../../journey/index.ts';
import type { LinkKind } from '../../policy/index.ts';
import { Refused, SYSTEM } from '../../people/index.ts';
import { returnLeftAlone } from '../clinic/watch.ts';
import { watchCustody } from '../rides/custody-watch.ts';
import { watchDesks } from './desk-watch.ts';
import type { House } from '../house.ts';
import { destroyPassedNotices } from '../passing-notices.ts';
import { watchRefusals } from '../refusals/watch.ts';
import { escalateOwed } from './owed.ts';
import { perform } from './play.ts';
import { everPublished, lockSchedules, SLOT_DAYS, topUpPublished, unpublished } from '../schedules/layout.ts';
import { messageOf } from '../start-problem.ts';
import { watchWaiting } from '../waiting/watch.ts';

const WATCH_EVERY_MS = 1_000;
/** More than this many a second would be a flood; the oldest come first, so nobody is overtaken. */
const MISSED_PER_TICK_MAX = 100;
const PROMISES_EVERY_MS = 30_000;
/** A queue at a door grows and shrinks within minutes, not seconds. */
const HAND_OVERS_EVERY_MS = 60_000;
const DESKS_EVERY_MS = 5_000;
/** Somebody may be bleeding before a door that stays shut. */
const REFUSALS_EVERY_MS = 2_000;
/** A promise is made from figures of this age at most. */
const CLINIC_FIGURES_EVERY_MS = 10_000;
const SLOTS_EVERY_MS = HOUR_MS;
const NOTICES_EVERY_MS = 30_000;

export interface Watch {
  stop(): Promise<void>;
}

/**
 * Sees every deadline that has passed, on every server: a miss is told once, because the command names the deadline it saw
 * and a second one finds it moved.
 */
export function openWatch(house: House): Watch {
  const { log } = house;
  let round: Promise<void> = Promise.resolve();
  let busy = false;
  const begun = new Set<Promise<unknown>>();
  const stopping = new AbortController();
  let lastTold = '';
  const every = (ms: number, what: string, work: () => Promise<unknown>): NodeJS.Timeout =>
    setInterval(() => {
      const running = work().catch((error: unknown) => log(`${what} failed: ${messageOf(error)}`)).finally(() => begun.delete(running));
      begun.add(running);
    }, ms);

  const tick = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    round = missDeadlines(house).finally(() => { busy = false; });
    await round;
  };
  const timers = [
    every(WATCH_EVERY_MS, 'The watch', tick),
    every(WATCH_EVERY_MS, 'The watch of the roads', () => house.travel.tick()),
    every(PROMISES_EVERY_MS, 'The check of promises', async () => {
      const broken = await findBrokenPromises(house, undefined, stopping.signal);
      const told = broken.map(({ promise, journey }) => `${promise} ${journey}`);
      // Said once: a log that repeats itself is a log that nobody reads.
      if (told.length > 0 && told.join() !== lastTold) log(`${told.length} promises are broken: ${told.slice(0, 5).join(', ')}`);
      lastTold = told.join();
    }),
    every(HAND_OVERS_EVERY_MS, 'The look at hand-overs', () => house.handOver.reload()),
    every(WATCH_EVERY_MS, 'The watch of holds', () => sweepHolds(house)),
    every(WATCH_EVERY_MS, 'The watch of the waiting list', () => watchWaiting(house)),
    every(DESKS_EVERY_MS, 'The watch of custody', () => watchCustody(house)),
    every(REFUSALS_EVERY_MS, 'The watch of refusals', () => watchRefusals(house)),
    every(DESKS_EVERY_MS, 'The watch of the desks', () => watchDesks(house)),
    every(DESKS_EVERY_MS, 'The watch of bookings', () => escalateOwed(house.db, house.city.id, 'booking', house.clock.now())),
    every(DESKS_EVERY_MS, 'The watch of the cloud clinic', () => returnLeftAlone(house)),
    every(CLINIC_FIGURES_EVERY_MS, 'The figures of the cloud clinic', () => house.clinic.reload()),
    every(SLOTS_EVERY_MS, 'The topping up of slots', () => topUpSlots(house)),
    every(NOTICES_EVERY_MS, 'The destruction of old codes', () => destroyPassedNotices(house.db, house.city.id)),
  ];
  void house.handOver.reload().catch((error: unknown) => log(`The look at hand-overs failed: ${messageOf(error)}`));
  void tick().catch((error: unknown) => log(`The watch failed: ${messageOf(error)}`));
  return {
    async stop() {
      for (const timer of timers) clearInterval(timer);
      stopping.abort();
      await Promise.all([round.catch(() => undefined), ...begun]);
    },
  };
}

async function missDeadlines(house: House): Promise<void> {
  const { db, city, clock } = house;
  const { rows } = await sql<{ id: string; step: LinkKind; dueAt: Instant }>`
    select id, step, due_at as "dueAt" from journey
    where city = ${city.id} and state = 'open' and due_at < ${clock.now()} order by due_at limit ${MISSED_PER_TICK_MAX}`.execute(db);
  for (const { id, step, dueAt } of rows) {
    try {
      await perform(house, SYSTEM, id, { type: 'missDeadline', link: step, dueAt });
    } catch (error) {
      // Done, or noticed by another server, between the look and the command. Anything else must not hide those behind it.
      if (!(error instanceof Refused)) house.log(`The deadline of ${id} could not be missed: ${messageOf(error)}`);
    }
  }
}

/** Small, so that reading a page holds up nobody who asks at that moment. */
const PROMISES_PAGE = 50;

/** Every open journey held against every promise, a page at a time. */
export async function findBrokenPromises({ db, city, clock }: House, district?: string, stop?: AbortSignal): Promise<readonly BrokenPromise[]> {
  const broken: BrokenPromise[] = [];
  for (let after = ''; ;) {
    const { rows } = await sql<{ id: string; story: Story }>`select id, story from journey
      where city = ${city.id} and state = 'open' and id > ${after} and (${district ?? null}::text is null or district = ${district ?? null})
      order by id limit ${PROMISES_PAGE}`.execute(db);
    for (const { story } of rows) broken.push(...brokenPromises(story, clock.now()));
    if (rows.length < PROMISES_PAGE || stop?.aborted) return broken;
    after = rows.at(-1)!.id;
  }
}

/** Whoever looks for a seat sees it as soon as the hold on it is over; a claim gives it back by itself in any case. */
export async function sweepHolds({ db, city, clock }: Pick<House, 'db' | 'city' | 'clock'>): Promise<number> {
  return giveBackExpired(db, city.id, { city: true }, clock.now());
}

/** Under one lock with whoever publishes: a pattern that was replaced never comes back. */
export async function topUpSlots({ db, city, clock }: Pick<House, 'db' | 'city' | 'clock'>): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await lockSchedules(trx, city.id);
    const at = clock.now();
    await addSlots(trx, city.id, unpublished(city, await everPublished(trx, city.id)), at, SLOT_DAYS);
    await topUpPublished(trx, city.id, at);
  });
}
