import type { CityView } from '../../shared/city.ts';
import type { Child } from '../../shared/plain/dom.ts';
import type { Errors } from '../../shared/plain/fields.ts';
import type { Answers } from '../answers.ts';

/** What a question page works with. `set` keeps an answer at once, so nothing is lost whatever happens to the page. */
export interface Asking {
  readonly answers: Answers;
  readonly set: (change: Partial<Answers>) => void;
  readonly errors: Errors;
  readonly city: CityView | undefined;
  readonly redraw: () => void;
}

/** One question, one page. */
export interface Question {
  readonly id: string;
  readonly title: (answers: Answers) => string;
  readonly applies: (answers: Answers) => boolean;
  readonly draw: (asking: Asking) => Child[];
  /** What is wrong with the answers to this page; nothing lets the person go on. */
  readonly check: (answers: Answers, city: CityView | undefined) => Errors;
  /** The label of the button that goes on, where it is another than "Continue". */
  readonly goOn?: () => string;
}

export const always = (): boolean => true;
export const nothingWrong = (): Errors => ({});
