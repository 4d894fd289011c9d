import './my.css';
import type { Command, JourneyView } from '../../src/journey/index.ts';
import { get, newIntent, post, Problem, type Intent } from '../shared/api.ts';
import { loadCity, phonesOf, type CityView } from '../shared/city.ts';
import { cityNow } from '../shared/clock.ts';
import { listen, type Line } from '../shared/live.ts';
import { show } from '../shared/look.ts';
import { ensureChinese } from '../shared/plain/chinese.ts';
import { append, h, type Child } from '../shared/plain/dom.ts';
import { button, errorSummary, textField, type Errors } from '../shared/plain/fields.ts';
import { frame } from '../shared/plain/frame.ts';
import { bring, custody, details, headLine, nowCard, reasons, timeline } from '../shared/plain/journey.ts';
import { clockTime } from '../shared/time.ts';
import { loadWords, t } from '../shared/words.ts';
import { actionButtons, formPage, type Acting, type OpenForm } from './actions.ts';
import { doctorPart, whileWriting } from './doctor.ts';
import { shareRide } from './share.ts';
import { openMove } from './move.ts';
import { passCards, passPage, type ShownPass } from './pass.ts';
import { openVisit, type VisitKind } from './visit.ts';

/** An offer runs out in minutes; nobody sends news of one appointment to a resident's phone. */
const VISIT_EVERY_MS = 20_000;

/**
 * The journey as the resident sees it, and before it has begun the appointment or the place on the waiting list that it comes from. The token of the link is read once and taken out of the address, so that it is not in the
 * history of a shared phone nor in a picture of the screen; the session's cookie does the rest.
 */
const token = location.hash.slice(1);
if (token) history.replaceState(null, '', location.pathname);

let city: CityView | undefined;
let journey: JourneyView | undefined;
let seenAt = 0;
let pass: (ShownPass & { readonly id: string }) | undefined;
/** The pass fills the page, as it is held out to an officer. */
let passAlone = false;
let line: Line = { state: 'up' };
let form: OpenForm | undefined;
let digits = '';
let errors: Errors = {};
let notice: string | undefined;
let failed: string | undefined;
let pending: { readonly command: Command; readonly intent: Intent } | undefined;

async function signIn(): Promise<void> {
  const plain = digits.normalize('NFKC').trim();
  errors = /^\d{4}$/.test(plain) ? {} : { digits: t('my.digitsWrong') };
  failed = undefined;
  if (Object.keys(errors).length > 0) return draw('errors');
  try {
    const { actor } = await post<{ actor: { scope: string } }>('/api/my/sign-in', { token, phoneLast4: plain });
    await refresh(actor.scope);
    follow();
    draw('heading');
  } catch (problem) {
    failed = problem instanceof Problem && problem.status === 429 ? t('my.tooMany', help()) : sentenceOf(problem);
    draw('status');
  }
}

let kind: VisitKind | undefined;
const move = openMove((focus) => draw(focus), () => phonesOf(city).emergency);
const visits = openVisit({
  move,
  phones: () => phonesOf(city), draw: (focus) => draw(focus),
  say: (said) => {
    notice = said.notice;
    failed = said.failed;
  },
  renew: () => refresh(),
});

/** @param scope what the session may see; without it, what it has been so far */
async function refresh(scope?: string): Promise<void> {
  if (scope !== undefined) kind = (['appointment', 'waiting'] as const).find((each) => scope.startsWith(`${each}:`));
  if (kind) {
    let { at, appointment, waiting } = await visits.read(kind);
    // The offer was taken: the same link shows the appointment.
    if (waiting?.booking !== undefined) ({ at, appointment, waiting } = await visits.read(kind = 'appointment'));
    seenAt = at;
    // The request has begun: from now on the same link shows it.
    if (appointment ? appointment.journey === undefined : waiting) return;
    kind = undefined;
  }
  const answer = await get<{ at: number; journey: JourneyView }>('/api/my');
  journey = answer.journey;
  seenAt = answer.at;
  const wanted = journey.pass && !journey.pass.revoked ? journey.pass.id : undefined;
  if (wanted === pass?.id) return;
  const issued = wanted ? await get<ShownPass>(`/api/journeys/${journey.id}/pass`).catch(() => undefined) : undefined;
  pass = wanted && issued ? { id: wanted, ...issued } : undefined;
}

function follow(): void {
  if (kind) return followVisit();
  const renew = (): void => void refresh().then(() => form || whileWriting(journey) || draw(), () => undefined);
  listen({
    onEvent: renew,
    onLine: (next) => {
      line = next;
      if (next.state === 'up') renew();
      if (!form && !whileWriting(journey)) draw();
    },
  });
}

function followVisit(): void {
  const timer = setInterval(() => void (async () => {
    if (document.hidden) return;
    await refresh().catch(() => undefined);
    if (!kind) {
      clearInterval(timer);
      follow();
    }
    if (visits.isQuiet() && !move.page()) draw();
  })(), VISIT_EVERY_MS);
}

async function send(command: Command): Promise<void> {
  if (!journey) return;
  // The same wish, tried again, keeps its key; another wish is another one.
  if (JSON.stringify(pending?.command) !== JSON.stringify(command)) pending = { command, intent: newIntent() };
  const { type, ...body } = command;
  failed = notice = undefined;
  try {
    const path = `/api/journeys/${journey.id}/${type.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    const answer = await post<{ at: number; journey: JourneyView }>(path, body, { intent: pending!.intent, onSlow: () => { notice = t('problem.slow'); draw('status'); } });
    journey = answer.journey;
    seenAt = answer.at;
    pending = undefined;
    form = undefined;
    notice = t('my.done');
  } catch (problem) {
    notice = undefined;
    failed = sentenceOf(problem);
  }
  draw('status');
}

const help = (): { number: string } => ({ number: phonesOf(city).medicalLine ?? phonesOf(city).emergency });
const sentenceOf = (problem: unknown): string => (problem instanceof Problem ? problem.message : t('problem.server', help()));

function signInBody(): Child[] {
  if (!token) return [h('p', {}, t('my.noToken', help()))];
  return [h('form', {
    novalidate: true,
    submit: (event) => {
      event.preventDefault();
      void signIn();
    },
  },
  textField({
    name: 'digits', label: t('my.digits'), hint: t('my.digitsHint'), width: 'short', inputmode: 'numeric', maxlength: 4, value: digits,
    error: errors['digits'], onInput: (value) => (digits = value),
  }),
  h('div', { class: 'buttons' }, h('button', { type: 'submit', class: 'button button-primary' }, t('my.signIn'))))];
}

function journeyBody(acting: Acting): Child[] {
  const { journey: shown } = acting;
  // Printed with a pass on it, the paper is shown at a roadblock: the pass alone is on it.
  const apart = { class: pass ? 'no-print' : 'all' };
  const showAlone = (): void => { passAlone = true; draw('heading'); };
  return [
    h('div', apart, headLine(shown), nowCard(shown), doctorPart(shown, acting.phones, draw), actionButtons(acting), anotherHour(shown), shareRide(shown, draw), details(shown, phonesOf(city))),
    pass && [h('div', { class: 'no-print' }, h('p', {}, button(t('my.passAlone'), showAlone)), h('p', { class: 'quiet' }, t('my.passAloneWhy'))), passCards(pass, shown.person.name)],
    h('div', apart, bring(shown), timeline(shown), custody(shown), reasons(shown),
      h('p', { class: 'quiet' }, t('my.asOf', { time: clockTime(seenAt || cityNow()) }), ' · ', shown.id)),
  ];
}

/** While they are at home the hour can still be changed; leave, pass and car are made again. */
function anotherHour({ id, booking, institution, town, person, closed, custody: way }: JourneyView): Child {
  const atHome = way.length === 0 || way.at(-1)!.holder === 'home';
  if (!booking || booking.cancelled || !institution || closed || !atHome || booking.slot.startsAt <= cityNow()) return undefined;
  const { service, startsAt } = booking.slot;
  const send = async (slot: string): Promise<string | undefined> => {
    try {
      const answer = await post<{ at: number; journey: JourneyView }>(`/api/journeys/${id}/move-booking`, { slot });
      journey = answer.journey;
      seenAt = answer.at;
      notice = t('visit.moved');
      failed = undefined;
      return undefined;
    } catch (problem) {
      notice = undefined;
      failed = sentenceOf(problem);
      draw('status');
      return problem instanceof Problem ? problem.code : 'server';
    }
  };
  const begin = (): void => {
    notice = failed = undefined;
    move.begin({
      service, startsAt, institution: institution.code, institutionName: institution.name, town: town.code, groups: person.groups, send,
    });
  };
  return h('p', { class: 'no-print' }, button(t('visit.move'), begin));
}

function draw(focus?: 'heading' | 'errors' | 'status'): void {
  const phones = phonesOf(city);
  const { page, main } = frame(phones, city?.demo ?? false, () => draw());
  const acting: Acting | undefined = journey && {
    journey, phones, send: (command) => void send(command),
    open: (next) => {
      form = next;
      failed = notice = undefined;
      draw(next && Object.keys(next.errors).length > 0 ? 'errors' : 'heading');
    },
  };
  const { title, body } = move.page() ?? (acting
    ? form ? formPage(form, acting) : passAlone && pass ? passPage(pass, acting.journey.person.name, () => { passAlone = false; draw('heading'); }) : { title: t('my.title'), body: journeyBody(acting) }
    : (kind && visits.page()) ?? { title: t('my.title'), body: [errorSummary(errors), signInBody()] });
  document.title = `${title} – ${t('frame.name')}`;
  const heading = h('h1', { tabindex: -1, class: pass && !passAlone ? 'no-print' : '' }, title);
  append(main, [
    line.state === 'down' && h('div', { class: 'line-down', role: 'status' },
      h('p', {}, h('b', {}, t('line.down', { time: clockTime(line.lastHeardAt + cityNow() - Date.now()) }))),
      t('line.downHelp', help())),
    heading,
    h('div', { role: 'status', id: 'status', tabindex: -1, class: failed ? 'failed' : 'status' }, failed ?? notice),
    body,
  ]);
  const open = [...document.querySelectorAll('details')].map((each) => each.open);
  const active = focus ? undefined : document.activeElement?.id;
  document.getElementById('page')!.replaceChildren(page);
  // What was opened stays open when a change arrives, and the finger stays where it was.
  for (const [index, each] of [...document.querySelectorAll('details')].entries()) each.open = open[index] ?? false;
  if (active) document.getElementById(active)?.focus();
  if (focus === 'heading') {
    scrollTo(0, 0);
    heading.focus();
  }
  if (focus === 'errors') document.getElementById('error-summary')?.focus();
  if (focus === 'status') {
    scrollTo(0, 0);
    document.getElementById('status')?.focus();
  }
}

async function start(): Promise<void> {
  show();
  await loadWords('shared', 'resident', 'book');
  city = await loadCity().catch(() => undefined);
  // A page opened again: the session may still hold. With a token in hand, the digits are asked: it may be another person's.
  if (!token) {
    await get<{ actor: { scope: string } }>('/api/me').then(({ actor }) => refresh(actor.scope)).catch(() => undefined);
    if (journey || visits.page()) follow();
  }
  draw();
  void ensureChinese();
}

void start();
