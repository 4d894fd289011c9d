import type { Instant, Place } from '../base/index.ts';
import type { City, Institution, Service, ServiceStatus } from './city.ts';
import { counterpartEpoch, counterpartsOf, designatedFor } from './counterparts.ts';
import { sees } from './patients.ts';
import { statusOf, type LiveStatus } from './status.ts';
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
}

export interface Candidate {
  readonly institution: Institution;
  /** By car from the town's centre, estimated. */
  readonly seconds: number;
}

/**
 * Why not there? Said of every closed one, and of those that can't take the patient only where someone would expect them: the
 * patient's own, the town's designated, and any that is nearer than the nearest that can.
 */
export interface RuledOutInstitution {
  readonly institution: Institution;
  readonly cause: 'closed' | 'noChildren' | 'childrenOnly' | 'notRunning';
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
 * stand before the closed one, or a closure across the city would send this town there. Same facts, same order: ties by code.
 */
export function candidatesFor(city: City, status: LiveStatus, question: CandidateQuestion): Candidates {
  const list = standingList(city, question);
  const metersPerSecond = speedMetersPerSecond(question.instant, 'car');
  // Most services of most cities have nothing reported and most patients no institution of their own: one answer per hour serves all.
  const ordinary = question.ownInstitution === undefined && !status.get(question.service)?.size;
  if (!ordinary) return choose(city, list, status, question, metersPerSecond);
  let answer = list.whenAllOpen.get(metersPerSecond);
  if (!answer) list.whenAllOpen.set(metersPerSecond, (answer = choose(city, list, status, question, metersPerSecond)));
  return answer;
}

function choose(city: City, list: StandingList, status: LiveStatus, question: CandidateQuestion, metersPerSecond: number): Candidates {
  const ruledOut = [...list.ruledOut];
  const open: Candidate[] = [];
  const limited: Candidate[] = [];
  const seen = new Set<string>();

  const place = (runner: Runner): void => {
    const { institution, meters } = runner;
    if (seen.has(institution.code)) return;
    seen.add(institution.code);
    const { state, until, reason, standIn } = statusOf(status, institution.code, question.service, question.instant);
    if (state === 'closed') {
      ruledOut.push({
        institution, cause: 'closed', ...(until !== undefined && { until }), ...(reason && { reason }), ...(standIn && { standIn }),
      });
      const substitute = standIn === undefined ? undefined : list.byCode.get(standIn);
      if (substitute) place(substitute);
      return;
    }
    const own = institution.code === question.ownInstitution;
    (state === 'limited' && !own ? limited : open).push({ institution, seconds: Math.ceil(meters / metersPerSecond) });
  };

  const own = question.ownInstitution === undefined ? undefined : city.institutions.get(question.ownInstitution);
  const ownRunner = own && list.byCode.get(own.code);
  if (ownRunner) place(ownRunner);
  else if (own && !ruledOut.some(({ institution }) => institution === own)) ruledOut.unshift(unfit(own, question));
  for (const runner of list.runners) place(runner);
  return { candidates: [...open, ...limited], ruledOut };
}

interface Runner {
  readonly institution: Institution;
  readonly meters: number;
}

/** What does not depend on the live status or the hour: who could, in which order, and who never can. */
interface StandingList {
  readonly runners: readonly Runner[];
  readonly byCode: ReadonlyMap<string, Runner>;
  readonly ruledOut: readonly RuledOutInstitution[];
  /** Answers while nothing is reported of the service, by the hour's speed: at most as many as there are speeds. */
  readonly whenAllOpen: Map<number, Candidates>;
}

const STANDING = new WeakMap<City, Map<string, StandingList>>();

function standingList(city: City, question: CandidateQuestion): StandingList {
  const { town, service, children, rule, instant } = question;
  const key = `${town} ${service} ${children ? 'child' : 'any'} ${rule} ${counterpartEpoch(city, instant)}`;
  let lists = STANDING.get(city);
  if (!lists) STANDING.set(city, (lists = new Map()));
  let list = lists.get(key);
  // Unknown towns are not kept: their codes come from outside, and the store would grow with every mistyped one.
  if (!list) {
    list = makeStandingList(city, question);
    if (city.towns.has(town)) lists.set(key, list);
  }
  return list;
}

function makeStandingList(city: City, question: CandidateQuestion): StandingList {
  const { town, service, children, rule, instant } = question;
  const centre = city.towns.get(town)?.centre ?? middleOfCare(city);
  const byDistance = [...city.institutions.values()]
    .map((institution): Runner => ({ institution, meters: roadMeters(centre, institution.place) }))
    .sort((a, b) => a.meters - b.meters || (a.institution.code < b.institution.code ? -1 : 1));
  const nearest = byDistance.filter(({ institution }) => sees(institution, service, children));
  const byCode = new Map(nearest.map((runner) => [runner.institution.code, runner]));
  const designated = designatedFor(city, town, instant);
  const counterparts = counterpartsOf(city, town, service, instant);
  const first = rule === 'nearest' ? [] : counterparts.flatMap(({ code }) => byCode.get(code) ?? []);
  const runsNearer = byDistance
    .filter(({ institution, meters }) => institution.services.has(service) && meters < (nearest[0]?.meters ?? Infinity))
    .map(({ institution }) => institution);
  const expected = new Set([...counterparts, ...designated, ...runsNearer]);
  return {
    runners: [...new Set([...first, ...nearest])],
    byCode,
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
