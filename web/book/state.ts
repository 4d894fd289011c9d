import type { Answers } from '../ask/answers.ts';
import type { CityView } from '../shared/city.ts';
import type { Child } from '../shared/plain/dom.ts';
import type { Errors } from '../shared/plain/fields.ts';
import type { Choice } from './choice.ts';

/** What a page of the booking works with: the seat, whom it is for, and what is wrong with either. */
export interface Booking {
  readonly choice: Choice;
  readonly answers: Answers;
}

export interface Drawing extends Booking {
  readonly choose: (change: Partial<Choice>) => void;
  readonly set: (change: Partial<Answers>) => void;
  readonly errors: Errors;
  readonly city: CityView | undefined;
  readonly redraw: () => void;
}

/** One question, one page, as in `ask`; several of them are the same. */
export interface Step {
  readonly id: string;
  readonly title: (booking: Booking) => string;
  readonly applies: (booking: Booking) => boolean;
  readonly draw: (drawing: Drawing) => Child[];
  readonly check: (booking: Booking, city: CityView | undefined) => Errors;
  /** False where the page itself leads on (an hour is pressed), or nowhere (120 is called). */
  readonly goesOn: boolean;
}
