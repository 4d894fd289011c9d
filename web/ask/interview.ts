import { listConcerning, triage, type Finding, type Need } from '../../src/triage/index.ts';
import { caseOf, inDanger, type Answers } from './answers.ts';

/**
 * Which questions a person is asked, and how many at a time. The tables are the server's own, inside the page: a bad line must
 * not stand between two questions. The server decides again with the same tables when the request arrives.
 */
export const DANGER = [
  'unresponsive', 'notBreathing', 'airwayBlocked', 'severeBreathlessness', 'cyanosis', 'chestPain', 'strokeSigns', 'majorBleeding',
  'convulsion', 'severeAllergy', 'majorTrauma',
] as const;

/** General signs worth asking about, by need; the rest would only make somebody give up before the end. */
const GENERAL: Readonly<Partial<Record<Need, readonly string[]>>> = {
  emergency: [
    'shockSigns', 'severePain', 'asthmaNotRelieved', 'vomitingBlood', 'poisoning', 'overdose', 'suddenSevereHeadache', 'confusion',
    'headInjury', 'severeBurn', 'fainted', 'moderateBleeding',
  ],
  severeIllness: ['shockSigns', 'confusion', 'drowsy', 'severePain', 'breathless', 'fainted', 'cannotDrink', 'fever'],
  fever: ['confusion', 'stiffNeck', 'nonBlanchingRash', 'drowsy', 'breathless', 'rigors', 'cannotDrink', 'persistentVomiting'],
  paediatrics: ['fever', 'breathless', 'drowsy', 'nonBlanchingRash', 'persistentVomiting', 'headInjury', 'convulsionStopped', 'abdominalPain'],
  haemodialysis: ['fever'],
  obstetrics: ['fever', 'fainted'],
  radiotherapy: ['breathless', 'persistentVomiting'],
  chemotherapy: ['breathless', 'persistentVomiting'],
  medicineRefill: ['breathless', 'confusion', 'acuteWeakness'],
};
const OTHERWISE = ['severePain', 'breathless', 'fever', 'persistentVomiting'];

export const QUESTIONS_A_PAGE = 4;
export const PAGES_MOST = 3;

/** Everything to be asked, in the order of the tables, what concerns this person first. */
export function questionsFor(answers: Answers): readonly Finding[] {
  if (inDanger(answers)) return [];
  // The list must not shrink while it is being answered, so it is made from what was known before the first question.
  const care = caseOf({ ...answers, findings: {} });
  const general = new Set(GENERAL[care.need] ?? OTHERWISE);
  const concerning = listConcerning(care).filter(({ code }) => !(DANGER as readonly string[]).includes(code));
  const own = concerning.filter(({ audience }) => audience !== 'everyone');
  const others = concerning.filter(({ code, audience }) => audience === 'everyone' && general.has(code));
  return [...own, ...others].slice(0, QUESTIONS_A_PAGE * PAGES_MOST);
}

export function pageOfQuestions(answers: Answers, page: number): readonly Finding[] {
  return questionsFor(answers).slice(page * QUESTIONS_A_PAGE, (page + 1) * QUESTIONS_A_PAGE);
}

/** The answers so far are those of an emergency: the person is told to ring 120 before anything else is asked. */
export function callsFor120(answers: Answers): boolean {
  if (inDanger(answers)) return true;
  const said = Object.values(answers.findings).includes('yes');
  return said && ['I', 'II'].includes(triage(caseOf(answers)).acuity);
}
