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
export function doctorPart(journey: JourneyView, phones: Phones, draw: () => void): Child {
  const { visit } = journey;
  if (!visit) return undefined;
  const talk = h('section', { class: 'doctor', 'aria-label': t('my.doctor') }, h('h2', {}, t('my.doctor')),
    promise(journey, visit, phones),
    visit.call && !journey.closed && h('p', {}, h('a', { class: 'button button-primary doctor-call', href: visit.call.url, target: '_blank', rel: 'noopener noreferrer', referrerpolicy: 'no-referrer' }, t(visit.call.kind === 'video' ? 'my.doctor.video' : 'my.doctor.voice'))),
    log(visit), writes(journey) && box(journey, draw));
  // Once something was prescribed, where it is comes first.
  return [medicineWay(journey), (writes(journey) || (visit.messages?.length ?? 0) > 0 || visit.answeredAt === undefined) && talk];
}

const writes = ({ actions }: JourneyView): boolean => actions.some(({ type }) => (type as string) === 'sendMessage');

/** By when somebody answers, in one sentence; nobody is left with a time that has gone by. */
function promise(journey: JourneyView, visit: Visit, phones: Phones): Child {
  if (journey.closed || visit.answeredAt !== undefined) return undefined;
  if (visit.doctor !== undefined) return h('p', { class: 'doctor-promise' }, t('my.doctor.with', { name: visit.doctorName ?? visit.doctor }));
  const by = visit.promisedAt ?? journey.step?.dueAt;
  if (by === undefined) return undefined;
  if (by < cityNow()) return [h('p', { class: 'doctor-promise' }, t('my.doctor.later')), phones.medicalLine && callLink(phones.medicalLine, t('my.doctor.call', { number: phones.medicalLine }))];
  return h('p', { class: 'doctor-promise' }, t('my.doctor.by', { time: clockOrDay(by, cityNow()) }));
}

function log(visit: Visit): Child {
  return h('div', { role: 'log', 'aria-label': t('my.doctor.said') }, h('ol', { class: 'chat', id: 'doctor-log' }, lines(visit)));
}

function lines({ messages = [] }: Visit): Child[] {
  return messages.map(({ from, name, at, text: said }) => h('li', { class: `chat-${from}` },
    h('span', { class: 'quiet' }, from === 'person' ? t('my.doctor.you') : name, ' · ', clockTime(at)), h('p', {}, said)));
}

function box(journey: JourneyView, draw: () => void): HTMLElement {
  return h('form', {
    class: 'no-print',
    submit: (event) => {
      event.preventDefault();
      void send(journey, draw);
    },
  },
  textArea({ name: 'doctor-text', label: t('my.doctor.write'), hint: t('my.doctor.hint'), value: text, maxlength: LENGTH_MAX, error: failed, onInput: (value) => (text = value) }),
  h('div', { class: 'buttons' }, h('button', { type: 'submit', class: 'button button-primary', id: 'doctor-send', 'aria-disabled': sending ? 'true' : undefined }, t(sending ? 'my.doctor.sending' : 'my.doctor.send'))));
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
    failed = problem instanceof Problem ? problem.message : t('my.doctor.failed');
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
  if (field?.id !== 'doctor-text' || !journey?.visit || !writes(journey)) return false;
  const list = document.getElementById('doctor-log');
  list?.replaceChildren(...(lines(journey.visit).filter((line) => line instanceof Node)));
  list?.lastElementChild?.scrollIntoView({ block: 'nearest' });
  return true;
}
