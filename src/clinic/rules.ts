import type { Text } from '../base/index.ts';
import { MEDICINE_CLASSES } from './prescription.ts';

/** The clinic's rules as data: `clinic-rules/rules.yaml`. */
export interface ClinicRules {
  readonly version: string;
  readonly desk: DeskRules;
  readonly rules: readonly Rule[];
}

export interface DeskRules {
  /** A taken visit without a sign of its doctor goes back to the queue. */
  readonly leftAloneMinutes: number;
  /** After a call was offered: doctor and person may be talking elsewhere. */
  readonly leftAloneOnCallMinutes: number;
  readonly visitsHeldMax: number;
  readonly messageLengthMax: number;
  readonly messagesMax: number;
  readonly itemsMax: number;
}

/** What a rule can ask for. A fact that is about one item is asked of each; the others of the whole answer. */
export const FACT_VALUES = {
  visit: ['first', 'followUp'],
  prescribes: ['yes', 'no'],
  hands: ['yes', 'no'],
  age: ['underSix', 'six', 'unknown'],
  guardian: ['absent', 'present'],
  chronic: ['yes', 'no'],
  assessment: ['missing', 'given'],
  agreement: ['missing', 'given'],
  class: [...MEDICINE_CLASSES, 'none'],
  quantity: ['over', 'within', 'notSaid'],
} as const;
export type FactName = keyof typeof FACT_VALUES;
export const ITEM_FACTS: ReadonlySet<FactName | 'days'> = new Set(['class', 'quantity', 'days']);

/** One value, or several at once (a medicine can be in two classes). */
export type Facts = { readonly [F in FactName]?: readonly string[] } & { readonly days?: number };

export interface Rule {
  readonly id: string;
  readonly source: Text;
  readonly clause: Text;
  readonly when: { readonly [F in FactName]?: readonly string[] } & { readonly days?: { readonly over: number } };
  readonly then: 'refuse' | 'sendOn';
  readonly code: RuleCode;
  readonly field: string;
  readonly reason: Text;
}

/** Every code has its sentence in `words/`. */
export const RULE_CODES = [
  'firstVisitNotOnline', 'needsHands', 'guardianMissing', 'controlledNeverOnline', 'daysOverLimit', 'longNotAssessed', 'longNotAgreed',
  'longNotChronic', 'classNotLong', 'quantityOverLimit',
] as const;
export type RuleCode = (typeof RULE_CODES)[number];

export function isAboutItems({ when }: Rule): boolean {
  return Object.keys(when).some((fact) => ITEM_FACTS.has(fact as FactName));
}

/** Every condition has to be met; a fact that is not known meets none. */
export function fires({ when }: Rule, facts: Facts): boolean {
  return Object.entries(when).every(([fact, wanted]) => {
    if (fact === 'days') return facts.days !== undefined && facts.days > (wanted as { over: number }).over;
    return facts[fact as FactName]?.some((value) => (wanted as readonly string[]).includes(value)) ?? false;
  });
}
