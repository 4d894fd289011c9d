/** China's four-level emergency scale: I at once, II within 10 minutes, III within 30, IV within 60 and longer. */
export const ACUITIES = ['I', 'II', 'III', 'IV'] as const;
export type Acuity = (typeof ACUITIES)[number];

export type Consciousness = 'alert' | 'voice' | 'pain' | 'unresponsive' | 'confused';

/** Measured values; whatever was not measured is absent, and absent never counts as normal. */
export interface Vitals {
  readonly pulsePerMinute?: number;
  readonly systolicMmHg?: number;
  readonly oxygenSaturationPercent?: number;
  readonly respiratoryRatePerMinute?: number;
  readonly temperatureCelsius?: number;
  readonly glucoseMmolPerLitre?: number;
  readonly consciousness?: Consciousness;
}

/** What triage may know of a person. Age in whole months: the rules' edges (3 months, 3 years, 6 years) are in months. */
export interface TriageCase {
  readonly need: Need;
  readonly ageMonths?: number;
  readonly sex?: 'female' | 'male' | 'other';
  readonly groups: readonly Group[];
  readonly findings: readonly string[];
  readonly vitals: Vitals;
}

export const GROUPS = ['pregnant', 'elderly', 'child', 'underThree', 'disabled', 'chronic'] as const;
export type Group = (typeof GROUPS)[number];

export const NEEDS = [
  'emergency', 'fever', 'haemodialysis', 'severeIllness', 'obstetrics', 'paediatrics', 'radiotherapy', 'chemotherapy',
  'inpatientAdmission', 'generalOutpatient', 'specialist', 'expert', 'chronicFollowUp', 'medicineRefill',
  'onlineConsultation',
] as const;
export type Need = (typeof NEEDS)[number];

export interface Triage {
  readonly acuity: Acuity;
  /** Rows of the tables that fired, most urgent first: the answer to "why this acuity?". */
  readonly fired: readonly FiredRow[];
  readonly tableVersion: string;
}

export interface FiredRow {
  readonly row: string;
  readonly acuity: Acuity;
}
