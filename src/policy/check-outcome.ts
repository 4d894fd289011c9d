import type { Service } from '../city/index.ts';
import type { Acuity } from '../triage/index.ts';
import { plansOf } from './availability.ts';
import { settledBy } from './blame.ts';
import { WAITING_LINKS } from './chain.ts';
import { overLimit, slowerThan } from './check-deadlines.ts';
import { contradictoryPathway } from './check-places.ts';
import type { LinkKind, VenueKind } from './decision.ts';
import { LONGEST_WAIT_SECONDS } from './document.ts';
import { fault, Tally } from './findings.ts';
import type { Fault } from './findings.ts';
import { SERVICE_OF } from './plan.ts';
import type { Plan } from './plan.ts';
import { sayAttribute, sayOption } from './say-measure.ts';
import type { Outcome } from './settle.ts';
import { join, LINK_WORDS, PATHWAY_WORDS, SERVICE_WORDS, VENUE_WORDS } from './words.ts';

/**
 * What is wrong with an outcome for whoever gets it, under every availability. Acuity is all it has to know of them.
 * @param ordinary the outcome for the same facts under the standing rules alone.
 */
export function faultsOf(outcome: Outcome, acuity: Acuity, ordinary: Outcome): readonly Fault[] {
  const ofPlans = new Map<Plan, readonly Fault[]>();
  const counted = new Tally();
  for (const plan of plansOf(outcome)) {
    let wrong = ofPlans.get(plan);
    if (!wrong) ofPlans.set(plan, (wrong = [...faultsOfPlan(plan, outcome, acuity), ...overLimit(plan, outcome, acuity), ...slowerThan(ordinary, plan, outcome, acuity)]));
    for (const item of wrong) counted.add(item);
  }
  return [...faultsOfEffects(outcome, acuity), ...contradictoryPathway(outcome), ...counted.list()];
}

const isEmergency = (acuity: Acuity): boolean => acuity === 'I' || acuity === 'II';

function* faultsOfEffects({ effects, by, venues, transports, circle, unset }: Outcome, acuity: Acuity): Generator<Fault> {
  const { pathway, venue, byAppointment, closedLoop, entry } = effects;
  for (const attribute of unset) {
    const { zh, en } = sayAttribute(attribute);
    yield fault('unsettled', [], `没有措施决定“${zh}”；请补一条措施或常设规则`, `nothing settles ${en}; add a measure, or a standing rule`, attribute);
  }
  if (circle) {
    const [round, measures] = [join(circle.map(sayOption), ' → ', ' → '), circle.slice(0, -1).map((option) => by[`otherwise.${option}` as keyof typeof by])];
    yield fault('fallbackCircle', measures, `候补绕成一圈：${round.zh}；请去掉一环`, `the stand-ins run in a circle: ${round.en}; take one of them out`, [...circle].sort()[0]!);
  }
  if (isEmergency(acuity) && pathway !== 'emergency') {
    yield fault('emergencyPathway', [by.pathway], `急危重症走的是“${PATHWAY_WORDS[pathway].zh}”；只能走急救`,
      `an emergency gets the pathway ${PATHWAY_WORDS[pathway].en}; only the emergency pathway is fast enough`);
  }
  if (byAppointment && venue === 'emergencyDepartment') {
    yield fault('slotBeforeEmergency', [by.byAppointment, by.venue], '急诊科前设了预约；急诊从不预约', 'an emergency department is put behind an appointment; it never is');
  }
  if (pathway === 'visit' && transports.includes('none')) {
    yield fault('visitWithoutWay', [by.pathway, by.transport], '到院就诊却没有交通安排', 'somebody is to be seen there and has no way there');
  }
  if (pathway !== 'remote' && entry === 'none') {
    yield fault('visitWithoutDoor', [by.pathway, by.entry], '到院却没有入口', 'somebody is brought and no door is named');
  }
  if (pathway === 'remote' && transports[0] !== 'none') {
    yield fault('remoteWithVehicle', [by.pathway, by.transport], '线上就诊却安排了出行', 'somebody is seen at a distance and travels all the same');
  }
  if (pathway === 'emergency' && closedLoop && effects.wayBack === 'own') {
    yield fault('ownWayInClosedLoop', [by.wayBack, by.closedLoop], '闭环里没有“自己回家”：无人交接', 'nobody goes home on their own in a closed loop: there is no one to hand over', 'home');
  }
  if (pathway === 'visit' && closedLoop && transports.includes('own')) {
    yield fault('ownWayInClosedLoop', [by.transport, by.closedLoop], '闭环里没有“自行前往”：无人交接', 'nobody travels on their own in a closed loop: there is no one to hand over');
  }
  for (const option of venues) {
    if (fits(option.venue, option.service)) continue;
    const [place, service] = [VENUE_WORDS[option.venue], SERVICE_WORDS[option.service]];
    yield fault('serviceUnlikeVenue', [by.venue], `${place.zh}不提供${service.zh}`, `${place.en} is no place for ${service.en}`, `${option.venue}.${option.service}`);
  }
}

/** A designated institution is designated for whatever the measure says; every other kind of place runs its own service. */
const fits = (venue: VenueKind, service: Service): boolean => venue === 'designatedInstitution' || service === SERVICE_OF[venue];

const OUT: ReadonlySet<LinkKind> = new Set(['pickUp', 'travel', 'bring']);
const HOME: ReadonlySet<LinkKind> = new Set(['returnTravel', 'returnHome']);

function* faultsOfPlan(plan: Plan, outcome: Outcome, acuity: Acuity): Generator<Fault> {
  const { links, transport, entry } = plan;
  const { by } = outcome;
  if (links.length === 0) yield fault('noOwnerOrDeadline', [by.pathway], '没有任何步骤', 'there is no step at all', 'chain');
  for (const { kind, owner, dueSeconds } of links) {
    const [word, measure] = [LINK_WORDS[kind], settledBy(outcome, plan, kind, 'owner')];
    if (!owner || !(dueSeconds > 0 && dueSeconds <= LONGEST_WAIT_SECONDS)) {
      yield fault('noOwnerOrDeadline', [measure, settledBy(outcome, plan, kind, 'within')], `“${word.zh}”没有责任人或时限`, `the step "${word.en}" has no owner or no deadline`, kind);
    }
    // The special car's driver answers for the way there only when there is a special car.
    if (owner === 'driver' && OUT.has(kind) && transport !== 'specialCar') {
      yield fault('driverWithoutCar', [by.transport, measure], `“${word.zh}”由专车司机负责，却没有专车`, `the step "${word.en}" is the special-car driver's, and there is no special car`, kind);
    }
  }
  if (isEmergency(acuity)) {
    const received = links.findIndex(({ kind }) => kind === 'receive');
    for (const { kind } of links.slice(0, received + 1)) {
      if (!WAITING_LINKS.has(kind)) continue;
      yield fault('emergencyWaits', [by.pathway, kind === 'slot' ? by.byAppointment : by.release], `急危重症要等“${LINK_WORDS[kind].zh}”`, `an emergency waits for "${LINK_WORDS[kind].en}"`, kind);
    }
    if (entry.testRequired) yield fault('testBeforeEmergency', [by.testRequired], '急危重症被要求出示检测', 'a test is asked of an emergency');
  }
  if (outcome.effects.closedLoop && links.some(({ kind, owner }) => kind === 'confirmHome' && owner === 'resident') && links.some(({ kind }) => OUT.has(kind))) {
    yield fault('ownWayInClosedLoop', [settledBy(outcome, plan, 'confirmHome', 'owner'), by.closedLoop], '闭环接送到最后却由本人确认到家：无人交接', 'a closed loop ends with nobody but the person confirming that they are home', 'confirmHome');
  }
  const comesHome = links.some(({ kind }) => HOME.has(kind)) && links.at(-1)?.kind === 'confirmHome';
  if (links.some(({ kind }) => OUT.has(kind)) && !comesHome) {
    yield fault('noWayBack', [by.wayBack, by.transport], '有人被送出去，却没有回家的安排', 'somebody is taken out and not brought home');
  }
}
