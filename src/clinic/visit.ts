import { MINUTE_MS, type Instant } from '../base/index.ts';
import type { Need } from '../triage/index.ts';
import type { DispensedItem, LongPrescription, MedicineClass, PrescribedItem, Prescription } from './prescription.ts';
import type { CloudService } from './service.ts';

/** One line of what was said in the page. It lies in the story of the journey and dies with its incident. */
export interface Message {
  readonly at: Instant;
  readonly from: 'person' | 'doctor';
  readonly name: string;
  readonly text: string;
  /** Findings that were read out of these words: they raised the acuity at once. */
  readonly heard?: readonly string[];
}

/** A remote visit in the cloud clinic: asked, answered, prescribed, checked, dispensed, on its way, delivered. */
export interface Visit {
  readonly id: string;
  readonly institution: string;
  /** Absent in visits from before there were queues per service. */
  readonly service?: CloudService;
  /** Since when they wait: a visit that came back keeps its place. */
  readonly queuedAt: Instant;
  /** By when a doctor answers, as it was foreseen when they were queued. */
  readonly promisedAt?: Instant;
  /** They said that it got worse: a clinician looks at it by then, before everybody else of their acuity. */
  readonly lookBy?: Instant;
  /** They wrote what the software cannot read: a person reads it by then, and it is queued by that hour where it is the earlier one. */
  readonly readBy?: Instant;
  /** What was asked for is in a class that is handed out in person only: one tap sends them on. */
  readonly inPerson?: MedicineClass;
  readonly doctor?: string;
  readonly doctorName?: string;
  readonly takenAt?: Instant;
  /** The last sign of life of the doctor: left alone for too long, the visit goes back to the queue. */
  readonly actedAt?: Instant;
  readonly returnedAt?: Instant;
  readonly messages?: readonly Message[];
  readonly call?: { readonly kind: CallKind; readonly url: string; readonly at: Instant };
  /** As far as given; an empty list says that they were asked and know of none. */
  readonly allergies?: readonly string[];
  readonly advice?: string;
  readonly prescription?: Prescription;
  readonly answeredAt?: Instant;
  readonly sentOnAt?: Instant;
  readonly sentOnBecause?: string;
  /** The pharmacist asks: the prescriber owns the answer. */
  readonly query?: { readonly item: number; readonly question: string; readonly by: string; readonly at: Instant };
  readonly amended?: { readonly reason: string; readonly at: Instant };
  readonly checked?: { readonly by: string; readonly accepted: readonly string[]; readonly at: Instant };
  readonly dispensedAt?: Instant;
  /** Absent in what was dispensed before it was written down piece by piece. */
  readonly dispensed?: readonly DispensedItem[];
  readonly handedOver?: HandedOver;
  /** How often it got warm on its way: not delivered, and dispensed anew. */
  readonly spoiled?: number;
  readonly deliveredAt?: Instant;
  readonly deliveredTo?: string;
}

export type CallKind = 'voice' | 'video';

/** Who carries it, named by whoever gave it out of their hands. */
export interface HandedOver {
  readonly courier: string;
  readonly phone?: string;
  readonly coolBox?: true;
  readonly by: string;
  readonly at: Instant;
  /** The courier's own pass, where the way needs one. */
  readonly pass?: CourierPass;
}

/** As the passes room makes it: any roadblock knows it by its code. */
export interface CourierPass {
  readonly id: string;
  readonly code: string;
  readonly fromTown: string;
  readonly toInstitution: string;
  readonly validFrom: Instant;
  readonly validTo: Instant;
}

type Answered = { readonly advice: string; readonly prescription?: Prescription; readonly allergies?: readonly string[] };

export type ClinicEvent =
  | {
      readonly type: 'VisitQueued'; readonly visit: string; readonly institution: string; readonly service?: CloudService; readonly promisedAt?: Instant;
      readonly inPerson?: MedicineClass;
    }
  | { readonly type: 'VisitTaken'; readonly visit: string; readonly doctor: string; readonly name?: string }
  | { readonly type: 'VisitReturned'; readonly visit: string; readonly doctor: string; readonly because: 'leftAlone' | 'handedBack' }
  | { readonly type: 'MessageSent'; readonly visit: string; readonly from: Message['from']; readonly name: string; readonly text: string; readonly heard?: readonly string[]; readonly worse?: true; readonly unclear?: true }
  | { readonly type: 'CallOffered'; readonly visit: string; readonly kind: CallKind; readonly url: string }
  | { readonly type: 'VisitAnswered'; readonly visit: string } & Answered
  | { readonly type: 'VisitSentOn'; readonly visit: string; readonly reason: string }
  | { readonly type: 'PrescriptionChecked'; readonly visit: string; readonly prescription: string; readonly by: string; readonly accepted: readonly string[] }
  | { readonly type: 'PrescriptionQueried'; readonly visit: string; readonly prescription: string; readonly by: string; readonly item: number; readonly question: string }
  /** Without a prescription: it was withdrawn. */
  | { readonly type: 'PrescriptionAmended'; readonly visit: string; readonly reason: string; readonly by: string; readonly prescription?: Prescription }
  | { readonly type: 'Dispensed'; readonly visit: string; readonly by: string; readonly items?: readonly Omit<DispensedItem, 'dispensedAt'>[] }
  | { readonly type: 'MedicineHandedOver'; readonly visit: string } & Omit<HandedOver, 'at'>
  /** It did not stay cold: nobody is given it, and it is dispensed anew. */
  | { readonly type: 'MedicineSpoiled'; readonly visit: string; readonly by: string; readonly pass?: string }
  | { readonly type: 'Delivered'; readonly visit: string; readonly by: string; readonly to: string; readonly pass?: string };

/** What a doctor writes down beside advice and medicine. */
export interface AnswerFacts {
  readonly items: readonly PrescribedItem[];
  /** The illness this follows up; without it a first visit is a first visit. */
  readonly followUpOf?: string;
  /** Who is with a child under six. */
  readonly guardian?: string;
  readonly allergies?: readonly string[];
  readonly long?: LongPrescription;
}

export type ClinicCommand =
  | { readonly type: 'takeVisit' }
  /** Back to the queue: by the doctor, or by the watch when nobody looked after it. */
  | { readonly type: 'returnVisit' }
  | { readonly type: 'sendMessage'; readonly text: string }
  | { readonly type: 'offerCall'; readonly kind: CallKind; readonly url: string }
  | ({ readonly type: 'answerVisit'; readonly advice: string } & AnswerFacts)
  /** Needs hands: the doctor sends on to a pathway that has them. */
  | { readonly type: 'sendOn'; readonly reason: string; readonly need: Need; readonly findings: readonly string[] }
  | { readonly type: 'checkPrescription'; readonly accepted: readonly string[] }
  | { readonly type: 'queryPrescription'; readonly item: number; readonly question: string }
  | ({ readonly type: 'amendPrescription'; readonly reason: string } & AnswerFacts)
  | { readonly type: 'dispense'; readonly dispensed?: readonly { readonly medicine: string; readonly days: number; readonly quantity?: number }[] }
  | { readonly type: 'handToCourier'; readonly courier: string; readonly phone?: string; readonly coolBox?: boolean }
  | { readonly type: 'deliver'; readonly to: string; readonly coldKept?: boolean };

export function evolveVisit(visit: Visit | undefined, event: ClinicEvent, at: Instant): Visit | undefined {
  if (event.type === 'VisitQueued') return queued(visit, event, at);
  if (!visit) return undefined;
  switch (event.type) {
    case 'VisitTaken':
      return { ...visit, doctor: event.doctor, ...(event.name !== undefined && { doctorName: event.name }), takenAt: at, actedAt: at };
    case 'VisitReturned': {
      const { doctor: _doctor, doctorName: _name, takenAt: _taken, actedAt: _acted, call: _call, ...waiting } = visit;
      return { ...waiting, returnedAt: at };
    }
    case 'MessageSent': {
      const { from, name, text, heard, worse, unclear } = event;
      const waits = visit.answeredAt === undefined;
      return {
        ...visit, ...(worse && waits && { lookBy: Math.min(visit.lookBy ?? Infinity, at + LOOK_MS) }),
        ...(unclear && waits && { readBy: Math.min(visit.readBy ?? Infinity, at + READ_MS) }), ...(from === 'doctor' && { actedAt: at }),
        messages: [...(visit.messages ?? []), { at, from, name, text, ...(heard && { heard }) }],
      };
    }
    case 'CallOffered':
      return { ...visit, actedAt: at, call: { kind: event.kind, url: event.url, at } };
    case 'VisitAnswered':
      return {
        ...visit, answeredAt: at, advice: event.advice, ...(event.prescription && { prescription: event.prescription }), ...(event.allergies && { allergies: event.allergies }),
      };
    case 'VisitSentOn':
      return { ...visit, sentOnAt: at, sentOnBecause: event.reason };
    case 'PrescriptionChecked':
      return { ...visit, checked: { by: event.by, accepted: event.accepted, at } };
    case 'PrescriptionQueried': {
      const { checked: _checked, ...unchecked } = visit;
      return { ...unchecked, query: { item: event.item, question: event.question, by: event.by, at } };
    }
    case 'PrescriptionAmended': {
      const { checked: _checked, query: _query, prescription: _before, ...rest } = visit;
      return { ...rest, amended: { reason: event.reason, at }, ...(event.prescription && { prescription: event.prescription }) };
    }
    case 'Dispensed':
      return { ...visit, dispensedAt: at, ...(event.items && { dispensed: event.items.map((item) => ({ ...item, dispensedAt: at })) }) };
    case 'MedicineHandedOver': {
      const { type: _type, visit: _visit, ...handedOver } = event;
      return { ...visit, handedOver: { ...handedOver, at } };
    }
    case 'MedicineSpoiled': {
      const { dispensedAt: _at, dispensed: _items, handedOver: _over, ...back } = visit;
      return { ...back, spoiled: (visit.spoiled ?? 0) + 1 };
    }
    case 'Delivered':
      return { ...visit, deliveredAt: at, deliveredTo: event.to };
  }
}

/** What was said stays with the person wherever they are queued next; who still waited keeps the hour they came. */
function queued(before: Visit | undefined, { visit, institution, service, promisedAt, inPerson }: Extract<ClinicEvent, { type: 'VisitQueued' }>, at: Instant): Visit {
  const waited = before !== undefined && before.answeredAt === undefined && before.sentOnAt === undefined;
  return {
    id: visit, institution, queuedAt: waited ? before.queuedAt : at,
    ...(service && { service }), ...(promisedAt !== undefined && { promisedAt }), ...(inPerson && { inPerson }),
    ...(before?.messages && { messages: before.messages }), ...(before?.allergies && { allergies: before.allergies }),
  };
}

/** Out of the pharmacy's hands. What was dispensed before hand-overs were written down has been on its way since. */
export function isOut({ dispensedAt, dispensed, handedOver }: Visit): boolean {
  return dispensedAt !== undefined && (handedOver !== undefined || dispensed === undefined);
}

/** Whoever says it got worse is looked at within this time. Chosen by us: a look too many is the lesser error. */
export const LOOK_MS = 10 * MINUTE_MS;
/** What the software cannot read is read by a person within this time. Chosen by us. */
export const READ_MS = 30 * MINUTE_MS;

export const VISIT_STATES = ['waiting', 'taken', 'queried', 'toCheck', 'toDispense', 'toHandOver', 'onTheWay', 'over'] as const;
/** Whose desk a visit lies on. */
export type VisitState = (typeof VISIT_STATES)[number];

/**
 * @param goesOn whether the journey is still open and still seen at a distance
 * @param open whether it is still open at all
 */
export function stateOf(visit: Visit, goesOn: boolean, open = goesOn): VisitState {
  if (!open || visit.deliveredAt !== undefined) return 'over';
  // Whoever became an emergency meanwhile: what has left the shelf is somebody's medicine, and stays on the pharmacy's desk until it is at a door.
  if ((!goesOn || visit.sentOnAt !== undefined) && visit.dispensedAt === undefined) return 'over';
  if (visit.answeredAt === undefined) return visit.doctor === undefined ? 'waiting' : 'taken';
  if (visit.prescription === undefined) return 'over';
  if (visit.query) return 'queried';
  if (visit.dispensedAt !== undefined) return isOut(visit) ? 'onTheWay' : 'toHandOver';
  return visit.checked ? 'toDispense' : 'toCheck';
}
