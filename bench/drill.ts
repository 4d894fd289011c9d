/**
 * Rehearsed events per second on one core: a whole random day of Zhengzhou, every promise checked after every step.
 *
 *   rehearsal    triage, policy, every room, claims, promises: the journey as the server plays it
 *   bare queue   the same number of events planned and taken out of the same queue, and nothing else
 *
 * The queue is the floor below which no rehearsal can come: what lies between the two is the price of the journeys.
 */
import { HOUR_MS, seededChance } from '../src/base/index.ts';
import { initialStatus } from '../src/city/index.ts';
import { EventQueue } from '../src/drill/clock.ts';
import { crowd } from '../src/drill/crowd.ts';
import { RANDOM_DAY } from '../src/drill/habits.ts';
import { allPolicies, cityOf, policyIdFor, policyOf } from '../src/drill/load.ts';
import { Rehearsal } from '../src/drill/rehearsal.ts';
import { median } from './figures.ts';

const ROUNDS = 5;
const REQUESTS = 2_000;
const HOURS = 24;
const SEED = 7;

const policies = allPolicies();
const city = cityOf('zhengzhou');
const policy = policyOf(policies, policyIdFor(policies, city), city);
const start = policy.coverage!.period.from;
const requests = crowd(city, policy, seededChance(SEED), start, HOURS, REQUESTS);

function rehearse(): number {
  const rehearsal = new Rehearsal({ city, policy, status: initialStatus(city), seed: SEED, rates: RANDOM_DAY });
  for (const { at, intake } of requests) rehearsal.ask(at, intake);
  rehearsal.run(start + 15 * 24 * HOUR_MS);
  if (rehearsal.breaches.length > 0) throw new Error(`${rehearsal.breaches.length} promises broke: a wrong answer has no speed`);
  return rehearsal.events;
}

/** As many waiting at a time as there are people, each event planning the next. */
function bareQueue(events: number): number {
  const queue = new EventQueue<number>();
  const chance = seededChance(SEED);
  for (let i = 0; i < REQUESTS; i += 1) queue.plan(chance.next() * HOURS * HOUR_MS, i);
  let taken = 0;
  for (let next = queue.next(); next && taken < events; next = queue.next()) {
    taken += 1;
    queue.plan(next.at + chance.next() * HOUR_MS, next.what);
  }
  return taken;
}

const rounded = (value: number): string => String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');

function rate(work: () => number): number {
  const from = performance.now();
  const done = work();
  return done / ((performance.now() - from) / 1_000);
}

const events = rehearse();
bareQueue(events);
const rates: Record<'rehearsal' | 'bare queue', number[]> = { rehearsal: [], 'bare queue': [] };
for (let round = 0; round < ROUNDS; round += 1) {
  rates.rehearsal.push(rate(rehearse));
  rates['bare queue'].push(rate(() => bareQueue(events)));
}
console.log(`\n${REQUESTS} requests in ${HOURS} h, ${rounded(events)} events, city ${city.id} ${city.version}, policy ${policy.identity.id}, seed ${SEED}, median of ${ROUNDS} rounds`);
for (const [name, rounds] of Object.entries(rates)) {
  console.log(`  ${name.padEnd(12)} ${rounded(median(rounds)).padStart(11)} events/s   (${rounded(Math.min(...rounds))} – ${rounded(Math.max(...rounds))})`);
}
const seconds = events / median(rates.rehearsal);
console.log(`  one rehearsed day of ${REQUESTS} requests takes ${seconds.toFixed(2)} s; the queue is ${((100 * median(rates.rehearsal)) / median(rates['bare queue'])).toFixed(1)} % of that time`);
