import { DAY_MS, HOUR_MS, MINUTE_MS } from '../base/index.ts';
import { withStatus, initialStatus, type City, type Compound, type LiveStatus } from '../city/index.ts';
import { storyLine, type Story } from '../journey/index.ts';
import type { CompiledPolicy, LinkKind } from '../policy/index.ts';
import type { Intake } from '../requests/index.ts';
import { DIALYSIS_SAFE_GAP_MS, type LinearSolver } from '../appointments/index.ts';
import { AS_WRITTEN } from './habits.ts';
import { playCalls, seenOfCalls, type CallFigures } from './calls.ts';
import type { ClosedUnit, Drill, EXPECTED_OF_CALLS, EXPECTED_OF_UNIT, Expectation } from './drill.ts';
import { farthestKm, refusalsOf, testsThatChoose } from './refused.ts';
import { Rehearsal, type Journey } from './rehearsal.ts';
import { ESTIMATED, type RehearsedTravel } from './roads.ts';
import { playClosed, seenOfClosed, type ClosedFigures } from './unit-closed.ts';

/** A stay can last days, and a seat can lie days ahead: long enough for both, and for the way home. */
const HORIZON_MS = 14 * DAY_MS;

/** One expectation that did not come true. */
export interface Miss {
  readonly expectation: Expectation;
  readonly got: string;
}

export interface Played {
  readonly rehearsal: Rehearsal;
  /** A day of calls, and the normal one beside it. */
  readonly calls?: { readonly many: CallFigures; readonly normal: CallFigures };
  /** Everybody whose unit closed. */
  readonly closed?: ClosedFigures;
  readonly misses: readonly Miss[];
}

/** Plays a drill in the city and under the policy it names. */
export function playDrill(drill: Drill, city: City, policy: CompiledPolicy, travel = ESTIMATED, solver?: LinearSolver): Played {
  if (drill.closedUnit) return playClosedUnit(drill, drill.closedUnit, city, policy, travel, solver);
  if (drill.calls) return playDayOfCalls(drill, drill.calls, city, policy, travel);
  const status = drill.closures.reduce(withStatus, initialStatus(city));
  const rehearsal = new Rehearsal({
    city, policy, travel, seed: drill.seed, rates: AS_WRITTEN, watchesBoard: true, status,
    full: new Set(drill.full.map(({ institution, service }) => `${institution}/${service}`)),
  });
  for (const { at, name, intake, compound } of drill.asks) {
    const late = new Map<LinkKind, number>(drill.late.filter((one) => one.name === name).map(({ link, minutes }) => [link, minutes]));
    const refusal = drill.refused.find((one) => one.name === name)?.ground;
    const gate = drill.shut.find((one) => one.name === name);
    rehearsal.ask(at, livingIn(city.compounds.get(compound ?? ''), intake), { late, ...(refusal && { refusal }), ...(gate && { gate }) });
  }
  for (const { at, name, findings } of drill.worse) rehearsal.reportWorse(at, name, findings);
  for (const { at, name, acuity, reason } of drill.lowered) rehearsal.downTriage(at, name, acuity, reason);
  rehearsal.run(drill.start + HORIZON_MS);
  const misses = drill.expected.flatMap((expectation): Miss[] => {
    const got = seen(expectation, rehearsal, { city, policy, status });
    return got === expectation.value ? [] : [{ expectation, got }];
  });
  return { rehearsal, misses };
}

/** A day of calls is judged as a whole; the normal day is only for comparison. */
function playDayOfCalls(drill: Drill, calls: NonNullable<Drill['calls']>, city: City, policy: CompiledPolicy, travel: RehearsedTravel): Played {
  const { rehearsal, figures: many } = playCalls(drill, calls, city, policy, travel);
  const { figures: normal } = playCalls(drill, calls.normal, city, policy, travel);
  const misses = drill.expected.flatMap((expectation): Miss[] => {
    const got = seenOfCalls(expectation.what as (typeof EXPECTED_OF_CALLS)[number], expectation.value, many);
    return got === expectation.value ? [] : [{ expectation, got }];
  });
  return { rehearsal, misses, calls: { many, normal } };
}

/** Judged as a whole, as the command centre would. */
function playClosedUnit(drill: Drill, unit: ClosedUnit, city: City, policy: CompiledPolicy, travel: RehearsedTravel, solver: LinearSolver | undefined): Played {
  const { rehearsal, figures: closed } = playClosed(drill, unit, city, policy, travel, solver);
  const misses = drill.expected.flatMap((expectation): Miss[] => {
    const got = seenOfClosed(expectation.what as (typeof EXPECTED_OF_UNIT)[number], expectation.value, closed);
    return got === expectation.value ? [] : [{ expectation, got }];
  });
  return { rehearsal, misses, closed };
}

function livingIn(compound: Compound | undefined, intake: Intake): Intake {
  return compound ? { ...intake, point: compound.place, address: `${compound.address} ${intake.address}` } : intake;
}

/** What the journeys were decided in. */
interface Decided {
  readonly city: City;
  readonly policy: CompiledPolicy;
  readonly status: LiveStatus;
}

function seen({ what, name, value }: Expectation, rehearsal: Rehearsal, { city, policy, status }: Decided): string {
  const journey = rehearsal.journeys.get(name);
  if (!journey) return 'the request was not taken';
  const { story, entries } = journey;
  switch (what) {
    case 'acuity':
    case 'pathway':
    case 'transport':
      return story.decision[what];
    case 'venue':
      return story.decision.venueKind;
    case 'entry':
      return story.decision.entry.testRequired ? `${story.decision.entry.via} test` : `${story.decision.entry.via} noTest`;
    case 'offer':
      return offerMade(journey, value);
    case 'placeRuns': {
      const services = [...(city.institutions.get(story.decision.institution ?? '')?.services.keys() ?? [])];
      return services.find((service) => service === value) ?? (services.join(', ') || 'nothing');
    }
    case 'ruledOut': {
      const options = entries.flatMap(({ event }) => (event.type === 'RequestDecided' ? event.decision.ruledOut.map(({ option }) => option) : []));
      return options.includes(value) ? value : [...new Set(options)].join(', ') || 'nothing';
    }
    case 'aboard':
      return sharedWith(story, rehearsal) ?? (story.custody.some(inVehicle) ? 'alone' : 'nobody');
    case 'custody':
      return custodyLine(story);
    case 'told': {
      const told = entries.flatMap(({ event }) => (event.type === 'DeadlineMissed' ? [`${event.link} ${event.told.role}`] : event.type === 'RefusedAtGate' ? [`gate ${event.told.role}`] : []));
      return told.includes(value) ? value : told.join(', ') || 'nobody was told';
    }
    case 'replanned': {
      const because = entries.flatMap(({ event }) => (event.type === 'RequestDecided' && event.because !== 'received' ? [event.because] : []));
      return because.join(', ') || 'never';
    }
    case 'safeGap': {
      const { booking, request } = story;
      if (!booking || booking.cancelled || request.lastSessionAt === undefined) return 'no session booked';
      return booking.slot.startsAt <= request.lastSessionAt + DIALYSIS_SAFE_GAP_MS ? 'kept' : 'exceeded';
    }
    case 'medicine':
      return medicineCame(story);
    case 'shown':
      return journey.shown?.includes(value) ? value : journey.shown?.join(', ') || 'nothing';
    case 'refusals':
      return refusalsOf(journey).join(', ') || 'none';
    case 'brought':
      return `within ${Math.max(farthestKm(journey, city) ?? Infinity, Number(/^within (\d+) km$/.exec(value)?.[1] ?? 0))} km`;
    case 'test': {
      const tests = testsThatChoose(journey, policy, city, status);
      return tests.length === 0 ? 'chooses nothing' : `chooses where it is ${tests.join(', ')}`;
    }
    case 'trips':
    case 'reached':
    case 'elsewhere':
      return 'only known of a day of calls';
    case 'placed':
    case 'gap':
    case 'cohorts':
    case 'home':
      return 'only known of a unit';
    case 'line':
      return storyLine(story).slice(name.length + 1);
  }
}

/**
 * The first moment at which somebody answers for the next step, a place is named and a vehicle is on its way:
 * `dispatcher emergencyDepartment ambulance within 10 minutes`, or the minutes it took when they are more than allowed.
 */
function offerMade({ story, entries }: Journey, value: string): string {
  const asked = entries[0]!.at;
  const sent = entries.findIndex(({ event }) => event.type === 'UnitSent' || (event.type === 'CarAssigned' && event.leg === 'out'));
  if (sent < 0) return 'no vehicle';
  const before = entries.slice(0, sent + 1).map(({ event }) => event);
  const decision = before.findLast((event) => event.type === 'RequestDecided')!.decision;
  const owner = before.findLast((event) => event.type === 'LinkOpened')!.owner;
  const minutes = Math.ceil((entries[sent]!.at - asked) / MINUTE_MS);
  const allowed = Number(/within (\d+) minutes$/.exec(value)?.[1] ?? 0);
  const place = decision.institution === undefined ? 'nowhere' : decision.venueKind;
  return `${owner.role} ${place} ${before.at(-1)!.type === 'UnitSent' ? 'ambulance' : story.decision.transport} within ${Math.max(minutes, allowed)} minutes`;
}

/** Whether it reached them before what they had was used up, and how: `in time`, `in time in a cool box`, `in time in person`, `5 h late`, `never`. */
function medicineCame({ request, visit, arrival }: Story): string {
  const at = visit?.deliveredAt ?? arrival?.treatedAt;
  if (at === undefined || request.medicineDaysLeft === undefined) return 'never';
  const lateHours = Math.ceil((at - request.receivedAt - request.medicineDaysLeft * DAY_MS) / HOUR_MS);
  if (lateHours > 0) return `${lateHours} h late`;
  const handed = visit?.deliveredAt === undefined ? ' in person' : visit.handedOver?.coolBox ? ' in a cool box' : '';
  return `in time${handed}`;
}

const inVehicle = ({ holder }: Story['custody'][number]): boolean => holder.startsWith('unit:') || holder.startsWith('car:');

/** Somebody else who was in the same vehicle at the same time. */
function sharedWith(story: Story, rehearsal: Rehearsal): string | undefined {
  const rides = ({ custody }: Story) => custody.map((line, place) => ({ ...line, until: custody[place + 1]?.since ?? Infinity })).filter(inVehicle);
  const mine = rides(story);
  const other = [...rehearsal.journeys.values()].find((journey) => journey.story.id !== story.id && rides(journey.story).some((ride) =>
    mine.some(({ holder, since, until }) => holder === ride.holder && since < ride.until && ride.since < until)));
  return other && `with ${other.story.id}`;
}

/** `home > unit > institution > car > home`: who had the person, by kind. */
export function custodyLine(story: Story): string {
  return story.custody.map(({ holder }) => holder.split(':')[0]!).join(' > ');
}
