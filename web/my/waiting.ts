import type { WaitingAction, WaitingView } from '../../src/appointments/index.ts';
import { seatLine, whenOf } from '../book/words.ts';
import { cityNow } from '../shared/clock.ts';
import { h, type Child } from '../shared/plain/dom.ts';
import { button } from '../shared/plain/fields.ts';
import { clockTime } from '../shared/time.ts';
import { t, type Code } from '../shared/words.ts';

interface Acts {
  readonly act: (what: WaitingAction, notice: Code) => void;
}

/** A place in line; when a seat is offered, the seat, how long it is kept, and what happens after that. */
export function waitingPage(waiting: WaitingView, seenAt: number, { act }: Acts): { title: string; body: Child[] } {
  const { offer, actions, to, state } = waiting;
  const over = state === 'left' || state === 'over';
  return {
    title: t(offer ? 'waiting.offer' : 'waiting.title'),
    body: [
      offer && h('section', { class: 'now' },
        h('h2', {}, seatLine(offer)),
        h('p', {}, t('waiting.offer.until', { time: clockTime(offer.until) }), ' ', timeLeft(offer.until)),
        h('p', { class: 'hint' }, t('waiting.offer.then')),
        h('div', { class: 'actions' },
          actions.includes('accept') && button(t('waiting.accept'), () => act('accept', 'waiting.accepted'), 'primary'),
          actions.includes('decline') && button(t('waiting.decline'), () => act('decline', 'waiting.declined')))),
      !offer && h('section', { class: 'now' },
        h('h2', {}, t(state === 'left' ? 'waiting.left' : state === 'over' ? 'waiting.over' : 'waiting.says')),
        !over && h('p', {}, t('waiting.until', { time: whenOf(to) }))),
      actions.includes('leave') && h('p', {}, button(t('waiting.leave'), () => act('leave', 'waiting.left'), 'grave')),
      over && h('p', {}, h('a', { href: '/book' }, t('visit.again'))),
      h('p', { class: 'quiet' }, t('my.asOf', { time: clockTime(seenAt) })),
    ],
  };
}

let timer: ReturnType<typeof setInterval> | undefined;

/** Runs on the screen and is not read out every second: until when has been said before it. */
function timeLeft(until: number): HTMLElement {
  const left = h('b', { class: 'left', 'aria-hidden': 'true' });
  const tick = (): void => {
    const seconds = Math.max(0, Math.ceil((until - cityNow()) / 1_000));
    left.textContent = t('book.held.left', { time: `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}` });
  };
  tick();
  clearInterval(timer);
  timer = setInterval(() => (left.isConnected ? tick() : clearInterval(timer)), 1_000);
  return left;
}
