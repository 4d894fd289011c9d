import type { LinkView } from '../../../src/journey/index.ts';
import { latenessOf, promiseOf, splitTime } from '../../desks/journey/lateness.ts';
import { cityNow } from '../clock.ts';
import { clockOrDay } from '../time.ts';
import { say, t, word } from '../words.ts';
import { h } from './dom.ts';

const running = new Map<HTMLElement, () => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/**
 * Until when, as a clock time and as time left; after it, by how much, and who has been told. A screen reader hears it when it
 * is asked for, not every second.
 */
export function countdown(link: LinkView): HTMLElement {
  const left = h('span', { class: 'left', 'aria-hidden': 'true' });
  const { dueAt, missed } = promiseOf(link);
  const element = h('p', { class: 'countdown' });
  if (dueAt === undefined) return element;
  const told = link.missed.at(-1)?.told;
  element.append(
    h('span', {}, t(missed ? 'care.was' : 'care.until', { time: clockOrDay(dueAt, cityNow()) })), ' ', left);
  if (told) element.append(h('span', { class: 'told' }, t('care.told', { who: word('role', told.role), where: say(told.name) })));
  const tick = (): void => {
    const ms = dueAt - cityNow();
    const lateness = missed ? 'over' : latenessOf(ms, link.dueSeconds);
    element.className = `countdown countdown-${lateness}`;
    left.textContent = lateness === 'over' ? t('care.over', { time: spoken(ms) }) : t('care.left', { time: spoken(ms) });
  };
  tick();
  running.set(element, tick);
  timer ??= setInterval(tickAll, 1000);
  return element;
}

function tickAll(): void {
  for (const [element, tick] of running) {
    if (element.isConnected) tick();
    else running.delete(element);
  }
  if (running.size > 0) return;
  clearInterval(timer);
  timer = undefined;
}

/** Nobody reads the seconds of an hour. */
function spoken(ms: number): string {
  const { hours, minutes, seconds } = splitTime(ms);
  if (hours >= 48) return t('duration.days', { days: Math.floor(hours / 24) });
  if (hours > 0) return t('duration.hours', { hours, minutes });
  return minutes >= 5 ? t('duration.minutes', { minutes }) : t('duration.seconds', { minutes, seconds: String(seconds).padStart(2, '0') });
}
