import type { Text } from '../base/index.ts';
import type { Service } from '../city/index.ts';
import type { Acuity } from '../triage/index.ts';
import { plansOf } from './availability.ts';
import { settledBy } from './blame.ts';
import { WAITING_LINKS } from './chain.ts';
import type { LinkKind, VenueKind } from './decision.ts';
import { LONGEST_WAIT_SECONDS } from './document.ts';
import type { Fault } from './findings.ts';
import { SERVICE_OF } from './plan.ts';
import type { Plan } from './plan.ts';
import type { Outcome } from './settle.ts';
import { LINK_WORDS, PATHWAY_WORDS, SERVICE_WORDS, VENUE_WORDS } from './words.ts';

const say = (zh: string, en: string): Text => ({ zh, en });

/** What is wrong with an outcome for whoever gets it, under every availability. Acuity is all it has to know of them. */
export function faultsOf(outcome: Outcome, acuity: Acuity): readonly Fault[] {
  const faults = [...faultsOfEffects(outcome, acuity)];
  const ofPlans = new Map<Plan, readonly Fault[]>();
  const counted = new Map<string, Fault & { availabilities: number }>();
  for (const plan of plansOf(outcome)) {
    let wrong = ofPlans.get(plan);
    if (!wrong) ofPlans.set(plan, (wrong = [...faultsOfPlan(plan, outcome, acuity)]));
    for (const fault of wrong) {
      const key = `${fault.code} ${fault.about}`;
      const known = counted.get(key);
      if (known) known.availabilities += 1;
      else counted.set(key, { ...fault, availabilities: 1 });
    }
  }
  return [...faults, ...counted.values()];
}

const isEmergency = (acuity: Acuity): boolean => acuity === 'I' || acuity === 'II';

function* faultsOfEffects({ effects, by, venues, transports, circle, unset }: Outcome, acuity: Acuity): Generator<Fault> {
  const { pathway, venue, byAppointment, closedLoop, entry } = effects;
  for (const attribute of unset) {
    yield { code: 'unsettled', about: attribute, measures: [], message: say(`没有措施决定“${attribute}”；请补一条措施或常设规则`, `nothing settles ${attribute}; add a measure, or a standing rule`) };
  }
  if (circle) {
    const measures = circle.slice(0, -1).map((option) => by[`otherwise.${option}` as keyof typeof by]);
    yield { code: 'fallbackCircle', about: [...circle].sort()[0]!, measures, message: say(`候补绕成一圈：${circle.join(' → ')}；请去掉一环`, `the stand-ins run in a circle: ${circle.join(' → ')}; take one of them out`) };
  }
  if (isEmergency(acuity) && pathway !== 'emergency') {
    yield { code: 'emergencyPathway', measures: [by.pathway], message: say(`急危重症走的是“${PATHWAY_WORDS[pathway].zh}”；只能走急救`, `an emergency gets the pathway ${PATHWAY_WORDS[pathway].en}; only the emergency pathway is fast enough`) };
  }
  if (byAppointment && venue === 'emergencyDepartment') {
    yield { code: 'slotBeforeEmergency', measures: [by.byAppointment, by.venue], message: say('急诊科前设了预约；急诊从不预约', 'an emergency department is put behind an appointment; it never is') };
  }
  if (pathway === 'visit' && transports.includes('none')) {
    yield { code: 'visitWithoutWay', measures: [by.pathway, by.transport], message: say('到院就诊却没有交通安排', 'somebody is to be seen there and has no way there') };
  }
  if (pathway !== 'remote' && entry === 'none') {
    yield { code: 'visitWithoutDoor', measures: [by.pathway, by.entry], message: say('到院却没有入口', 'somebody is brought and no door is named') };
  }
  if (pathway === 'remote' && transports[0] !== 'none') {
    yield { code: 'remoteWithVehicle', measures: [by.pathway, by.transport], message: say('线上就诊却安排了出行', 'somebody is seen at a distance and travels all the same') };
  }
  if (pathway === 'visit' && closedLoop && transports.includes('own')) {
    yield { code: 'ownWayInClosedLoop', measures: [by.transport, by.closedLoop], message: say('闭环里没有“自行前往”：无人交接', 'nobody travels on their own in a closed loop: there is no one to hand over') };
  }
  for (const option of venues) {
    if (fits(option.venue, option.service)) continue;
    yield { code: 'serviceUnlikeVenue', about: `${option.venue}.${option.service}`, measures: [by.venue], message: say(`${VENUE_WORDS[option.venue].zh}不提供${SERVICE_WORDS[option.service].zh}`, `${VENUE_WORDS[option.venue].en} is no place for ${SERVICE_WORDS[option.service].en}`) };
  }
}

/** A designated institution is designated for whatever the measure says; every other kind of place runs its own service. */
const fits = (venue: VenueKind, service: Service): boolean => venue === 'designatedInstitution' || service === SERVICE_OF[venue];

const OUT: ReadonlySet<LinkKind> = new Set(['pickUp', 'travel', 'bring']);
const HOME: ReadonlySet<LinkKind> = new Set(['returnTravel', 'returnHome']);
/** Links that the special car's driver can own, and only when there is one. */
const THERE: ReadonlySet<LinkKind> = new Set(['pickUp', 'travel', 'bring']);

function* faultsOfPlan(plan: Plan, outcome: Outcome, acuity: Acuity): Generator<Fault> {
  const { links, transport, entry } = plan;
  const { by } = outcome;
  for (const { kind, owner, dueSeconds } of links) {
    const word = LINK_WORDS[kind];
    if (!owner || !(dueSeconds > 0 && dueSeconds <= LONGEST_WAIT_SECONDS)) {
      yield { code: 'noOwnerOrDeadline', about: kind, measures: [settledBy(outcome, plan, kind, 'owner'), settledBy(outcome, plan, kind, 'within')], message: say(`“${word.zh}”没有责任人或时限`, `the step "${word.en}" has no owner or no deadline`) };
    }
    if (owner === 'driver' && THERE.has(kind) && transport !== 'specialCar') {
      yield { code: 'driverWithoutCar', about: kind, measures: [by.transport, settledBy(outcome, plan, kind, 'owner')], message: say(`“${word.zh}”由专车司机负责，却没有专车`, `the step "${word.en}" is the special-car driver's, and there is no special car`) };
    }
  }
  if (links.length === 0) yield { code: 'noOwnerOrDeadline', about: 'chain', measures: [by.pathway], message: say('没有任何步骤', 'there is no step at all') };
  if (isEmergency(acuity)) {
    const received = links.findIndex(({ kind }) => kind === 'receive');
    for (const { kind } of links.slice(0, received + 1)) {
      if (WAITING_LINKS.has(kind)) yield { code: 'emergencyWaits', about: kind, measures: [by.pathway, kind === 'slot' ? by.byAppointment : by.release], message: say(`急危重症要等“${LINK_WORDS[kind].zh}”`, `an emergency waits for "${LINK_WORDS[kind].en}"`) };
    }
    if (entry.testRequired) yield { code: 'testBeforeEmergency', measures: [by.testRequired], message: say('急危重症被要求出示检测', 'a test is asked of an emergency') };
  }
  const leaves = links.some(({ kind }) => OUT.has(kind));
  const comesHome = links.some(({ kind }) => HOME.has(kind)) && links.at(-1)?.kind === 'confirmHome';
  if (leaves && !comesHome) yield { code: 'noWayBack', measures: [by.wayBack, by.transport], message: say('有人被送出去，却没有回家的安排', 'somebody is taken out and not brought home') };
}
