import { formatInstant } from '../base/index.ts';
import type { Instant, Text } from '../base/index.ts';
import { candidatesFor, initialStatus, statusOf } from '../city/index.ts';
import type { Candidate, CandidateQuestion, City, Institution, LiveStatus, RuledOutInstitution, Service, TravelTables } from '../city/index.ts';
import type { Acuity, Need } from '../triage/index.ts';
import type { CompiledPolicy } from './compile.ts';
import type { DecideOptions, Exclusion } from './decide.ts';
import type { CareCase, Pathway, Reason, RuledOut, Transport } from './decision.ts';
import { needsChildren } from './facts.ts';
import type { Plan } from './plan.ts';
import type { Outcome } from './settle.ts';
import { SERVICE_WORDS } from './words.ts';

export interface Venue {
  /** Absent when nobody is open: the plan then holds `findPlace`. */
  readonly institution?: Institution;
  readonly plan: Plan;
  /** Why it is not the nearest one. */
  readonly reason?: Reason;
  readonly ruledOut: readonly RuledOut[];
}

const OPENING = new WeakMap<City, LiveStatus>();

/**
 * The institution that takes this person now, and each one that would have come before it with the reason why it does not.
 * Where nobody open runs the service, what the policy names as its stand-in is looked for, before anybody has to search.
 * @param way which of the outcome's ways there is taken.
 */
export function findVenue(city: City, outcome: Outcome, way: number, acuity: Acuity, care: CareCase, policy: CompiledPolicy, options: DecideOptions): Venue {
  let status = options.status ?? OPENING.get(city);
  if (!status) OPENING.set(city, (status = initialStatus(city)));
  const { excluded = [], travel, unknown, behind } = options;
  const out: RuledOut[] = [];
  for (const place of outcome.venues.keys()) {
    const plan = outcome.plan(place, way, false);
    const asked = { ...question(plan, outcome, care, policy, travel), ...(unknown && { unknown: (code: string) => unknown(code, plan.service) }), ...(behind && { behind: (code: string) => behind(code, plan.service) }) };
    const { candidates, ruledOut } = candidatesFor(city, status, asked);
    for (const item of ruledOut) out.push(ruledOutBy(item));
    const left = excluded.length === 0 ? candidates : candidates.filter(({ institution }) => !excluded.some((item) => isOut(item, institution, plan)));
    const [nearest] = left;
    if (!nearest) continue;
    const farther = outcome.effects.pathway === 'emergency' ? runsTheNeed(nearest, left, care, acuity, status, asked.instant) : undefined;
    const { institution } = farther ?? nearest;
    // Chosen after all: every road there is closed, and everybody else is out.
    const before = nearest.seconds < Infinity ? out : out.filter(({ option }) => option !== `institution:${institution.code}`);
    const standing = farther ?? whereCrewsStand(nearest, left, asked);
    return { institution, plan, ...(standing && { reason: standing.reason }), ruledOut: [...before, ...(standing?.ruledOut ?? []), ...allOut(city, excluded, institution)] };
  }
  return { plan: outcome.plan(0, way, true), ruledOut: [...out, ...allOut(city, excluded)] };
}

function question(plan: Plan, { effects: { choice, pathway } }: Outcome, care: CareCase, policy: CompiledPolicy, travel: TravelTables | undefined): CandidateQuestion {
  return {
    // A town nobody knows is searched from the middle of the institutions, and asked.
    town: care.town ?? '',
    service: plan.service,
    // Without an instant the case is taken as inside the period, so the closures of its first moment are the ones to heed.
    instant: care.instant ?? policy.coverage?.period.from ?? 0,
    children: needsChildren(care),
    rule: choice === 'nearest' ? 'nearest' : 'counterpartFirst',
    ...asked(plan, choice, pathway, care),
    ...(travel && { travel: travel[travellerOf(pathway, plan.transport)] }),
  };
}

/** Whoever holds an appointment is expected there, whichever house is nearer today; an emergency goes where it is treated first. */
function asked({ service }: Plan, choice: Outcome['effects']['choice'], pathway: Pathway, { booked, atDoor, ownInstitution }: CareCase): Pick<CandidateQuestion, 'ownInstitution'> {
  if (atDoor !== undefined) return { ownInstitution: atDoor };
  if (pathway === 'visit' && booked?.service === service) return { ownInstitution: booked.institution };
  return choice === 'ownFirst' && ownInstitution !== undefined ? { ownInstitution } : {};
}

/** As whom somebody is on the roads who is sent somewhere so. */
export function travellerOf(pathway: Pathway, transport: Transport): keyof TravelTables {
  return pathway === 'emergency' ? 'ambulance' : TRAVELLER[transport];
}

/** Whom the guards of a cordon let through: the committee's cars have a permit, a person's own has none until somebody says so. */
const TRAVELLER: Readonly<Record<Transport, keyof TravelTables>> = { ambulance: 'ambulance', specialCar: 'permitCar', own: 'car', none: 'car' };

/** What an emergency of this need is sure to want in the same house, beside the emergency department. */
const WANTED: { readonly [N in Need]?: Service } = {
  haemodialysis: 'haemodialysis', obstetrics: 'obstetrics', paediatrics: 'paediatrics', chemotherapy: 'chemotherapy', severeIllness: 'severeIllness',
};
/**
 * How much longer the way may be for that, by car. Assumed, for a clinician to confirm: a second transfer costs more than these
 * minutes, but beyond them the way itself is what kills.
 */
const EXTRA_SECONDS_MAX: { readonly [A in Acuity]?: number } = { I: 5 * 60, II: 10 * 60 };

/** A little farther, an emergency department with what this emergency needs behind it; undefined when the nearest will do. */
function runsTheNeed(
  nearest: Candidate, candidates: readonly Candidate[], care: CareCase, acuity: Acuity, status: LiveStatus, instant: Instant,
): Required<Pick<Venue, 'institution' | 'reason' | 'ruledOut'>> | undefined {
  const service = WANTED[care.need] ?? wantedByPerson(care);
  if (service === undefined) return undefined;
  const runs = ({ institution }: Candidate): boolean =>
    institution.services.has(service) && statusOf(status, institution.code, service, instant).state !== 'closed';
  // Who stands at a door is treated there first; a transfer is decided by whoever has seen them.
  if (runs(nearest) || nearest.seconds === Infinity || nearest.institution.code === care.atDoor) return undefined;
  const latest = nearest.seconds + (EXTRA_SECONDS_MAX[acuity] ?? 0);
  const better = candidates.find((candidate) => candidate.seconds <= latest && runs(candidate));
  if (!better) return undefined;
  const minutes = Math.max(1, Math.ceil((better.seconds - nearest.seconds) / 60));
  const [name, named] = [SERVICE_WORDS[service], better.institution.name];
  return {
    institution: better.institution,
    reason: {
      clause: 'city-runsNeed',
      text: { zh: `${named.zh}的急诊有${name.zh}，比最近的急诊多走约${minutes}分钟。`, en: `${named.en} has ${name.en} beside its emergency department; it is about ${minutes} min farther than the nearest one.` },
    },
    ruledOut: [{
      option: `institution:${nearest.institution.code}`, clause: 'city-runsNeed',
      text: { zh: `${nearest.institution.name.zh}现在没有${name.zh}。`, en: `${nearest.institution.name.en} does not run ${name.en} now.` },
    }],
  };
}

/** A house that is nearer by road, and where ambulances wait at the door for longer than that is worth; undefined when the nearest it is. */
function whereCrewsStand(chosen: Candidate, candidates: readonly Candidate[], { travel }: CandidateQuestion): Pick<Required<Venue>, 'reason' | 'ruledOut'> | undefined {
  const stands = travel?.handOverSeconds;
  if (!stands || chosen.seconds === Infinity) return undefined;
  const driven = ({ institution, seconds }: Candidate): number => seconds - stands(institution.code);
  const nearer = candidates.filter((other) => driven(other) < driven(chosen) && other.seconds > chosen.seconds).sort((a, b) => driven(a) - driven(b))[0];
  if (!nearer) return undefined;
  const [there, here] = [nearer, chosen].map(({ institution }) => Math.round(stands(institution.code) / 60)) as [number, number];
  const [passed, named] = [nearer.institution, chosen.institution.name];
  return {
    reason: {
      clause: 'city-handOver',
      text: { zh: `算上交接等待，送${named.zh}更快：那里现在约等${here}分钟。`, en: `With the wait for the hand-over, ${named.en} takes over sooner: about ${here} min at its door now.` },
    },
    ruledOut: [{
      option: `institution:${passed.code}`, clause: 'city-handOver',
      text: { zh: `${passed.name.zh}更近，但救护车现在要等约${there}分钟才能交接。`, en: `${passed.name.en} is nearer, but ambulances wait there for about ${there} min now.` },
    }],
  };
}

/** Whatever the emergency is, a birth may come of it, or it is a child's. */
function wantedByPerson(care: CareCase): Service | undefined {
  if (care.groups.includes('pregnant')) return 'obstetrics';
  return needsChildren(care) ? 'paediatrics' : undefined;
}

/** Whoever has no free slot can still receive where nobody needs one. */
function isOut(item: Exclusion, { code }: Institution, { byAppointment }: Plan): boolean {
  return 'institution' in item && item.institution === code && (byAppointment || item.cause !== 'noSlot');
}

/** Once each, however often it said no; not the one chosen after all, which had no slot and now needs none. */
function allOut(city: City, excluded: readonly Exclusion[], chosen?: Institution): readonly RuledOut[] {
  if (excluded.length === 0) return [];
  const last = new Map(excluded.flatMap((item) => ('institution' in item ? [[item.institution, item.cause] as const] : [])));
  return [...transportsOut(excluded), ...[...last].filter(([code]) => code !== chosen?.code).map(([code, cause]) => excludedBy(code, cause, city.institutions.get(code)))];
}

export function transportsOut(excluded: readonly Exclusion[]): readonly RuledOut[] {
  const last = new Map(excluded.flatMap((item) => ('transport' in item ? [[item.transport, item.cause] as const] : [])));
  return [...last].map(([transport, cause]): RuledOut => ({ option: `transport:${transport}`, clause: `asked-${cause}`, text: WAY_OUT[cause] ?? anotherCause(cause) }));
}

const WAY_OUT: Readonly<Record<string, Text>> = { noCar: { zh: '现在没有专车可派。', en: 'No special car can be sent now.' } };
const anotherCause = (cause: string): Text => ({ zh: `这种交通方式不可用（${cause}）。`, en: `This way there is out (${cause}).` });

const WHY: Readonly<Record<string, Text>> = {
  disinfection: { zh: '正在消毒', en: 'is closed for disinfection' },
  staffQuarantined: { zh: '医护人员隔离', en: 'is closed because its staff are quarantined' },
  cordon: { zh: '所在区域被封控', en: 'is closed because its area is cordoned off' },
  capacity: { zh: '已满', en: 'is full' },
  works: { zh: '正在施工', en: 'is closed for works' },
  closed: { zh: '暂停接诊', en: 'is closed for now' },
  noChildren: { zh: '不接诊儿童', en: 'does not see children in this service' },
  childrenOnly: { zh: '只接诊儿童', en: 'sees children only' },
  notRunning: { zh: '没有这个科室', en: 'does not run this service' },
  refused: { zh: '没有接收（已上报）', en: 'did not receive the patient (reported)' },
  noWayOpen: { zh: '现在没有可以通行的道路', en: 'cannot be reached: every road there is closed now' },
  statusUnknown: { zh: '的情况有一段时间没有更新，同样近的医院里先选确知开诊的', en: 'has not said for some time how it stands; another just as near is known to be open' },
  full: { zh: '现在没有空位，先送路程相近、有空位的', en: 'has no free place now; another hardly farther has' },
  refusesOften: { zh: '近两小时内多次没有接收患者（已上报），先送路程相近的另一家', en: 'has turned several people away in the last two hours (reported); another is hardly farther' },
  noSlot: { zh: '没有号源', en: 'has no free slot' },
};

/** Another room may bring a cause of its own; it is named as it stands rather than lost. */
const whyOf = (cause: string): Text => WHY[cause] ?? { zh: `不可用（${cause}）`, en: `is out (${cause})` };

function sentence(institution: Institution | undefined, code: string, why: Text, until?: Instant): Text {
  const name = institution?.name ?? { zh: code, en: code };
  const [zh, en] = until === undefined ? ['', ''] : [`，至${formatInstant(until)}`, ` until ${formatInstant(until)}`];
  return { zh: `${name.zh}${why.zh}${zh}。`, en: `${name.en} ${why.en}${en}.` };
}

function ruledOutBy({ institution, cause, reason, until }: RuledOutInstitution): RuledOut {
  const why = (reason && WHY[reason]) ?? whyOf(cause);
  return { option: `institution:${institution.code}`, clause: `city-${cause}`, text: sentence(institution, institution.code, why, until) };
}

function excludedBy(code: string, cause: string, institution: Institution | undefined): RuledOut {
  return { option: `institution:${code}`, clause: `asked-${cause}`, text: sentence(institution, code, whyOf(cause)) };
}
