import { triage } from './decide.ts';
import { FINDINGS } from './findings.ts';
import type { Audience } from './findings.ts';
import type { TriageCase } from './triage.ts';

const UNDER_FIVE_MONTHS = 60;

/** Could the question concern this person? When in doubt it is asked: a question too many costs seconds. */
function concerns(audience: Audience, care: TriageCase): boolean {
  switch (audience) {
    case 'everyone':
      return true;
    case 'underFive':
      if (care.ageMonths !== undefined) return care.ageMonths < UNDER_FIVE_MONTHS;
      return care.need === 'paediatrics' || care.need === 'fever' || care.groups.includes('child') || care.groups.includes('underThree');
    case 'pregnancy':
      return care.sex !== 'male' && (care.need === 'obstetrics' || care.groups.includes('pregnant'));
    case 'dialysis':
      return care.need === 'haemodialysis';
    case 'oncology':
      return care.need === 'chemotherapy' || care.need === 'radiotherapy';
    case 'medicine':
      return care.need === 'medicineRefill' || care.need === 'chronicFollowUp' || care.need === 'onlineConsultation';
    case 'examined':
      return false;
  }
}

/** The groups whose own questions come before the general ones of level III, because they are what such a call is about. */
const OWN_FIRST = new Set<Audience>(['pregnancy', 'dialysis', 'oncology', 'medicine']);
/** The first questions of every call, in this order: awake, breathing, airway, colour. */
const ALWAYS_FIRST = 4;

/**
 * What to ask next, in the order of asking. Empty as soon as level I is certain: the rest of the call is for the address.
 * @param answered codes already asked, whatever the answer; "don't know" is an answer.
 */
export function nextQuestions(care: TriageCase, answered: readonly string[] = [], count = 3): readonly string[] {
  if (triage(care).acuity === 'I') return [];
  const open = FINDINGS.filter(({ code, audience }) => concerns(audience, care) && !answered.includes(code) && !care.findings.includes(code));
  const first = FINDINGS.slice(0, ALWAYS_FIRST);
  const order = [
    ...open.filter((item) => first.includes(item)),
    ...open.filter((item) => OWN_FIRST.has(item.audience)),
    ...open.filter((item) => !first.includes(item) && !OWN_FIRST.has(item.audience)),
  ];
  return order.slice(0, count).map(({ code }) => code);
}
