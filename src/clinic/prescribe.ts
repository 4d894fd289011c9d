import type { Refusal } from '../base/index.ts';
import type { Need } from '../triage/index.ts';
import type { ClinicBook } from './book.ts';
import { classesIn, findMedicine, medicineIdentity } from './formulary.ts';
import type { PrescribedItem } from './prescription.ts';
import { fires, isAboutItems, type Facts, type Rule } from './rules.ts';
import { UNDER_SIX_MONTHS } from './service.ts';
import type { AnswerFacts } from './visit.ts';

/** Whom a prescription is for, as far as a rule asks. */
export interface Patient {
  readonly need: Need;
  readonly ageMonths?: number;
  readonly groups: readonly string[];
  /** Something was reported that a doctor at a distance cannot look after. */
  readonly needsHands: boolean;
  /** Somebody is named who speaks for them or is with them. */
  readonly accompanied: boolean;
}

/** A rule that was broken, and in which field of the answer. */
export interface Broken {
  readonly rule: Rule;
  readonly field: string;
}

/** What is nonsense, and what a rule forbids: everything at once, so that nobody corrects one field after the other. */
export function refusalsOf(answer: AnswerFacts, patient: Patient, book: ClinicBook): readonly Refusal[] {
  return [...nonsense(answer, book), ...brokenRules(answer, patient, book).map(toRefusal)];
}

function nonsense({ items }: AnswerFacts, { rules: { desk } }: ClinicBook): Refusal[] {
  const refusals: Refusal[] = items.length > desk.itemsMax ? [{ code: 'tooManyItems', field: 'items', facts: { max: desk.itemsMax } }] : [];
  for (const [index, { medicine, dose, days, quantity }] of items.entries()) {
    const field = `items.${index}`;
    if (!medicine.trim()) refusals.push({ code: 'medicineMissing', field: `${field}.medicine` });
    if (!dose.trim()) refusals.push({ code: 'doseMissing', field: `${field}.dose` });
    if (!Number.isInteger(days) || days < 1) refusals.push({ code: 'daysInvalid', field: `${field}.days`, facts: { days } });
    if (quantity !== undefined && (!Number.isInteger(quantity) || quantity < 1)) refusals.push({ code: 'quantityInvalid', field: `${field}.quantity`, facts: { quantity } });
  }
  return refusals;
}

export function brokenRules(answer: AnswerFacts, patient: Patient, book: ClinicBook): readonly Broken[] {
  const facts = factsOf(answer, patient);
  const broken = book.rules.rules.flatMap((rule): Broken[] => {
    if (!isAboutItems(rule)) return fires(rule, facts) ? [{ rule, field: rule.field }] : [];
    return answer.items.flatMap((item, index) => (fires(rule, { ...facts, ...factsOfItem(wholeOf(item, answer.items, book), book) }) ? [{ rule, field: rule.field.replace(/^items\./, `items.${index}.`) }] : []));
  });
  // Said once where several medicines lack the same signature.
  return [...new Map(broken.map((each) => [`${each.rule.id} ${each.field}`, each])).values()];
}

function factsOf({ items, followUpOf, guardian, long }: AnswerFacts, { need, ageMonths, groups, needsHands, accompanied }: Patient): Facts {
  const followsUp = need === 'chronicFollowUp' || need === 'medicineRefill';
  const maybeSmall = ageMonths === undefined ? groups.includes('child') || groups.includes('underThree') : ageMonths < UNDER_SIX_MONTHS;
  return {
    prescribes: [items.length > 0 ? 'yes' : 'no'], visit: [followsUp || followUpOf?.trim() ? 'followUp' : 'first'], hands: [needsHands ? 'yes' : 'no'],
    age: [maybeSmall ? 'underSix' : ageMonths === undefined ? 'unknown' : 'six'], guardian: [accompanied || guardian?.trim() ? 'present' : 'absent'],
    chronic: [followsUp || groups.includes('chronic') ? 'yes' : 'no'], assessment: [long?.assessment.trim() ? 'given' : 'missing'], agreement: [long?.agreed ? 'given' : 'missing'],
  };
}

/**
 * All lines of one medicine together: written twice, it is one supply, and longer than either line says. Lines for morning and evening are
 * refused too; written on one line they pass.
 */
function wholeOf(item: PrescribedItem, items: readonly PrescribedItem[], { formulary }: ClinicBook): PrescribedItem {
  const identity = ({ medicine }: PrescribedItem): string => medicineIdentity(formulary, medicine);
  const lines = items.filter((other) => identity(other) === identity(item));
  const said = lines.flatMap(({ quantity }) => quantity ?? []);
  const { quantity: _own, ...rest } = item;
  return { ...rest, days: lines.reduce((sum, { days }) => sum + days, 0), ...(said.length > 0 && { quantity: said.reduce((sum, each) => sum + each, 0) }) };
}

function factsOfItem({ medicine, days, quantity, controlled }: PrescribedItem, { formulary }: ClinicBook): Facts {
  const known = findMedicine(formulary, medicine);
  // What the prescriber says can only add: no tick makes morphine an ordinary tablet.
  const classes = [...new Set([...classesIn(formulary, medicine), ...(controlled === 'narcotic' ? ['narcotic'] : controlled === 'psychotropic' ? ['psychotropicTwo'] : [])])];
  return {
    days, class: classes.length > 0 ? classes : ['none'],
    quantity: [quantity === undefined ? 'notSaid' : known && quantity > known.unitsPerDayMax * Math.max(1, days) ? 'over' : 'within'],
  };
}

function toRefusal({ rule: { id, code, reason, clause, source, then }, field }: Broken): Refusal {
  return { code, field, facts: { rule: id, then, reason: reason.en, reasonZh: reason.zh, clause: clause.en, clauseZh: clause.zh, source: source.en } };
}
