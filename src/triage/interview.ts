import type { Text } from '../base/index.ts';
import { triage } from './decide.ts';
import { FINDINGS, findFinding } from './findings.ts';
import type { Audience, Finding } from './findings.ts';
import { INTERVIEW } from './tables/questions.ts';
import type { Topic } from './tables/questions.ts';
import { ACUITIES } from './triage.ts';
import type { TriageCase } from './triage.ts';

/** A call has three minutes for questions; asking one and hearing the answer takes about eight seconds. Our own figures. */
export const INTERVIEW_SECONDS = 180;
export const SECONDS_A_QUESTION = 8;
export const QUESTIONS_MOST = Math.floor(INTERVIEW_SECONDS / SECONDS_A_QUESTION);

export type Answer = 'yes' | 'no' | 'notKnown';
/** What was asked and answered so far, by the question's code. */
export type Answers = Readonly<Record<string, Answer>>;

/** A finding, or a topic that stands for several. */
export interface Question {
  readonly code: string;
  readonly ask: Text;
}

const TOPICS: readonly Topic[] = INTERVIEW.filter((entry) => typeof entry !== 'string');
const UNDER_FIVE_MONTHS = 60;

/** Could the question concern this person? When in doubt it is asked: a question too many costs seconds. */
function concerns(audience: Audience, care: TriageCase): boolean {
  // Nobody is both: the age decides, and where nobody gave one, the pregnancy.
  const smallByAge = care.ageMonths !== undefined && care.ageMonths < UNDER_FIVE_MONTHS;
  const pregnant = !smallByAge && care.sex !== 'male' && (care.need === 'obstetrics' || care.groups.includes('pregnant'));
  switch (audience) {
    case 'everyone':
      return true;
    case 'underFive':
      if (care.ageMonths !== undefined) return smallByAge;
      return !pregnant && (care.need === 'paediatrics' || care.need === 'fever' || care.groups.includes('child') || care.groups.includes('underThree'));
    case 'pregnancy':
      return pregnant;
    case 'dialysis':
      return care.need === 'haemodialysis';
    case 'oncology':
      return care.need === 'chemotherapy' || care.need === 'radiotherapy';
    case 'fever':
      return care.need === 'fever' || care.need === 'chemotherapy' || care.need === 'radiotherapy';
    case 'medicine':
      return care.need === 'medicineRefill' || care.need === 'chronicFollowUp' || care.need === 'onlineConsultation';
    case 'examined':
      return false;
  }
}

/** Every finding that could concern this person, what kills first standing first. */
export function listConcerning(care: TriageCase): readonly Finding[] {
  return FINDINGS.filter(({ audience }) => concerns(audience, care));
}

function isConcerning(care: TriageCase, code: string): boolean {
  const finding = findFinding(code);
  return finding !== undefined && concerns(finding.audience, care);
}

/** A finding that was named before its topic was asked has opened the topic. */
function answerTo({ code, leadsTo }: Topic, care: TriageCase, answers: Answers): Answer | undefined {
  const opened = leadsTo.some((one) => care.findings.includes(one) || answers[one] === 'yes');
  return answers[code] ?? (opened ? 'yes' : undefined);
}

/** What was said in so many words, and nothing that is only waiting to be asked. */
function said(care: TriageCase, answers: Answers): TriageCase {
  const answered = (answer: Answer): string[] => Object.keys(answers).filter((code) => answers[code] === answer && findFinding(code) !== undefined);
  const findings = [...new Set([...care.findings, ...answered('yes')])];
  const notKnown = [...new Set([...(care.notKnown ?? []), ...answered('notKnown')])].filter((code) => !findings.includes(code));
  return { ...care, findings, notKnown };
}

/**
 * The case as it stands after these answers. A topic that was not answered with "no" leaves its findings open, and what is
 * open is not known until it has been asked: a line that goes dead in the middle is never a "no".
 */
export function withAnswers(care: TriageCase, answers: Answers): TriageCase {
  const now = said(care, answers);
  const open = TOPICS.filter((topic) => ![undefined, 'no'].includes(answerTo(topic, care, answers)))
    .flatMap(({ leadsTo }) => leadsTo)
    .filter((code) => answers[code] === undefined && !now.findings.includes(code) && !now.notKnown!.includes(code) && isConcerning(care, code));
  return { ...now, notKnown: [...now.notKnown!, ...open] };
}

/**
 * What to ask next. Empty as soon as level I is certain, for the rest of the call is for the address; when everything is
 * answered; and when the three minutes are over. The lines of `INTERVIEW` come in their order; behind a topic come at once
 * those of its findings that would make it more urgent, the others after the last line.
 * @param care what was known before the first question
 * @param answers to the questions asked so far; "notKnown" is an answer
 */
export function nextQuestions(care: TriageCase, answers: Answers = {}, count = 1): readonly Question[] {
  const now = said(care, answers);
  const { acuity } = triage(now);
  if (acuity === 'I') return [];
  const isOpen = (code: string): boolean => answers[code] === undefined && !now.findings.includes(code) && !now.notKnown!.includes(code);
  const raises = (code: string): boolean => ACUITIES.indexOf(triage({ ...now, findings: [...now.findings, code] }).acuity) < ACUITIES.indexOf(acuity);

  const first: Question[] = [];
  const later: Question[] = [];
  for (const entry of INTERVIEW) {
    if (typeof entry === 'string') {
      if (isConcerning(care, entry) && isOpen(entry)) first.push(findFinding(entry)!);
      continue;
    }
    if (!concerns(entry.audience, care)) continue;
    const answer = answerTo(entry, care, answers);
    if (answer === undefined) first.push(entry);
    if (answer === undefined || answer === 'no') continue;
    const behind = entry.leadsTo.filter((code) => isConcerning(care, code) && isOpen(code)).map((code) => findFinding(code)!);
    first.push(...behind.filter(({ code }) => raises(code)));
    later.push(...behind.filter(({ code }) => !raises(code)));
  }
  const left = QUESTIONS_MOST - Object.keys(answers).length;
  return [...first, ...later].slice(0, Math.max(0, Math.min(count, left))).map(({ code, ask }) => ({ code, ask }));
}
