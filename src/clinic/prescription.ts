import type { Instant, Text } from '../base/index.ts';

/**
 * What nobody may be given like any other medicine: each class has its own law. `specialStorage` stands beside cold storage, which is only
 * a matter of the way.
 */
export const MEDICINE_CLASSES = [
  'narcotic', 'psychotropicOne', 'psychotropicTwo', 'toxic', 'radioactive', 'precursor', 'antimicrobial', 'specialStorage',
] as const;
export type MedicineClass = (typeof MEDICINE_CLASSES)[number];

export interface PrescribedItem {
  /** As the doctor wrote it: a name of the formulary, or anything else. */
  readonly medicine: string;
  readonly dose: string;
  readonly days: number;
  /** Units (tablets, pens, puffs) to be handed out for these days; absent: not said. */
  readonly quantity?: number;
  /** What the prescriber says of the drug; the controlled classes are never prescribed online. */
  readonly controlled: 'no' | 'narcotic' | 'psychotropic';
}

/** More than four weeks: what the long-prescription rules ask to be written down. */
export interface LongPrescription {
  readonly assessment: string;
  /** The patient's (or their guardian's) agreement, recorded by the doctor. */
  readonly agreed: boolean;
}

export const WARNING_KINDS = ['allergy', 'duplicate', 'interaction', 'longPrescription', 'coldChain', 'child', 'pregnant', 'notInList'] as const;
export type WarningKind = (typeof WARNING_KINDS)[number];

/** Something a pharmacist has to look at and accept by name, or ask the prescriber about. Never a refusal: that is a rule's work. */
export interface Warning {
  /** The same for the same finding, so that accepting it means this one: `interaction:B01AA/M01A:0`. */
  readonly id: string;
  readonly kind: WarningKind;
  /** Places in the prescription, from 0. */
  readonly items: readonly number[];
  readonly text: Text;
}

/** What could not be looked at, said instead of silence. */
export interface NotChecked {
  readonly what: 'allergiesNotAsked';
}

export interface Prescription {
  readonly id: string;
  readonly items: readonly PrescribedItem[];
  readonly long?: LongPrescription;
  /** Absent in prescriptions from before there were any. */
  readonly warnings?: readonly Warning[];
  readonly notChecked?: readonly NotChecked[];
  /** At least one of them must stay cold to the door. */
  readonly coldChain?: true;
}

/** What left the shelf for one person: what the days left are counted from. */
export interface DispensedItem {
  readonly medicine: string;
  readonly days: number;
  readonly quantity?: number;
  readonly dispensedAt: Instant;
}
