import { slotWindow, type BookableService } from '../appointments/index.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS, type Chance, type Instant } from '../base/index.ts';
import type { City } from '../city/index.ts';
import { holder, nextActions, openLink, ownerFor, type Command, type Story } from '../journey/index.ts';
import type { Actor, Role } from '../people/index.ts';
import type { LinkKind, LinkOwner } from '../policy/index.ts';
import type { RefusalGround } from '../reception/index.ts';
import type { GateGround } from '../trips/index.ts';
import * as habits from './habits.ts';
import type { Ledger } from './ledger.ts';
import type { RehearsedTravel } from './roads.ts';

/** What is true of one rehearsed person and of those who meet them; the rooms learn of it only when it happens. */
export interface Fate {
  readonly late: ReadonlyMap<LinkKind, number>;
  /** The first door says no on this ground. */
  refusal?: RefusalGround;
  /** Not let in at their own gate, for so long. */
  gate?: { readonly ground: GateGround; readonly minutes: number };
  /** Minutes that they still stand before it. */
  held?: number;
}

/** Who will do what, and when. */
export interface Intent {
  readonly at: Instant;
  readonly actor: Actor;
  readonly command: Command;
}

export interface Stage {
  readonly city: City;
  readonly travel: RehearsedTravel;
  readonly ledger: Ledger;
  readonly rates: habits.Rates;
}

/** The step that the owner of the open link will do next. Undefined: the owner has nothing to do, which breaks a promise. */
export function intend(story: Story, at: Instant, fate: Fate, chance: Chance, stage: Stage): Intent | undefined {
  const link = openLink(story);
  // A rehearsed crew's wait at the gate is part of its way to the patient.
  const first = nextActions(story).find((action) => !(action.type === 'reportMission' && action.step === 'gateOpened'));
  if (!link || !first || first.type === 'reportWorse' || first.type === 'reportRefusal') return undefined;
  if (first.type === 'receivePatient' && refuses(fate, chance, stage)) return refusal(story, at, fate, chance);
  const isHome = first.type === 'reportRide' && first.leg === 'back' && first.step === 'arrived';
  if (isHome && fate.gate) return notLetIn(fate, fate.gate, story, at, first, chance, stage);
  if (isHome && fate.held !== undefined) return letIn(fate, fate.held, story, at, first, stage);
  const command = choose(first, story, chance, stage);
  const actor = ownerOf(story, link.owner.role as LinkOwner, stage.city);
  const done = at + durationMs(command, story, at, chance, stage);
  const lateMinutes = fate.late.get(link.kind) ?? (chance.next() < stage.rates.late ? minutes(habits.LATE_MINUTES, chance) : undefined);
  const startsLate = lateMinutes !== undefined && link.missed.length === 0;
  const acts = startsLate ? Math.max(done, link.dueAt! + lateMinutes * MINUTE_MS) : done;
  return { actor, command: filled(command, story, acts, chance), at: acts };
}

export function ownerOf(story: Story, role: LinkOwner, city: City): Actor {
  const { scope } = ownerFor(role, story, city);
  return { id: `${role}@${scope}`, name: role, role, scope };
}

/** The crew after a hand-over: what it still owes, cleaning first, then free for others. */
export function afterHandOver(story: Story, at: Instant, chance: Chance): Intent | undefined {
  const command = nextActions(story).find((action) => action.type === 'reportMission' && (action.step === 'decontaminated' || action.step === 'inService'));
  if (command?.type !== 'reportMission') return undefined;
  const scope = `unit:${story.mission!.unit}`;
  const cleaned = story.mission!.times.decontaminated !== undefined;
  const took = habits.MISSION_MINUTES[cleaned ? 'inServiceCleaned' : command.step]!;
  return { at: at + minutes(took, chance) * MINUTE_MS, actor: { id: `crew@${scope}`, name: 'crew', role: 'crew', scope }, command };
}

function refuses(fate: Fate, chance: Chance, { rates }: Stage): boolean {
  return fate.refusal !== undefined || chance.next() < rates.refusedAtDoor;
}

const GROUNDS = ['noTestResult', 'codeColour', 'riskArea', 'disinfection', 'noPlace'] as const;

/** Reported by whoever stands at the door with the person, not by the institution. */
function refusal(story: Story, at: Instant, fate: Fate, chance: Chance): Intent {
  const ground = fate.refusal ?? chance.pick(GROUNDS);
  delete fate.refusal;
  const custodian = holder(story);
  const role: Role = custodian.startsWith('unit:') ? 'crew' : custodian.startsWith('car:') ? 'driver' : 'resident';
  const scope = role === 'resident' ? `journey:${story.id}` : custodian;
  return {
    at: at + minutes({ least: 2, more: 4 }, chance) * MINUTE_MS,
    actor: { id: `${role}@${scope}`, name: role, role, scope },
    command: { type: 'reportRefusal', ground },
  };
}

/** Home, and the gate stays shut: the driver says so and keeps them in the car. */
function notLetIn(fate: Fate, { ground, minutes: held }: NonNullable<Fate['gate']>, story: Story, at: Instant, home: Command, chance: Chance, stage: Stage): Intent {
  delete fate.gate;
  fate.held = held;
  return { at: at + durationMs(home, story, at, chance, stage), actor: ownerOf(story, 'driver', stage.city), command: { type: 'reportGateRefusal', ground } };
}

function letIn(fate: Fate, held: number, story: Story, at: Instant, command: Command, { city }: Stage): Intent {
  delete fate.held;
  return { at: at + held * MINUTE_MS, actor: ownerOf(story, 'driver', city), command };
}

const STAYS: ReadonlySet<string> = new Set(['emergency', 'inpatient', 'severeIllness']);

/** The first thing that can be done is what is done, unless the person needs more than the usual. */
function choose(first: Command, story: Story, chance: Chance, { rates }: Stage): Command {
  const stays = STAYS.has(story.decision.service) && story.arrival?.admittedAt === undefined;
  if (first.type === 'finishTreatment' && stays && chance.next() < rates.admitted) return { type: 'admit', expectedDischargeAt: 0 };
  if (first.type === 'answerVisit' && chance.next() < rates.sentOn) {
    return { type: 'sendOn', reason: 'needs to be examined', need: 'generalOutpatient', findings: [] };
  }
  return first;
}

/** The words a person would type. */
function filled(command: Command, { request, visit }: Story, at: Instant, chance: Chance): Command {
  switch (command.type) {
    case 'admit': {
      const hours = Math.min(minutes(habits.STAY_HOURS, chance), habits.STAY_HOURS_MAX);
      return { ...command, expectedDischargeAt: Math.round((at + hours * HOUR_MS) / HOUR_MS) * HOUR_MS };
    }
    case 'answerVisit':
      return {
        ...command, advice: 'go on as before', followUpOf: 'as before', guardian: 'guardian',
        items: [{ medicine: request.medicine ?? 'as before', dose: 'as before', days: 28, controlled: 'no' }],
      };
    case 'checkPrescription':
      return { ...command, accepted: visit?.prescription?.warnings?.map(({ id }) => id) ?? [] };
    case 'handToCourier':
      return { ...command, courier: 'courier', ...(visit?.prescription?.coldChain && { coolBox: true }) };
    case 'deliver':
      return { ...command, to: 'patient', ...(visit?.prescription?.coldChain && { coldKept: true }) };
    default:
      return command;
  }
}

/**
 * Institutions that run the service and have a seat, nearest first, as a person on the phone would try them; asked when
 * the call is made, not when it is planned.
 */
export function placesToTry(story: Story, at: Instant, { city, travel, ledger }: Stage): readonly string[] {
  const { service, acuity, byAppointment } = story.decision;
  const from = story.request.point ?? city.towns.get(story.request.town)!.centre;
  return [...city.institutions.values()]
    .filter(({ code, services }) => services.has(service) && !story.excluded.some((no) => no.institution === code && no.cause === 'refused'))
    .filter(({ code }) => {
      if (!byAppointment || service === 'emergency') return true;
      return ledger.freeSlot(code, service as BookableService, slotWindow(acuity, at, service as BookableService, story.request.lastSessionAt)) !== undefined;
    })
    .map(({ code, place }) => ({ code, seconds: travel.drive(from, place, at, 'car') }))
    .sort((a, b) => a.seconds - b.seconds || (a.code < b.code ? -1 : 1))
    .map(({ code }) => code);
}

function minutes({ least, more }: { readonly least: number; readonly more: number }, chance: Chance): number {
  return least + (more > 0 ? chance.exponential(more) : 0);
}

function durationMs(command: Command, story: Story, at: Instant, chance: Chance, stage: Stage): number {
  const { least, more } = habits.DRIVE_FACTOR;
  const drive = (seconds: number): number => seconds * SECOND_MS * (least + chance.next() * more);
  const ownDrive = (kind: 'car' | 'ambulance'): number => drive(secondsToDoor(story, at, kind, stage));
  switch (command.type) {
    case 'reportMission': {
      const own = minutes(habits.MISSION_MINUTES[command.step] ?? { least: 1, more: 1 }, chance) * MINUTE_MS;
      const { etaSeconds = 0, times = {} } = story.mission ?? {};
      const wayThere = command.step === 'atGate' || (command.step === 'atPatient' && times.atGate === undefined);
      if (wayThere) return own + drive(etaSeconds);
      return command.step === 'atDestination' ? own + ownDrive('ambulance') : own;
    }
    case 'reportRide': {
      const own = minutes(habits.RIDE_MINUTES[command.step]!, chance) * MINUTE_MS;
      const ride = story[command.leg]!;
      if (command.step === 'atDoor') return own + Math.max(0, (ride.planned ?? ride).pickUpAt - at);
      return command.step === 'arrived' ? own + ownDrive('car') : own;
    }
    case 'startTravel': {
      const own = minutes(habits.STEP_MINUTES.startTravel!, chance) * MINUTE_MS;
      const slotAt = story.arrival?.treatedAt === undefined && !story.booking?.cancelled ? story.booking?.slot.startsAt : undefined;
      const leaveAt = slotAt === undefined ? at : slotAt - 15 * MINUTE_MS - secondsToDoor(story, at, 'car', stage) * SECOND_MS;
      return own + Math.max(0, leaveAt - at);
    }
    case 'reportArrival':
    case 'reportHome':
      return ownDrive('car') + minutes(habits.STEP_MINUTES.reportHome!, chance) * MINUTE_MS;
    case 'finishTreatment': {
      const discharge = story.arrival?.admittedAt === undefined ? undefined : openLink(story)?.dueAt;
      if (discharge !== undefined && discharge > at) return Math.max(MINUTE_MS, discharge - at - chance.next() * 2 * HOUR_MS);
      return minutes(habits.TREATMENT_MINUTES[story.decision.service] ?? habits.TREATMENT_MINUTES.other!, chance) * MINUTE_MS;
    }
    default:
      return minutes(habits.STEP_MINUTES[command.type] ?? { least: 1, more: 1 }, chance) * MINUTE_MS;
  }
}

function secondsToDoor(story: Story, at: Instant, kind: 'car' | 'ambulance', { city, travel }: Stage): number {
  const from = story.request.point ?? city.towns.get(story.request.town)?.centre;
  const to = city.institutions.get(story.arrival?.institution ?? story.decision.institution ?? '')?.place;
  return from && to ? travel.drive(from, to, at, kind) : 0;
}
