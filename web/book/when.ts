import { GREEN_GROUPS } from '../../src/appointments/appointment.ts';
import type { FreeSeatsView, FreeSeatView } from '../../src/appointments/index.ts';
import { cityNow } from '../shared/clock.ts';
import { h, type Child } from '../shared/plain/dom.ts';
import { button, choices } from '../shared/plain/fields.ts';
import { cityDay, clockTime, formatted } from '../shared/time.ts';
import { listed, say, t, word, type Code } from '../shared/words.ts';
import { DAYS_AHEAD, DAYS_SHOWN } from './choice.ts';
import { dateNumber, startOf } from './day.ts';
import type { Found } from './finder.ts';
import { grouped, insteadOf, type SeatGroup } from './seats.ts';
import type { Drawing } from './state.ts';
import { seatLine, wayOf, whenOf } from './words.ts';

/** So many hours of one house are read before somebody looks for another; the rest is one press away. */
const HOURS_SHOWN = 8;
const GROUPS_SHOWN = 4;
const INSTEAD_SHOWN = 3;
const AGE_SAID: ReadonlySet<string> = new Set(['underThree']);

const weekday = formatted({ weekday: 'short' });
const longDay = formatted({ weekday: 'long', day: 'numeric', month: 'long' });

export interface WhenActs {
  /** The house they are booked at already. */
  readonly own?: string;
  readonly take: (seat: FreeSeatView) => void;
  readonly look: () => void;
  /** Absent: whoever has a seat already does not wait for one. */
  readonly wait?: () => void;
}

/** Where and when: a strip of days, what matters to this person, and the free hours of the day, nearest house first. */
export function whenPage(drawing: Drawing, found: Found, acts: WhenActs): Child[] {
  const { choice } = drawing;
  return [
    found.lost && lostNote(found.lost, found.answer?.seats ?? [], acts),
    days(drawing, found),
    wishes(drawing),
    h('h2', { id: 'day' }, longDay(startOf(choice.day))),
    h('div', { class: 'seats', role: 'status' }, status(found)),
    found.failed !== undefined && h('div', { class: 'buttons' }, button(t('book.again'), acts.look)),
    found.answer && hours(found.answer, acts),
    found.answer && nothing(found.answer, acts),
    found.answer && h('p', { class: 'quiet' }, t('book.asOf', { time: clockTime(found.answer.at) }), ' ', h('button', { type: 'button', class: 'link', id: 'look', click: acts.look }, t('book.look'))),
  ];
}

function status({ answer, failed }: Found): Child {
  if (failed !== undefined) return h('p', { class: 'failed' }, failed);
  if (!answer) return h('p', {}, t('book.looking'));
  return answer.seats.length === 0 ? h('p', {}, t('book.none')) : h('p', { class: 'only-heard' }, t('book.found', { count: answer.seats.length }));
}

/** Somebody was quicker: said calmly, with the next best under the thumb, and nothing of what was typed is gone. */
function lostNote(lost: FreeSeatView, free: readonly FreeSeatView[], acts: WhenActs): HTMLElement {
  const instead = insteadOf(lost, free, INSTEAD_SHOWN);
  return h('section', { class: 'held', id: 'lost' },
    h('h2', {}, t('book.lost')),
    h('p', {}, t('book.lost.says', { seat: seatLine(lost) })),
    instead.length > 0 && [
      h('p', {}, t('book.lost.instead')),
      h('div', { class: 'instead' }, instead.map((seat) => button(seatLine(seat), () => acts.take(seat)))),
    ]);
}

/** A week as a strip; two weeks can be reached. Today is named, because a date alone is counted wrong. */
function days({ choice, choose, redraw }: Drawing, found: Found): HTMLElement {
  const today = cityDay(cityNow());
  const first = today + Math.floor((choice.day - today) / DAYS_SHOWN) * DAYS_SHOWN;
  const go = (day: number): void => {
    choose({ day });
    redraw();
  };
  const next = first > today ? { day: today, label: t('book.earlier') } : { day: first + DAYS_SHOWN, label: t('book.later') };
  return h('nav', { class: 'days', 'aria-label': t('book.days') },
    h('ul', {}, Array.from({ length: DAYS_SHOWN }, (_, index) => {
      const day = first + index;
      const at = startOf(day);
      const shown = day === choice.day;
      const none = isFull(found, day, shown);
      return h('li', {}, h('button', {
        type: 'button', id: `day-${index}`, 'data-day': String(day), class: none ? 'day day-none' : 'day', 'aria-current': shown ? 'date' : undefined, click: () => go(day),
      },
      h('span', { 'aria-hidden': 'true' }, day === today ? t('book.today') : weekday(at)), h('b', { 'aria-hidden': 'true' }, String(dateNumber(day))),
      h('span', { class: 'only-heard' }, heardDay(day, none))));
    })),
    next.day < today + DAYS_AHEAD && h('button', { type: 'button', class: 'link', id: 'week', click: () => go(next.day) }, next.label));
}

/** The hours of the day on show are the later word. */
const isFull = ({ answer, days: free }: Found, day: number, shown: boolean): boolean => (shown && answer ? answer.seats.length === 0 : free?.has(day) === false);
const heardDay = (day: number, none: boolean): string => (none ? `${longDay(startOf(day))} ${t('book.day.none')}` : longDay(startOf(day)));

/** Marks the strip that is on show where it stands: an hour that is being pressed stays under the thumb. */
export function markDays(found: Found): void {
  for (const strip of document.querySelectorAll<HTMLElement>('.day[data-day]')) {
    const day = Number(strip.dataset['day']);
    const none = isFull(found, day, strip.hasAttribute('aria-current'));
    strip.classList.toggle('day-none', none);
    strip.querySelector('.only-heard')!.textContent = heardDay(day, none);
  }
}

/** What a desk must offer, and whether a kept-back seat may be taken. */
function wishes({ choice, choose, answers, set, redraw }: Drawing): HTMLElement {
  const green = GREEN_GROUPS.filter((group) => !AGE_SAID.has(group));
  const chosen = [...(choice.stepFree ? ['stepFree'] : []), ...(choice.child ? ['child'] : []), ...(choice.language ? ['language'] : [])];
  const change = (act: () => void): void => {
    act();
    redraw();
  };
  const count = chosen.length + green.filter((group) => answers.groups.includes(group)).length;
  return h('details', { class: 'wishes' }, h('summary', {}, t('book.wishes'), count > 0 && ` (${count})`),
    choices({
      name: 'wishes', kind: 'checkbox', label: t('book.wishes.desk'), chosen,
      options: ['stepFree', 'child', 'language'].map((value) => ({ value, label: t(`book.wishes.${value}` as Code) })),
      onChange: (next) => change(() => choose({ stepFree: next.includes('stepFree'), child: next.includes('child'), language: next.includes('language') ? 'en' : '' })),
    }),
    choices({
      name: 'green', kind: 'checkbox', label: t('book.wishes.green'), hint: t('book.wishes.greenHint'), chosen: answers.groups,
      options: green.map((group) => ({ value: group, label: word('group', group) })),
      onChange: (next) => change(() => set({ groups: [...answers.groups.filter((group) => group !== 'none' && !(green as readonly string[]).includes(group)), ...next] })),
    }));
}

function hours({ seats }: FreeSeatsView, acts: WhenActs): Child {
  const groups = grouped(seats, acts.own);
  const shown = groups.slice(0, GROUPS_SHOWN).map((group) => houseOf(group, acts));
  if (groups.length <= GROUPS_SHOWN) return shown;
  return [shown, h('details', {}, h('summary', {}, t('book.morePlaces', { count: groups.length - GROUPS_SHOWN })), groups.slice(GROUPS_SHOWN).map((group) => houseOf(group, acts)))];
}

function houseOf(group: SeatGroup, acts: WhenActs): HTMLElement {
  const { institutionName, clinicName, stepFree, languages, seats } = group;
  const facts = listed(
    wayOf(group),
    t(stepFree === undefined ? 'book.stepFree.unknown' : stepFree ? 'book.stepFree' : 'book.stepFree.no'),
    languages.length > 0 ? t('book.speaks', { languages: listed(...languages.map((code) => t(`book.language.${code}` as Code))) }) : undefined);
  const first = seats.slice(0, HOURS_SHOWN);
  const rest = seats.slice(HOURS_SHOWN);
  return h('section', { class: 'house' },
    h('h3', {}, say(institutionName)), clinicName && h('p', { class: 'clinic' }, clinicName),
    h('p', { class: 'hint' }, facts),
    h('div', { class: 'hours' }, first.map((seat) => hourOf(seat, acts))),
    rest.length > 0 && h('details', {}, h('summary', {}, t('book.moreHours', { count: rest.length })), h('div', { class: 'hours' }, rest.map((seat) => hourOf(seat, acts)))));
}

function hourOf(seat: FreeSeatView, acts: WhenActs): HTMLElement {
  const kept = seat.keptUntil !== undefined && seat.keptUntil > cityNow();
  return h('button', { type: 'button', class: 'button hour', 'aria-label': seatLine(seat), click: () => acts.take(seat) },
    h('b', {}, clockTime(seat.startsAt)),
    h('span', { class: 'left' }, kept ? t('book.kept') : t('book.left', { count: seat.seatsLeft })));
}

/** Nothing on this day: when seats are given out, the earliest elsewhere, and the waiting list. */
function nothing({ seats, notYet, otherDay }: FreeSeatsView, acts: WhenActs): Child {
  if (seats.length > 0) return undefined;
  return [
    notYet && h('p', {}, h('b', {}, t('book.notYet', { time: whenOf(notYet.releasedAt) }))),
    otherDay && h('section', {}, h('h3', {}, t('book.earliest')), h('div', { class: 'instead' }, button(seatLine(otherDay), () => acts.take(otherDay)))),
    acts.wait && h('section', {}, h('h3', {}, t('book.wait')), h('p', {}, t('book.wait.says')), button(t('book.wait.join'), acts.wait)),
  ];
}
