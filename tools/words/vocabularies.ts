import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { GATE_ROLES, PROFILES, SERVICES, type FilledBy, type FoundPlace, type Restriction } from '../../src/city/index.ts';
import { RULE_CODES } from '../../src/clinic/index.ts';
import { MISSION_STEPS, UNIT_STATES, type AssignReason, type PerhapsSame, type Shortfall } from '../../src/dispatch/index.ts';
import { COMMAND_ROLES, DIFFERENCES, PROMISE_NAMES, type JourneyEvent, type Link } from '../../src/journey/index.ts';
import type { ServiceStatus } from '../../src/city/index.ts';
import { NOTICE_CODES, ROLES } from '../../src/people/index.ts';
import {
  ENTRY_CHANNELS, LINK_KINDS, MOBILITIES, PATHWAYS, PATIENT_KINDS, TEST_STATES, TRANSPORTS, VENUE_KINDS,
  POLICY_STATES, type Measure, type Priority, type Safeguard,
} from '../../src/policy/index.ts';
import { REFUSAL_GROUNDS, REFUSAL_SOURCES } from '../../src/reception/index.ts';
import { CHANNELS, type DecidedBecause, type Excluded, type Outcome } from '../../src/requests/index.ts';
import { ACUITIES, GROUPS, NEEDS, ROWS, VITAL_RANGE, type Consciousness, type Vitals } from '../../src/triage/index.ts';
import { GATE_GROUNDS, COHORTS, CUSTODY_FAULTS, DAY_REASONS, LEGS, RIDE_STEPS } from '../../src/trips/index.ts';

/** The members of a type, complete or it does not compile. */
const all = <T extends string>(members: Record<T, true>): readonly string[] => Object.keys(members);

/**
 * Every vocabulary of which a person may see a member, by the first part of its codes. A new member in the source without
 * words in `words/` fails the tests: a decision that nobody can read is no decision.
 */
export function vocabularies(root: string): Readonly<Record<string, readonly string[]>> {
  return {
    acuity: ACUITIES,
    need: NEEDS,
    group: GROUPS,
    pathway: PATHWAYS,
    priority: all<Priority>({ stat: true, asap: true, urgent: true, routine: true }),
    venue: VENUE_KINDS,
    service: SERVICES,
    'service-state': all<ServiceStatus['state']>({ open: true, limited: true, closed: true }),
    closure: all<NonNullable<ServiceStatus['reason']>>({
      disinfection: true, staffQuarantined: true, cordon: true, capacity: true, works: true, other: true,
    }),
    transport: TRANSPORTS,
    entry: ENTRY_CHANNELS,
    safeguard: all<Safeguard>({ guardianPresent: true, controlledDrugsInPerson: true }),
    'patient-kind': PATIENT_KINDS,
    test: TEST_STATES,
    mobility: MOBILITIES,
    consciousness: all<Consciousness>({ alert: true, voice: true, pain: true, unresponsive: true, confused: true }),
    vital: all<keyof Vitals>({
      pulsePerMinute: true, systolicMmHg: true, oxygenSaturationPercent: true, respiratoryRatePerMinute: true,
      temperatureCelsius: true, glucoseMmolPerLitre: true, consciousness: true, usualSystolicMmHg: true, diastolicMmHg: true,
      airOrOxygen: true, saturationTargetSetBy: true, potassiumMmolPerLitre: true, capillaryRefillSeconds: true, painScore: true,
      pewsScore: true,
    }),
    restriction: all<Restriction['kind']>({ closure: true, cordon: true, checkpoint: true, gate: true }),
    traveller: PROFILES,
    link: LINK_KINDS,
    'link-state': all<Link['state']>({ waiting: true, open: true, done: true, dropped: true }),
    role: ROLES,
    'refusal-source': REFUSAL_SOURCES,
    notice: NOTICE_CODES,
    holder: ['home', 'self', 'unit', 'car', 'institution'],
    cohort: COHORTS,
    'mission-step': ['sent', ...MISSION_STEPS],
    'board-reason': all<AssignReason>({
      nearest: true, onItsWay: true, takenFromLesser: true, exchangedForNearer: true, nearerOneNeeded: true, nearerOneKept: true,
      nearerOneLessSuited: true, nearerOneElsewhere: true, mutualAid: true, mutualAidOwnNone: true, shiftEnds: true, positionOld: true, afterDecontamination: true,
    }),
    'board-shortfall': all<Shortfall>({
      noneWithin: true, secondTierAsked: true, noneFree: true, noRoad: true, behindOthers: true, keptForEmergencies: true, unitTaken: true, notAdvanced: true,
      noNegativePressure: true,
    }),
    'perhaps-same': all<PerhapsSame['why'][number]>({ samePhone: true, sameAddress: true, samePlace: true }),
    'unit-state': UNIT_STATES,
    'gate-role': GATE_ROLES,
    'filled-by': all<FilledBy>({ standIn: true, otherCounterpart: true, neighbour: true, nearest: true }),
    'place-kind': all<FoundPlace['kind']>({ compound: true, institution: true, town: true }),
    'ride-step': ['assigned', ...RIDE_STEPS],
    leg: LEGS,
    unplanned: ['notApproved', ...DAY_REASONS],
    'custody-fault': CUSTODY_FAULTS,
    channel: CHANNELS,
    because: all<DecidedBecause>({
      received: true, worse: true, noSlot: true, slotMissed: true, refused: true, serviceClosed: true, serviceReopened: true, noCar: true, carFound: true, placeNamed: true, sentOn: true, lowered: true, policyChanged: true, roadsChanged: true, counterpartsChanged: true,
      appointmentMoved: true, appointmentLost: true, cohortTold: true,
    }),
    cause: all<Excluded['cause']>({ noSlot: true, refused: true, closed: true, noPlace: true, noCar: true }),
    outcome: all<Outcome>({ home: true, advised: true, delivered: true, died: true, withdrawn: true, joined: true }),
    ground: [...new Set([...REFUSAL_GROUNDS, ...GATE_GROUNDS])],
    command: Object.keys(COMMAND_ROLES),
    event: all<JourneyEvent['type']>({
      RequestReceived: true, RequestDecided: true, AnswersAdded: true, AcuityLowered: true, CohortTold: true, PlaceNamed: true, PersonIdentified: true, RequestMerged: true, HandOverTold: true, RequestWithdrawn: true,
      RequestClosed: true, UnitAsked: true, UnitSent: true, MissionReported: true, MissionStoodDown: true, UnitDiverted: true,
      CallJoined: true, CallTakenIn: true, CallKeptApart: true, RideOrdered: true,
      CarAssigned: true, CarUnavailable: true, CarFound: true, RideReported: true, RideCancelled: true, RideApproved: true, RideHandedOn: true,
      RideReplanned: true, CarLost: true, RideConfirmed: true, WrongPerson: true, RefusedAtGate: true, SlotBooked: true, BookingAdopted: true, BookingMoved: true, SlotUnavailable: true,
      BookingCancelled: true, Released: true, PassIssued: true, PassRevoked: true, Expected: true, ArrivalForeseen: true, NoLongerExpected: true, ArrivedAtDoor: true,
      Received: true, RefusedAtDoor: true, Admitted: true, Treated: true, VisitQueued: true, VisitTaken: true,
      VisitReturned: true, MessageSent: true, CallOffered: true, PrescriptionChecked: true, PrescriptionQueried: true, PrescriptionAmended: true,
      MedicineHandedOver: true, MedicineSpoiled: true, VisitAnswered: true, VisitSentOn: true, Dispensed: true, Delivered: true, LinksPlanned: true, LinkOpened: true,
      LinkDone: true, DeadlineMissed: true, TravelStarted: true, CareReopened: true, HomeReported: true, HomeConfirmed: true,
    }),
    promise: PROMISE_NAMES,
    'policy-state': POLICY_STATES,
    difference: DIFFERENCES,
    room: all<NonNullable<Measure['rooms']>[number]>({
      requests: true, dispatch: true, appointments: true, trips: true, passes: true, reception: true, clinic: true, hotline: true, panels: true,
      consults: true, city: true,
    }),
    'vital-name': [...Object.keys(VITAL_RANGE), 'systolicFallMmHg'],
    // A row that hangs on one finding, value or need is said by that; every other has a sentence of its own.
    'triage-row': ROWS.filter((row) => Object.keys(row).every((key) => ['id', 'acuity', 'source', 'confirm'].includes(key))).map(({ id }) => id),
    // A ride that nobody can drive is refused with the reason itself.
    refusal: [...refusalCodes(root), ...DAY_REASONS, ...RULE_CODES],
  };
}

/** Rooms that answer people's commands; what city and policy say of their files is for a planner's terminal. */
const ANSWERING = [
  'appointments', 'clinic', 'consults', 'dispatch', 'hotline', 'journey', 'panels', 'passes', 'reception', 'requests', 'trips',
];
/** What a planner or a judge of plans says to the program that asked; it answers no person's command. */
const ANSWERS_PROGRAMS = [path.join('trips', 'plan'), path.join('trips', 'check.ts'), path.join('dispatch', 'explain.ts')];
const REFUSAL = /refuse\(\s*'(\w+)'|\bcode: '(\w+)'/g;
/** A store that tells somebody something in the same statement writes notices, whose words are a vocabulary of their own. */
const NOTICE_IN_STATEMENT = /intoOutbox\(\{[\s\S]*?\}\)/g;

/** Every refusal a room can give, read from its source: it has no list of its own that could be forgotten. */
function refusalCodes(root: string): readonly string[] {
  const files = ANSWERING.flatMap((room) => {
    const folder = path.join(root, 'src', room);
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .map((file) => path.join(folder, file))
      .filter((file) => !ANSWERS_PROGRAMS.some((part) => path.relative(path.join(root, 'src'), file).startsWith(part)));
  });
  files.push(path.join(root, 'src', 'city', 'decide.ts'));
  const codes = files.flatMap((file) => [...readFileSync(file, 'utf8').replaceAll(NOTICE_IN_STATEMENT, '').matchAll(REFUSAL)].map(([, a, b]) => a ?? b!));
  return [...new Set(codes)].sort();
}
