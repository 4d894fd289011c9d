import {
  comingSessions, replace, sessionsOf, sessionStarts, slotId, UNREACHABLE, type ChairCohort, type LinearSolver, type OfferedSeats, type ReplaceAnswer, type ReplaceProblem, type Series,
} from '../appointments/index.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, seededChance, startOfDay } from '../base/index.ts';
import { counterpartsOf, initialStatus, withStatus, type City } from '../city/index.ts';
import { openLink } from '../journey/index.ts';
import type { CompiledPolicy } from '../policy/index.ts';
import type { Intake } from '../requests/index.ts';
import type { ClosedUnit, Drill } from './drill.ts';
import { AS_WRITTEN } from './habits.ts';
import { Rehearsal, type Journey } from './rehearsal.ts';
import { ESTIMATED, type RehearsedTravel } from './roads.ts';

const HORIZON_MS = 14 * DAY_MS;
/** Nobody gets leave, pass and car sooner; synthetic. */
const LEAD_MS = 3 * HOUR_MS;
/** A request begins so long before its session; synthetic. */
const CALL_UP_MS = 20 * HOUR_MS;
/** One in so many has been exposed; synthetic. */
const CONTACT_ONE_IN = 4;
const MOVED_DAYS = 2;

/** What came of everybody whose unit closed. */
export interface ClosedFigures {
  readonly people: number;
  readonly placed: number;
  /** Gap from the last start to the start that was really taken, the longest of all. */
  readonly longestGapHours: number;
  readonly cohortsApart: boolean;
  /** Had a place, an owner and a deadline at the instant the request began, and then a vehicle or their own way. */
  readonly offered: number;
  readonly home: number;
  readonly optimalityGap: number;
}

/** A unit closes over night: its people's next sessions are placed in one run, and every one of them is then called up, fetched, treated and brought home. */
export function playClosed(
  drill: Drill, closed: ClosedUnit, city: City, policy: CompiledPolicy, travel: RehearsedTravel = ESTIMATED, solver?: LinearSolver,
): { readonly rehearsal: Rehearsal; readonly figures: ClosedFigures } {
  const people = peopleOf(drill, closed, city);
  const problem = problemOf(drill, closed, city, people, travel);
  const answer = replace(problem, solver);
  const rehearsal = new Rehearsal({ city, policy, travel, seed: drill.seed, rates: AS_WRITTEN, status: drill.closures.reduce(withStatus, initialStatus(city)) });
  const seats = new Map(problem.seats.map((seat) => [seat.slot, seat]));
  const intakes = new Map(people.map(({ series, intake }) => [series.id, intake]));
  const asked = answer.placed.map((session) => ({ session, at: Math.max(drill.start, session.startsAt - CALL_UP_MS) })).sort((a, b) => a.at - b.at || (a.session.series < b.session.series ? -1 : 1));
  for (const { session: { series, slot, institution, startsAt }, at } of asked) {
    const { endsAt } = seats.get(slot)!;
    rehearsal.ask(at, intakes.get(series)!, undefined, { id: `B-${series}`, slot: { id: slot, institution, service: closed.service, startsAt, endsAt }, bookedAt: drill.start, series });
  }
  rehearsal.run(drill.start + HORIZON_MS);
  return { rehearsal, figures: figuresOf(rehearsal, answer, problem) };
}

interface Person {
  readonly series: Series;
  readonly intake: Intake;
}

/** Who was treated there: thrice a week, half of them on the other days, near the unit; made up. */
function peopleOf({ seed, start }: Drill, { count, institution, service }: ClosedUnit, city: City): readonly Person[] {
  const chance = seededChance(seed);
  const { place, district } = city.institutions.get(institution)!;
  const far = ({ lon, lat }: typeof place): number => Math.hypot(lon - place.lon, lat - place.lat);
  const towns = [...city.towns.values()].filter((town) => town.district === district).sort((a, b) => far(a.centre) - far(b.centre));
  const shifts = sessionsOf(service).startsMs;
  return Array.from({ length: count }, (_, number): Person => {
    const startMinute = chance.pick(shifts) / MINUTE_MS;
    const days = chance.next() < 0.5 ? [1, 3, 5] : [2, 4, 6];
    const cohort: ChairCohort = chance.below(CONTACT_ONE_IN) === 0 ? 'contact' : 'other';
    const plan: Series = { id: `S${String(number + 1).padStart(3, '0')}`, person: `${number + 1}`, service, institution, pattern: { days, startMinute }, cohort, safeGapHours: 72, enrolledAt: start - 28 * DAY_MS };
    const lastStartAt = comingSessions(plan, start - 7 * DAY_MS, start).at(-1)!;
    const intake: Intake = {
      channel: 'committee', person: { name: `Patient ${number + 1}`, phone: '000', ageMonths: (35 + chance.below(45)) * 12 }, town: towns[Math.min(towns.length - 1, Math.floor(chance.exponential(3)))]!.code,
      address: 'as known to the committee', need: 'haemodialysis', groups: ['chronic'], findings: [], vitals: {}, ownInstitution: institution, lastSessionAt: lastStartAt,
      patientKind: cohort === 'contact' ? 'isolationPoint' : 'greenCode', test: 'none', mobility: chance.below(10) === 0 ? 'wheelchair' : 'walks',
    };
    return { series: { ...plan, lastStartAt }, intake };
  });
}

function problemOf({ start, closures }: Drill, { institution, service, oneFreeIn }: ClosedUnit, city: City, people: readonly Person[], travel: RehearsedTravel): ReplaceProblem {
  const until = closures.find((closure) => closure.institution === institution)?.until ?? start + 2 * DAY_MS;
  const shut = new Set(closures.filter((closure) => closure.service === service).map((closure) => closure.institution));
  const houses = [...city.institutions.values()].filter(({ code, services }) => services.get(service) && !services.get(service)!.childrenOnly && !shut.has(code));
  const towns = [...new Set(people.map(({ intake }) => intake.town))];
  const seconds = Uint32Array.from(towns.flatMap((town) => houses.map(({ place }) => Math.round(travel.seconds(city.towns.get(town)!.centre, place, start, 'car') ?? UNREACHABLE))));
  // A shift of chairs is given to one cohort as a whole.
  const seats = houses.flatMap(({ code, services }): readonly OfferedSeats[] => [...sessionStarts(service, start, startOfDay(until) + MOVED_DAYS * DAY_MS)].map((startsAt) => ({
    slot: slotId(code, service, startsAt), institution: code, startsAt, endsAt: startsAt + sessionsOf(service).lengthMs, cohort: null, seats: Math.floor(services.get(service)!.seatsPerSlot / oneFreeIn),
  })));
  const displaced = people.map(({ series, intake }) => {
    const sessions = comingSessions(series, start, until);
    return {
      series: series.id, cohort: series.cohort, origin: towns.indexOf(intake.town), institution, counterparts: counterpartsOf(city, intake.town, service, start).map(({ code }) => code),
      safeGapHours: series.safeGapHours, previousAt: series.lastStartAt!, sessions, nextAt: comingSessions(series, until, until + 7 * DAY_MS)[0]!,
    };
  });
  return { at: start, service, earliestAt: start + LEAD_MS, displaced, units: houses.map(({ code }) => code), seats, travel: { origins: towns.length, seconds } };
}

function figuresOf({ journeys }: Rehearsal, { placed, unplaced, optimalityGap }: ReplaceAnswer, { displaced }: ReplaceProblem): ClosedFigures {
  const all = [...journeys.values()];
  const cohortOf = new Map(displaced.map(({ series, cohort }) => [series, cohort]));
  const inSlot = new Map<string, Set<string>>();
  for (const { slot, series } of placed) inSlot.set(slot, (inSlot.get(slot) ?? new Set()).add(cohortOf.get(series)!));
  const gapHours = all.map(({ story }) => (story.booking && !story.booking.cancelled ? (story.booking.slot.startsAt - story.request.lastSessionAt!) / HOUR_MS : Infinity));
  return {
    people: displaced.length, placed: unplaced.length === 0 ? displaced.length : displaced.length - new Set(unplaced.map(({ series }) => series)).size, optimalityGap,
    longestGapHours: Math.max(...gapHours), cohortsApart: [...inSlot.values()].every(({ size }) => size === 1), offered: all.filter(wasOffered).length,
    home: all.filter(({ story }) => story.closed !== undefined && story.arrival?.treatedAt !== undefined && openLink(story) === undefined).length,
  };
}

function wasOffered({ story, entries }: Journey): boolean {
  const atOnce = entries.filter(({ at }) => at === entries[0]!.at).map(({ event }) => event);
  const decided = atOnce.find((event) => event.type === 'RequestDecided');
  const opened = atOnce.find((event) => event.type === 'LinkOpened');
  const vehicle = story.decision.transport === 'own' || entries.some(({ event }) => event.type === 'CarAssigned' || event.type === 'UnitSent');
  return decided?.decision.institution !== undefined && opened?.dueAt !== undefined && vehicle;
}

/** What an expectation of `unit` sees. */
export function seenOfClosed(what: 'placed' | 'gap' | 'cohorts' | 'offer' | 'home', value: string, figures: ClosedFigures): string {
  const { people, placed, longestGapHours, cohortsApart, offered, home } = figures;
  const share = (count: number): string => (count === people ? 'everybody' : `${count} of ${people}`);
  switch (what) {
    case 'placed':
      return share(placed);
    case 'gap':
      return `within ${Math.max(longestGapHours, Number(/^within (\d+) hours$/.exec(value)?.[1] ?? 0))} hours`;
    case 'cohorts':
      return cohortsApart ? 'apart' : 'together';
    case 'offer':
      return share(offered);
    case 'home':
      return share(home);
  }
}
