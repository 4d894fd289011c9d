import type { JourneyView } from '../../src/journey/index.ts';
import { newIntent, post, Problem, type Intent } from '../shared/api.ts';
import { cityNow } from '../shared/clock.ts';
import { h, type Child } from '../shared/plain/dom.ts';
import { textArea } from '../shared/plain/fields.ts';
import { callLink, type Phones } from '../shared/plain/frame.ts';
import { clockOrDay, clockTime } from '../shared/time.ts';
import { t } from '../shared/words.ts';
import { medicineWay } from './medicine.ts';

type Visit = NonNullable<JourneyView['visit']>;
const LENGTH_MAX = 1_000;

/** What is being written, kept through every drawing of the page and nowhere else. */
let text = '';
let pending: { readonly text: string; readonly intent: Intent } | undefined;
let failed: string | undefined;
let sending = false;

/** The doctor at a distance: by when they answer, what was said, a call if they offer one, and where the medicine is. */
export function visitPart(journey: JourneyView, phones: Phones, draw: () => void): Child {
  const { visit } = journey;
  if (!visit) return undefined;
  return [
    h('section', { class: 'visit', 'aria-label': t('my.visit') }, h('h2', {}, t('my.visit')),
      promise(journey, visit, phones),
      visit.call && !journey.closed && h('p', {}, h('a', { class: 'button button-primary visit-call', href: visit.call.url, target: '_blank', rel: 'noopener noreferrer', referrerpolicy: 'no-referrer' }, t(visit.call.kind === 'video' ? 'my.visit.video' : 'my.visit.voice'))),
      log(visit), writes(journey) && box(journey, draw)),
    medicineWay(journey),
  ];
}

const writes = ({ actions }: JourneyView): boolean => actions.some(({ type }) => (type as string) === 'sendMessage');

/** By when somebody answers, in one sentence; nobody is left with a time that has gone by. */
function promise(journey: JourneyView, visit: Visit, phones: Phones): Child {
  if (journey.closed || visit.answeredAt !== undefined) return undefined;
  if (visit.doctor !== undefined) return h('p', { class: 'visit-promise' }, t('my.visit.with', { name: visit.doctorName ?? visit.doctor }));
  const by = visit.promisedAt ?? journey.step?.dueAt;
  if (by === undefined) return undefined;
  if (by < cityNow()) return [h('p', { class: 'visit-promise' }, t('my.visit.later')), phones.medicalLine && callLink(phones.medicalLine, t('my.visit.call', { number: phones.medicalLine }))];
  return h('p', { class: 'visit-promise' }, t('my.visit.by', { time: clockOrDay(by, cityNow()) }));
}

function log(visit: Visit): Child {
  return h('ol', { class: 'chat', id: 'visit-log', role: 'log', 'aria-label': t('my.visit.said') }, lines(visit));
}

function lines({ messages = [] }: Visit): Child[] {
  return messages.map(({ from, name, at, text: said }) => h('li', { class: `chat-${from}` },
    h('span', { class: 'quiet' }, from === 'person' ? t('my.visit.you') : name, ' · ', clockTime(at)), h('p', {}, said)));
}

function box(journey: JourneyView, draw: () => void): HTMLElement {
  return h('form', {
    class: 'no-print',
    submit: (event) => {
      event.preventDefault();
      void send(journey, draw);
    },
  },
  textArea({ name: 'visit-text', label: t('my.visit.write'), hint: t('my.visit.hint'), value: text, maxlength: LENGTH_MAX, error: failed, onInput: (value) => (text = value) }),
  h('div', { class: 'buttons' }, h('button', { type: 'submit', class: 'button button-primary', id: 'visit-send', 'aria-disabled': sending ? 'true' : undefined }, t(sending ? 'my.visit.sending' : 'my.visit.send'))));
}

async function send(journey: JourneyView, draw: () => void): Promise<void> {
  const said = text.trim();
  if (said === '' || sending) return;
  // The same words, tried again, are one message.
  if (pending?.text !== said) pending = { text: said, intent: newIntent() };
  sending = true;
  failed = undefined;
  draw();
  try {
    await post(`/api/journeys/${journey.id}/send-message`, { text: said }, { intent: pending.intent });
    text = '';
    pending = undefined;
  } catch (problem) {
    failed = problem instanceof Problem ? problem.message : t('my.visit.failed');
  }
  sending = false;
  draw();
}

/**
 * While somebody writes, the page is not drawn anew: only what was said is. A word that is being composed would be lost with its field.
 * @returns whether they write
 */
export function whileWriting(journey: JourneyView | undefined): boolean {
  const field = document.activeElement;
  if (field?.id !== 'visit-text' || !journey?.visit || !writes(journey)) return false;
  const list = document.getElementById('visit-log');
  list?.replaceChildren(...(lines(journey.visit).filter((line) => line instanceof Node)));
  list?.lastElementChild?.scrollIntoView({ block: 'nearest' });
  return true;
}
