import type { AppointmentView } from '../../src/appointments/index.ts';

/** What the server answers when a seat is asked for. Times are epoch milliseconds of the city clock. */
export interface HoldAnswer { readonly at: number; readonly id: string; readonly heldUntil: number }
export interface BookedAnswer extends AppointmentView { readonly token: string; readonly url: string }
export interface WaitingAnswer { readonly at: number; readonly id: string; readonly token: string }
