import { DAY_MS, HOUR_MS, seededChance } from '../base/index.ts';
import { initialStatus, type City } from '../city/index.ts';
import { openLink } from '../journey/index.ts';
import type { CompiledPolicy } from '../policy/index.ts';
import { ACUITIES, type Acuity } from '../triage/index.ts';
import { centile, reached } from './ambulances.ts';
import { callsTo120 } from './crowd.ts';
import type { Calls, Drill } from './drill.ts';
import { AS_WRITTEN } from './habits.ts';
import { Rehearsal } from './rehearsal.ts';
import { ESTIMATED } from './roads.ts';

const HORIZON_MS = 14 * DAY_MS;

/** What came of a day of calls. */
export interface CallFigures {
  readonly calls: number;
  /** Needed an ambulance, at first or later. */
  readonly trips: number;
  /** Needed none, and had another pathway with an owner and a deadline at the instant of the call. */
  readonly elsewhereAtOnce: number;
  readonly reached: Readonly<Partial<Record<Acuity, { readonly patients: number; readonly medianMinutes: number; readonly p90Minutes: number }>>>;
}

export interface PlayedCalls {
  readonly rehearsal: Rehearsal;
  readonly figures: CallFigures;
}

/** One day of calls for 120 as a drill writes it: many, of which few need an ambulance. */
export function playCalls({ seed, start }: Drill, { count, hours, oneTripIn }: Calls, city: City, policy: CompiledPolicy, travel = ESTIMATED): PlayedCalls {
  const rehearsal = new Rehearsal({ city, policy, travel, seed, rates: AS_WRITTEN, status: initialStatus(city) });
  for (const { at, intake } of callsTo120(city, policy, seededChance(seed), start, hours, count, oneTripIn)) rehearsal.ask(at, intake);
  rehearsal.run(start + hours * HOUR_MS + HORIZON_MS);
  return { rehearsal, figures: figuresOf(rehearsal) };
}

function figuresOf(rehearsal: Rehearsal): CallFigures {
  const journeys = [...rehearsal.journeys.values()];
  const asked = journeys.filter(({ entries }) => entries.some(({ event }) => event.type === 'UnitAsked'));
  const elsewhere = journeys.filter((journey) => !asked.includes(journey));
  const waits = journeys.flatMap(({ entries }) => reached(entries));
  return {
    calls: journeys.length + rehearsal.refusedRequests.length,
    trips: asked.length,
    elsewhereAtOnce: elsewhere.filter(({ story, entries }) => {
      const opened = entries.find(({ event }) => event.type === 'LinkOpened');
      return opened?.at === entries[0]!.at && (story.closed !== undefined || openLink(story)?.dueAt !== undefined);
    }).length,
    reached: Object.fromEntries(ACUITIES.flatMap((acuity) => {
      const minutes = waits.filter((wait) => wait.acuity === acuity).map(({ seconds }) => seconds / 60).sort((a, b) => a - b);
      if (minutes.length === 0) return [];
      return [[acuity, { patients: minutes.length, medianMinutes: Math.ceil(centile(minutes, 0.5)), p90Minutes: Math.ceil(centile(minutes, 0.9)) }]];
    })),
  };
}

/** What an expectation of `calls` sees. */
export function seenOfCalls(what: 'trips' | 'reached' | 'elsewhere', value: string, { calls, trips, elsewhereAtOnce, reached: waits }: CallFigures): string {
  switch (what) {
    case 'trips':
      return `one in ${Math.round(calls / Math.max(1, trips))}`;
    case 'elsewhere':
      return elsewhereAtOnce === calls - trips ? 'at once' : `${calls - trips - elsewhereAtOnce} waited for an answer`;
    case 'reached': {
      const [, acuity = '', allowed = '0'] = /^(I|II|III|IV) p90 within (\d+) minutes$/.exec(value) ?? [];
      const found = waits[acuity as Acuity];
      return found ? `${acuity} p90 within ${Math.max(found.p90Minutes, Number(allowed))} minutes` : 'nobody was reached';
    }
  }
}
