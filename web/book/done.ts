import { h, type Child } from '../shared/plain/dom.ts';
import { button } from '../shared/plain/fields.ts';
import type { Phones } from '../shared/plain/frame.ts';
import { t, type Code } from '../shared/words.ts';
import type { BookedAnswer } from './contract.ts';
import { placeOf, whenOf } from './words.ts';

/** What has come of it, and the digits that its page will ask for. */
export interface Sent {
  readonly booked: BookedAnswer | undefined;
  /** Opens the page of it; shown once, in the address's fragment, which no server log ever sees. */
  readonly token: string;
  readonly phoneLast4: string;
}

/** The end: the day and the place, how they get there without asking, what to bring, how to come back to it, whom to call. */
export function donePage({ booked, token, phoneLast4 }: Sent, phones: Phones): Child[] {
  return [
    booked
      ? h('section', { class: 'now' }, h('h2', {}, whenOf(booked.startsAt)), h('p', {}, placeOf(booked)), booked.institutionPhone && h('p', {}, h('a', { href: `tel:${booked.institutionPhone}` }, booked.institutionPhone)))
      : h('section', { class: 'now' }, h('h2', {}, t('book.waiting.what')), h('p', {}, t('book.waiting.then'))),
    booked && h('section', {}, h('h2', {}, t('book.way.title')), h('p', {}, t('book.way.says'))),
    booked && toBring(),
    h('section', { class: 'no-print' }, h('h2', {}, t('book.follow')),
      h('p', {}, t(booked ? 'book.follow.says' : 'book.waiting.follow', { digits: phoneLast4 })),
      h('a', { class: 'button button-primary', href: `/my#${token}` }, t(booked ? 'book.open' : 'book.waiting.open'))),
    h('section', {}, h('h2', {}, t('done.call')),
      h('p', {}, t('book.worse', { emergency: phones.emergency })),
      phones.medicalLine && h('p', {}, t('done.callLine', { number: phones.medicalLine }))),
    h('div', { class: 'buttons no-print' }, button(t('done.print'), () => print())),
  ];
}

export function toBring(): HTMLElement {
  const codes: Code[] = ['bring.card', 'bring.medicines', 'bring.phone', 'bring.mask'];
  return h('section', {}, h('h2', {}, t('care.bring')), h('ul', { class: 'plain-list' }, codes.map((code) => h('li', {}, t(code)))));
}
