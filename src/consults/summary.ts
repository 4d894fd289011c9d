import type { Refusal } from '../base/index.ts';

/** The least an expert has to know of a case. No name, no number, no address: who it is, is the asking house's to know. */
export interface CaseSummary {
  readonly ageMonths?: number;
  readonly sex?: 'female' | 'male' | 'other';
  readonly acuity?: string;
  readonly need?: string;
  readonly groups: readonly string[];
  readonly findings: readonly string[];
  readonly vitals: Readonly<Record<string, unknown>>;
  readonly allergies?: readonly string[];
}

/** What an old person's months say of an illness, their years say as well; of a child under three every month counts. */
const MONTHS_COUNT_BELOW = 36;

export function summaryOf(given: Omit<CaseSummary, 'groups' | 'findings' | 'vitals'> & Partial<CaseSummary>): CaseSummary {
  const { ageMonths, sex, acuity, need, groups = [], findings = [], vitals = {}, allergies } = given;
  const age = ageMonths !== undefined && ageMonths >= MONTHS_COUNT_BELOW ? Math.floor(ageMonths / 12) * 12 : ageMonths;
  return {
    groups, findings, vitals,
    ...(age !== undefined && { ageMonths: age }), ...(sex && { sex }), ...(acuity && { acuity }), ...(need && { need }), ...(allergies && { allergies }),
  };
}

/** A mobile or an identity number, however it is spaced: an expert needs neither, and what was never sent cannot leak. */
const PERSONAL = /(?<!\d)(?:1[3-9](?:[ -]?\d){9}|\d{17}[\dXx])(?!\d)/;

/** Said, not struck out: a number that matters to the question (a dose, a time) must not be changed behind the asker's back. */
export function personalDataIn(text: string, field: string): Refusal | undefined {
  return PERSONAL.test(text.normalize('NFKC')) ? { code: 'personalDataInQuestion', field } : undefined;
}
