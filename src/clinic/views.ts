import type { Instant, Text } from '../base/index.ts';
import type { Acuity, Need } from '../triage/index.ts';
import type { DispensedItem, MedicineClass, NotChecked, Prescription, Warning } from './prescription.ts';
import type { CloudService } from './service.ts';
import type { HandedOver, VisitState } from './visit.ts';

/** What the cloud clinic, the pharmacy and whoever prescribes see: shapes of the answers over HTTP, for the screens. */

/** How soon a doctor answers, and what that is reckoned from. */
export interface CloudPromiseView {
  readonly service: CloudService;
  readonly waiting: number;
  /** Doctors who took or answered a visit within the last hour; at least one. */
  readonly doctors: number;
  /** Median from taken to answered. */
  readonly answerMinutes: number;
  /** How many answers that median stands on; below five it is the usual figure, not a measured one. */
  readonly measured: number;
  readonly promisedAt: Instant;
  /** When the figures were looked at. */
  readonly measuredAt: Instant;
}

/** One visit in the doctor's queue. Everything else known of it is in the journey. */
export interface CloudVisitView {
  readonly journey: string;
  readonly visit: string;
  readonly state: VisitState;
  readonly service: CloudService;
  readonly acuity: Acuity;
  readonly queuedAt: Instant;
  readonly promisedAt?: Instant;
  readonly dueAt?: Instant;
  readonly late: boolean;
  readonly person: { readonly name: string; readonly ageMonths?: number; readonly sex?: string; readonly groups: readonly string[] };
  readonly town: { readonly code: string; readonly name: Text };
  readonly need: Need;
  readonly complaint?: string;
  readonly medicine?: string;
  readonly medicineDaysLeft?: number;
  readonly inPerson?: MedicineClass;
  readonly doctor?: { readonly id: string; readonly name: string };
  readonly takenAt?: Instant;
  /** Left alone until then, it goes back to the queue. */
  readonly returnsAt?: Instant;
  /** The last word was the person's. */
  readonly unanswered: boolean;
  /** The last message that raised the acuity. */
  readonly worseAt?: Instant;
  readonly query?: { readonly item: number; readonly medicine: string; readonly question: string; readonly by: string; readonly at: Instant };
  /** What was dispensed to them in this incident: of one's own visits only. */
  readonly taking?: readonly MedicineLeft[];
}

export interface CloudQueueView {
  readonly at: Instant;
  readonly services: readonly CloudPromiseView[];
  /** The next first: by acuity, then promise, then time. */
  readonly waiting: readonly CloudVisitView[];
  readonly mine: readonly CloudVisitView[];
  /** What pharmacists ask: of mine first, then of colleagues who may be off duty. */
  readonly queried: readonly CloudVisitView[];
}

export interface PharmacyRowView {
  readonly journey: string;
  readonly visit: string;
  readonly state: VisitState;
  readonly acuity: Acuity;
  readonly dueAt?: Instant;
  readonly late: boolean;
  readonly person: { readonly name: string; readonly phone: string; readonly ageMonths?: number; readonly groups: readonly string[] };
  readonly town: { readonly code: string; readonly name: Text };
  readonly prescriber: string;
  readonly prescribedAt: Instant;
  readonly prescription: Prescription;
  /** Of the same person, from other prescriptions, and not used up. */
  readonly taking: readonly MedicineLeft[];
  readonly allergies?: readonly string[];
  readonly medicineDaysLeft?: number;
  readonly query?: CloudVisitView['query'];
  readonly amended?: { readonly reason: string; readonly at: Instant };
  readonly checked?: { readonly by: string; readonly accepted: readonly string[]; readonly at: Instant };
  readonly dispensed?: readonly DispensedItem[];
  readonly handedOver?: HandedOver;
  readonly spoiled?: number;
}

export interface PharmacyView {
  readonly at: Instant;
  readonly toCheck: readonly PharmacyRowView[];
  readonly queried: readonly PharmacyRowView[];
  readonly toDispense: readonly PharmacyRowView[];
  readonly toHandOver: readonly PharmacyRowView[];
  readonly onTheWay: readonly PharmacyRowView[];
}

/** One medicine of one person, counted from what was dispensed. */
export interface MedicineLeft {
  readonly medicine: string;
  /** In the formulary; absent: written freely. */
  readonly code?: string;
  readonly endsAt: Instant;
  /** Whole days from now, 0 when it is used up. */
  readonly daysLeft: number;
  /** Why it must never run out; absent: it may. */
  readonly neverRunOut?: string;
}

/** One medicine of the formulary, as the search shows it. */
export interface MedicineView {
  readonly code: string;
  readonly name: Text;
  readonly atc: string;
  readonly strengths: readonly string[];
  readonly unit: string;
  readonly classes: readonly MedicineClass[];
  readonly coldChain: boolean;
  readonly neverRunOut?: string;
  readonly unitsPerDayMax: number;
  /** Why it cannot be prescribed at a distance, with the clause; absent: it can. */
  readonly notOnline?: ClauseView;
  /** Longest prescription in days, for somebody stable and assessed. */
  readonly daysMax: number;
}

export interface ClauseView {
  readonly rule: string;
  readonly clause: Text;
  readonly reason: Text;
  readonly source: string;
}

export interface FormularyView {
  readonly at: Instant;
  readonly version: string;
  readonly provenance: Text;
  readonly medicines: readonly MedicineView[];
}

/** What would come of an answer that is being typed: nothing is stored. */
export interface PrescriptionPreview {
  readonly at: Instant;
  readonly broken: readonly (ClauseView & { readonly code: string; readonly field: string })[];
  readonly warnings: readonly Warning[];
  readonly notChecked: readonly NotChecked[];
  readonly coldChain: boolean;
}
