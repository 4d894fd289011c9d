import { cityNow } from '../shared/clock.ts';
import { h } from '../shared/plain/dom.ts';
import { button } from '../shared/plain/fields.ts';
import { clockTime } from '../shared/time.ts';
import { t } from '../shared/words.ts';
import type { FreeSeatView } from '../../src/appointments/index.ts';
import { seatLine } from './words.ts';

/** A seat that nobody else can take for some minutes. */
export interface Held {
  readonly id: string;
  readonly heldUntil: number;
  readonly slot: string;
  /** For whom, as typed: another name or number wants another hold. */
  readonly forWhom: string;
}

export interface HoldActs {
  readonly again: () => void;
  readonly another: () => void;
}

const SOON_MS = 60_000;
let timer: ReturnType<typeof setInterval> | undefined;

export function isHeld(held: Held | undefined, now: number): held is Held {
  return held !== undefined && held.heldUntil > now;
}

/**
 * Which seat is kept, for how long, and what happens then. It runs out without taking anything away: the answers stay, and one press
 * asks for the same seat again. Heard once when a minute is left and once at the end, never every second.
 */
export function holdBar(held: Held, seat: FreeSeatView, acts: HoldActs): HTMLElement {
  const left = h('b', { class: 'left', 'aria-hidden': 'true' });
  const heard = h('p', { class: 'only-heard', role: 'status' });
  const bar = h('section', { class: 'held', 'aria-label': t('book.held.label') });
  const another = (): HTMLElement => button(t('book.held.another'), acts.another);
  let state: 'kept' | 'soon' | 'over' | undefined;
  const enter = (next: NonNullable<typeof state>): void => {
    if (state === next) return;
    const first = state === undefined;
    state = next;
    bar.className = `held held-${next}`;
    if (next === 'over') bar.replaceChildren(h('p', {}, h('b', {}, seatLine(seat))), h('p', {}, t('book.held.over')), h('div', { class: 'buttons' }, button(t('book.held.again'), acts.again), another()), heard);
    else if (first) {
      bar.replaceChildren(
        h('p', {}, h('b', {}, seatLine(seat))),
        h('p', {}, t('book.held.until', { time: clockTime(held.heldUntil) }), ' ', left),
        h('p', { class: 'hint' }, t('book.held.then')), heard);
    }
    if (!first) heard.textContent = t(next === 'over' ? 'book.held.over' : 'book.held.soon');
  };
  const tick = (): void => {
    const ms = held.heldUntil - cityNow();
    enter(ms <= 0 ? 'over' : ms <= SOON_MS ? 'soon' : 'kept');
    const seconds = Math.max(0, Math.ceil(ms / 1_000));
    left.textContent = t('book.held.left', { time: `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}` });
  };
  tick();
  clearInterval(timer);
  timer = setInterval(() => {
    if (bar.isConnected) tick();
    else clearInterval(timer);
  }, 1_000);
  return bar;
}
