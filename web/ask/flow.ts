import type { Answers } from './answers.ts';
import { callAfterInterview, callAtOnce, course, danger, dialysis, matter, medicine, who } from './questions/matter.ts';
import { about, interview } from './questions/person.ts';
import { contact, moving, situation, where } from './questions/place.ts';
import type { Question } from './questions/question.ts';

/** The questions in the order of asking: first what could kill, then what decides the way to care, last how to reach the person. */
export const QUESTIONS: readonly Question[] = [
  who, danger, callAtOnce, matter, course, dialysis, medicine, about, ...interview, callAfterInterview, where, situation, moving,
  contact,
];
export const CHECK = 'check';

export function findQuestion(id: string): Question | undefined {
  return QUESTIONS.find((question) => question.id === id);
}

/** The page after this one: the next question that applies, in the end the summary. */
export function pageAfter(id: string, answers: Answers): string {
  const here = QUESTIONS.findIndex((question) => question.id === id);
  return QUESTIONS.slice(here + 1).find((question) => question.applies(answers))?.id ?? CHECK;
}

/** How far along, for a line like "Question 4 of 12". */
export function progress(id: string, answers: Answers): { readonly number: number; readonly of: number } {
  const applying = QUESTIONS.filter((question) => question.applies(answers));
  return { number: applying.findIndex((question) => question.id === id) + 1, of: applying.length };
}
