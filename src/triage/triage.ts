/** China's four-level emergency scale: I at once, II within 10 minutes, III within 30, IV within 60 and longer. */
export const ACUITIES = ['I', 'II', 'III', 'IV'] as const;
export type Acuity = (typeof ACUITIES)[number];

export type Consciousness = 'alert' | 'voice' | 'pain' | 'unresponsive' | 'confused';

/** Measured values; whatever was not measured is absent, and absent never counts as normal. */
export interface Vitals {
  readonly pulsePerMinute?: number;
  readonly systolicMmHg?: number;
  /** What the person's systolic pressure usually is: an acute fall below it is a finding of its own. */
  readonly usualSystolicMmHg?: number;
  readonly diastolicMmHg?: number;
  readonly oxygenSaturationPercent?: number;
  /** Whether the saturation was measured breathing air or supplemental oxygen. */
  readonly airOrOxygen?: 'air' | 'oxygen';
  /**
   * The clinician who prescribed this person a saturation of 88–92 %. Only with that name is the saturation read on scale 2 of
   * NEWS2: on it 89 % is nobody's emergency, so a scale chosen by mistake is the worse error.
   */
  readonly saturationTargetSetBy?: string;
  readonly respiratoryRatePerMinute?: number;
  readonly temperatureCelsius?: number;
  readonly glucoseMmolPerLitre?: number;
  readonly potassiumMmolPerLitre?: number;
  readonly capillaryRefillSeconds?: number;
  /** 0 none to 10 the worst there is, as the person says it. */
  readonly painScore?: number;
  /** Paediatric early warning score, added up by whoever examined the child. */
  readonly pewsScore?: number;
  readonly consciousness?: Consciousness;
}

export type MeasuredVital = Exclude<keyof Vitals, 'consciousness' | 'airOrOxygen' | 'saturationTargetSetBy'>;

/** What an instrument can show on a person, living or not: 0 is a finding, -1 is a typing error. */
export const VITAL_RANGE: Readonly<Record<MeasuredVital, readonly [least: number, most: number]>> = {
  pulsePerMinute: [0, 400],
  systolicMmHg: [0, 350],
  usualSystolicMmHg: [40, 300],
  diastolicMmHg: [0, 250],
  oxygenSaturationPercent: [0, 100],
  respiratoryRatePerMinute: [0, 150],
  temperatureCelsius: [15, 46],
  glucoseMmolPerLitre: [0, 120],
  potassiumMmolPerLitre: [0, 20],
  capillaryRefillSeconds: [0, 30],
  painScore: [0, 10],
  pewsScore: [0, 30],
};
export const CONSCIOUSNESS: readonly Consciousness[] = ['alert', 'voice', 'pain', 'unresponsive', 'confused'];

/** What triage may know of a person. Age in whole months: the rules' edges (3 months, 3 years, 6 years) are in months. */
export interface TriageCase {
  readonly need: Need;
  readonly ageMonths?: number;
  readonly sex?: 'female' | 'male' | 'other';
  readonly groups: readonly Group[];
  readonly findings: readonly string[];
  readonly vitals: Vitals;
  /** Findings that were asked and nobody could tell: not the same as not asked, and never a "no". */
  readonly notKnown?: readonly string[];
  readonly lowered?: Lowered;
}

/**
 * Down-triage by a clinician: the level, and the facts it speaks about. It covers the rows that fired on those facts; what
 * is new since, or worse, counts in full.
 */
export interface Lowered {
  readonly acuity: Exclude<Acuity, 'I'>;
  readonly covers: Pick<TriageCase, 'need' | 'findings' | 'vitals' | 'notKnown'>;
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
  /**
   * Nobody gave an age, and the row stands for the ages it could be: "may be 65 or older", never "65 or older". Rows of what
   * was not measured, or could not be told, say so themselves.
   */
  readonly ageUnknown?: true;
}
