import type { JourneyView } from '../../src/journey/index.ts';
import { h, type Child } from '../shared/plain/dom.ts';
import { button } from '../shared/plain/fields.ts';
import { callLink, type Phones } from '../shared/plain/frame.ts';
import { bring, details, headLine, nowCard, reasons } from '../shared/plain/journey.ts';
import { t } from '../shared/words.ts';

export interface Sent {
  readonly journey: JourneyView;
  /** Opens the journey's page; it is shown once and stays in the address's fragment, which no server log ever sees. */
  readonly token: string;
  /** The last digits that the journey's page will ask for. */
  readonly phoneLast4: string;
}

/** The end: what happens now, who has it, until when, whom to call, why, what to bring, and how to come back. */
export function donePage({ journey, token, phoneLast4 }: Sent, phones: Phones): Child[] {
  const emergency = journey.pathway === 'emergency';
  return [
    h('p', { class: 'sent' }, t('done.received', { id: journey.id })),
    headLine(journey),
    nowCard(journey),
    emergency && callLink(phones.emergency, t('ask.call.now', { number: phones.emergency })),
    h('section', {}, h('h2', {}, t('done.call')),
      h('p', {}, t('done.callWorse', { emergency: phones.emergency })),
      phones.medicalLine && h('p', {}, t('done.callLine', { number: phones.medicalLine }))),
    details(journey, phones),
    bring(journey),
    h('section', {}, h('h2', {}, t('done.follow')),
      h('p', {}, t('done.followHow', { digits: phoneLast4 })),
      h('a', { class: 'button button-primary', href: `/my#${token}` }, t('done.open'))),
    reasons(journey),
    h('div', { class: 'buttons no-print' }, button(t('done.print'), () => print())),
  ];
}
