import type { Instant, Place } from '../base/index.ts';
import type { City, Institution, Service, ServiceStatus } from './city.ts';
import { counterpartEpoch, counterpartsOf, designatedFor, neighbouringCounterparts } from './counterparts.ts';
import { sees } from './patients.ts';
import { statusOf, type LiveStatus } from './status.ts';
import type { TownTravel } from './town-travel.ts';
import { roadMeters, speedMetersPerSecond } from './travel.ts';

export type CandidateRule = 'counterpartFirst' | 'nearest';

export interface CandidateQuestion {
  readonly town: string;
  readonly service: Service;
  readonly instant: Instant;
  /** The patient is a child: only institutions that see children in this service. Not a child, or not known: no children's hospital. */
  readonly children?: boolean;
  readonly rule: CandidateRule;
  /** Where the patient is known (a dialysis unit, the hospital of registration): asked first, wherever it stands. */
  readonly ownInstitution?: string;
  /** On the roads as they are now; without it, and where it knows nothing, the way is estimated. */
  readonly travel?: TownTravel;
  /** What was last said of this house is too old to rely on. Absent where nobody keeps count of that. */
  readonly unknown?: (institution: string) => boolean;
  /** Why somebody would rather not be sent to this house, open as it is. Absent where nobody keeps count of that. */
  readonly behind?: (institution: string) => Behind | undefined;
}

/** None of its places is free, or it has turned away several people within the last hours. */
export type Behind = 'full' | 'refusesOften';

export interface Candidate {
  readonly institution: Institution;
  /** From the town's centre, on the roads or estimated, as a car drives or as `travel` says; Infinity where every road is closed. */
  readonly seconds: number;
}

/**
 * Why not there? Said of every closed one, and of those that can't take the patient only where someone would expect them: the
 * patient's own, the town's designated, and any that is nearer than the nearest that can. `noWayOpen` is said of a candidate that
 * others have overtaken: the next hour may open its road, so it is never struck off.
 */
export interface RuledOutInstitution {
  readonly institution: Institution;
  readonly cause: 'closed' | 'noChildren' | 'childrenOnly' | 'notRunning' | 'noWayOpen' | 'statusUnknown' | Behind;
  readonly until?: Instant;
  readonly reason?: NonNullable<ServiceStatus['reason']>;
  readonly standIn?: string;
}

export interface Candidates {
  readonly candidates: readonly Candidate[];
  readonly ruledOut: readonly RuledOutInstitution[];
}

/**
 * Who can take this patient, best first: the patient's own institution, then by rule, open before limited. A closed one is
 * ruled out and its stand-in moves up into its place, since that is where its patients were sent; it does not overtake those who
 * stand before the closed one, or a closure across the city would send this town there. Whom no open road leads to comes after
 * all others: a longer way is the smaller error than a cordon nobody passes. Same facts, same order: ties by code.
 */
export function candidatesFor(city: City, status: LiveStatus, question: CandidateQuestion): Candidates {
  const metersPerSecond = speedMetersPerSecond(question.instant, question.travel?.profile === 'ambulance' ? 'ambulance' : 'car');
  const list = standingList(city, question, metersPerSecond);
  // Most services of most cities have nothing reported and most patients no institution of their own: one answer per hour serves all.
  const ordinary = question.ownInstitution === undefined && !status.get(question.service)?.size;
  if (!ordinary) return whoCanFirst(choose(city, list, status, question, metersPerSecond), status, question);
  let answer = list.whenAllOpen.get(metersPerSecond);
  if (!answer) list.whenAllOpen.set(metersPerSecond, (answer = choose(city, list, status, question, metersPerSecond)));
  return whoCanFirst(answer, status, question);
}

/**
 * So much longer the way may be to a house with a free place, or to one that turns nobody away. Assumed: an emergency is treated where it is
 * nearest unless another is all but as near; whoever comes by appointment or by car is spared a door that is likely to send them on.
 */
const FARTHER_SECONDS_MAX: Readonly<Record<CandidateRule, number>> = { nearest: 5 * 60, counterpartFirst: 15 * 60 };

/** A house that is full or turns people away comes behind the next that is not, with the reason; nobody is struck off for it, and their own house stays theirs. */
function whoCanFirst(answer: Candidates, status: LiveStatus, question: CandidateQuestion): Candidates {
  const { behind, rule, service, instant, ownInstitution } = question;
  const [first] = answer.candidates;
  if (!behind || !first || first.seconds === Infinity || first.institution.code === ownInstitution || !behind(first.institution.code)) return knownFirst(answer, status, question);
  const better = answer.candidates.findIndex(({ institution: { code }, seconds }) => seconds <= first.seconds + FARTHER_SECONDS_MAX[rule] && !behind(code) && statusOf(status, code, service, instant).state === 'open');
  if (better < 0) return knownFirst(answer, status, question);
  const passed = answer.candidates.slice(0, better).flatMap(({ institution }): RuledOutInstitution[] => {
    const cause = behind(institution.code);
    return cause ? [{ institution, cause }] : [];
  });
  const chosen = answer.candidates[better]!;
  return { candidates: [chosen, ...answer.candidates.filter((one) => one !== chosen)], ruledOut: [...answer.ruledOut, ...passed] };
}

/**
 * Among equals, houses that are as near to the minute, the one that is known to be open wins. Nobody is sent farther because a ward has not
 * tapped for some time, and where the order is published (counterparts, the own house) it stays.
 */
function knownFirst(answer: Candidates, status: LiveStatus, { rule, service, instant, ownInstitution, unknown }: CandidateQuestion): Candidates {
  const [first] = answer.candidates;
  if (!unknown || rule !== 'nearest' || !first || first.seconds === Infinity || first.institution.code === ownInstitution || !unknown(first.institution.code)) return answer;
  const minute = Math.floor(first.seconds / 60);
  const known = answer.candidates.find(({ institution, seconds }) => Math.floor(seconds / 60) === minute && !unknown(institution.code) && statusOf(status, institution.code, service, instant).state === 'open');
  if (!known) return answer;
  return {
    candidates: [known, ...answer.candidates.filter((one) => one !== known)],
    ruledOut: [...answer.ruledOut, { institution: first.institution, cause: 'statusUnknown' }],
  };
}

function choose(city: City, list: StandingList, status: LiveStatus, question: CandidateQuestion, metersPerSecond: number): Candidates {
  const ruledOut = [...list.ruledOut];
  const open: Candidate[] = [];
  const limited: Candidate[] = [];
  const noWayOpen: Candidate[] = [];
  const seen = new Set<string>();

  const place = (runner: Runner): void => {
    const { institution } = runner;
    if (seen.has(institution.code)) return;
    seen.add(institution.code);
    const own = institution.code === question.ownInstitution;
    const { state, until, reason, standIn } = statusOf(status, institution.code, question.service, question.instant);
    if (state === 'closed') {
      ruledOut.push({
        institution, cause: 'closed', ...(until !== undefined && { until }), ...(reason && { reason }), ...(standIn && { standIn }),
      });
      // Whoever needs the nearest is not sent across the town because a closed house named somebody there; their own house may.
      const substitute = standIn === undefined || (question.rule === 'nearest' && !own) ? undefined : list.byCode.get(standIn);
      if (substitute) place(substitute);
      return;
    }
    const seconds = secondsOf(runner, metersPerSecond);
    (seconds === Infinity ? noWayOpen : state === 'limited' && !own ? limited : open).push({ institution, seconds });
  };

  const own = question.ownInstitution === undefined ? undefined : city.institutions.get(question.ownInstitution);
  const ownRunner = own && list.byCode.get(own.code);
  if (ownRunner) place(ownRunner);
  else if (own && !ruledOut.some(({ institution }) => institution === own)) ruledOut.unshift(unfit(own, question));
  for (const runner of list.first) place(runner);
  // All of them closed: those of the neighbours know these streets and are expected to help, before whoever is merely near.
  if (list.first.length > 0 && open.length + limited.length + noWayOpen.length === 0) for (const runner of list.neighbours()) place(runner);
  for (const runner of list.nearest) place(runner);
  const reached = [...open, ...limited];
  const [best] = reached;
  for (const { institution } of best ? noWayOpen : []) {
    const nearer = best !== undefined && list.byCode.get(institution.code)!.meters < list.byCode.get(best.institution.code)!.meters;
    if (nearer || institution === own || list.designated.has(institution)) ruledOut.push({ institution, cause: 'noWayOpen' });
  }
  return { candidates: [...reached, ...noWayOpen], ruledOut };
}

interface Runner {
  readonly institution: Institution;
  /** Estimated. */
  readonly meters: number;
  /** On the roads, where they know; Infinity where all of them are closed. */
  readonly driveSeconds?: number;
}

const secondsOf = ({ meters, driveSeconds }: Runner, metersPerSecond: number): number => driveSeconds ?? Math.ceil(meters / metersPerSecond);

/** What does not depend on the live status, nor on the hour unless roads are asked: who could, in which order, and who never can. */
interface StandingList {
  /** The town's counterparts, where they go first. */
  readonly first: readonly Runner[];
  /** Counterparts of the towns around, nearest first; found when they are needed, which is rare. */
  readonly neighbours: () => readonly Runner[];
  readonly nearest: readonly Runner[];
  readonly byCode: ReadonlyMap<string, Runner>;
  readonly ruledOut: readonly RuledOutInstitution[];
  readonly designated: ReadonlySet<Institution>;
  /** Answers while nothing is reported of the service, by the hour's speed: at most as many as there are speeds. */
  readonly whenAllOpen: Map<number, Candidates>;
}

/** Of a city, and with each of its tables while it holds: either may be replaced by another while the other stays. */
const STANDING = new WeakMap<City, WeakMap<City | TownTravel, Map<string, StandingList>>>();

function standingList(city: City, question: CandidateQuestion, metersPerSecond: number): StandingList {
  const { town, service, children, rule, instant, travel } = question;
  const hour = travel ? ` ${metersPerSecond}` : '';
  const key = `${town} ${service} ${children ? 'child' : 'any'} ${rule} ${counterpartEpoch(city, instant)}${hour}`;
  let ofCity = STANDING.get(city);
  if (!ofCity) STANDING.set(city, (ofCity = new WeakMap()));
  let lists = ofCity.get(travel ?? city);
  if (!lists) ofCity.set(travel ?? city, (lists = new Map()));
  let list = lists.get(key);
  // Unknown towns are not kept: their codes come from outside, and the store would grow with every mistyped one.
  if (!list) {
    list = makeStandingList(city, question, metersPerSecond);
    if (city.towns.has(town)) lists.set(key, list);
  }
  return list;
}

function makeStandingList(city: City, question: CandidateQuestion, metersPerSecond: number): StandingList {
  const { town, service, children, rule, instant, travel } = question;
  const centre = city.towns.get(town)?.centre ?? middleOfCare(city);
  // Two estimates are told apart by the metre; seconds are whole.
  const farther = (a: Runner, b: Runner): number => {
    const [first, second] = [secondsOf(a, metersPerSecond), secondsOf(b, metersPerSecond)];
    return !travel || first === second ? a.meters - b.meters : first - second;
  };
  const byDistance = [...city.institutions.values()]
    .map((institution): Runner => {
      const driveSeconds = travel?.seconds(town, institution.code);
      return { institution, meters: roadMeters(centre, institution.place), ...(driveSeconds !== undefined && { driveSeconds }) };
    })
    .sort((a, b) => farther(a, b) || (a.institution.code < b.institution.code ? -1 : 1));
  const nearest = byDistance.filter(({ institution }) => sees(institution, service, children));
  const byCode = new Map(nearest.map((runner) => [runner.institution.code, runner]));
  const designated = designatedFor(city, town, instant);
  const counterparts = counterpartsOf(city, town, service, instant);
  const first = rule === 'nearest' ? [] : counterparts.flatMap(({ code }) => byCode.get(code) ?? []);
  const runsNearer = byDistance
    .filter((runner) => runner.institution.services.has(service) && (!nearest[0] || farther(runner, nearest[0]) < 0))
    .map(({ institution }) => institution);
  const expected = new Set([...counterparts, ...designated, ...runsNearer]);
  let neighbours: readonly Runner[] | undefined;
  return {
    first,
    nearest,
    neighbours: () => {
      const around = neighbours ? undefined : neighbouringCounterparts(city, town, service, instant);
      return (neighbours ??= nearest.filter(({ institution: { code } }) => around!.has(code)));
    },
    byCode,
    designated: new Set(counterparts),
    whenAllOpen: new Map(),
    ruledOut: [...expected].filter(({ code }) => !byCode.has(code)).map((institution) => unfit(institution, question)),
  };
}

function unfit(institution: Institution, { service, children }: CandidateQuestion): RuledOutInstitution {
  const cause = !institution.services.has(service) ? 'notRunning' : children ? 'noChildren' : 'childrenOnly';
  return { institution, cause };
}

/** Where a patient of unknown town is taken to be: amid the institutions, where the guess is least wrong for most. */
function middleOfCare(city: City): Place {
  const places = [...city.institutions.values()].map(({ place }) => place);
  const middle = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
  return { lon: middle(places.map(({ lon }) => lon)), lat: middle(places.map(({ lat }) => lat)) };
}
