import './book.css';
import type { FreeSeatView } from '../../src/appointments/index.ts';
import { NO_ANSWERS, intakeOf, phoneOf, type Answers } from '../ask/answers.ts';
import { newIntent, post, Problem, type Intent } from '../shared/api.ts';
import { loadCity, phonesOf, type CityView } from '../shared/city.ts';
import { cityNow } from '../shared/clock.ts';
import { show } from '../shared/look.ts';
import { ensureChinese } from '../shared/plain/chinese.ts';
import { append, h, type Child } from '../shared/plain/dom.ts';
import { button, errorSummary, type Errors } from '../shared/plain/fields.ts';
import { frame } from '../shared/plain/frame.ts';
import { cityDay } from '../shared/time.ts';
import { loadWords, t } from '../shared/words.ts';
import { checkList } from './check.ts';
import { emptyChoice, type Choice } from './choice.ts';
import type { BookedAnswer, HoldAnswer, WaitingAnswer } from './contract.ts';
import { donePage, type Sent } from './done.ts';
import { CHECK, findStep, firstWrong, stepAfter, STEPS } from './flow.ts';
import { holdBar, isHeld, type Held } from './hold.ts';
import { startOf } from './day.ts';
import { openFinder } from './finder.ts';
import { markDays, whenPage } from './when.ts';

/**
 * A resident books. As in `ask`, answers are in memory and in the state of the one history entry on show: a reload keeps them, and neither
 * the address nor storage nor the way back holds them once they are sent.
 */
interface Kept {
  readonly page: string;
  readonly answers?: Answers;
  readonly choice?: Choice;
  readonly held?: Held | undefined;
}

const FIRST = STEPS[0]!.id;
const DONE = 'done';
/** Whoever waits takes what comes in the week from the day they wanted. */
const WAITS_MS = 7 * 86_400_000;
/** Refusals after which another seat is the way on, because this one is somebody else's by now. */
const GONE = new Set(['slotTaken', 'seatsKept', 'slotClosed', 'slotPast', 'slotUnknown', 'notReleasedYet']);
/** A hold is a courtesy: where its limit stands in the way the booking goes on without one. */
const NOT_HELD = new Set(['limitHolds']);

let page = FIRST;
let answers: Answers = { ...NO_ANSWERS };
let choice: Choice = emptyChoice(cityDay(cityNow()));
let held: Held | undefined;
let errors: Errors = {};
let city: CityView | undefined;
let sent: Sent | undefined;
let request: { readonly intent: Intent; readonly body: object } | undefined;
let busy: 'no' | 'yes' | 'slow' = 'no';
let failed: string | undefined;
let keepSoon: ReturnType<typeof setTimeout> | undefined;

const finder = openFinder(() => { if (page === 'when') draw(); }, markDays, () => phonesOf(city).emergency);

function changed(): void {
  request = undefined;
  // Some browsers refuse a history that is written with every key.
  clearTimeout(keepSoon);
  keepSoon = setTimeout(keep, 400);
}
const set = (change: Partial<Answers>): void => {
  // The object stays the same: fields that were drawn a moment ago hold on to it.
  Object.assign(answers, change);
  changed();
};
const choose = (change: Partial<Choice>): void => {
  Object.assign(choice, change);
  changed();
};

function keep(): void {
  clearTimeout(keepSoon);
  history.replaceState((sent ? { page } : { page, answers, choice, held }) satisfies Kept, '');
}

function go(next: string): void {
  history.replaceState({ page } satisfies Kept, '');
  history.pushState({ page: next }, '');
  page = next;
  errors = {};
  failed = undefined;
  keep();
  draw('heading');
}

const whom = (): string => [answers.name.trim(), phoneOf(answers.phone)].join('|');
const bookingNow = (): { choice: Choice; answers: Answers } => ({ choice, answers });

async function goOn(): Promise<void> {
  if (busy !== 'no') return;
  errors = findStep(page)?.check(bookingNow(), city) ?? {};
  if (Object.keys(errors).length > 0) return draw('errors');
  const next = stepAfter(page, bookingNow());
  if (page === 'contact' && choice.seat && !(await hold(choice.seat))) return;
  go(next);
}

/** Asks for the seat, so that nobody takes it while the rest is typed. @returns whether the way goes on */
async function hold(seat: FreeSeatView): Promise<boolean> {
  if (isHeld(held, cityNow()) && held.slot === seat.slot && held.forWhom === whom()) return true;
  const before = isHeld(held, cityNow()) ? held : undefined;
  return working(seat, async () => {
    const { person, proxy, groups } = intakeOf(answers, cityNow());
    try {
      const answer = await post<HoldAnswer>('/api/appointments/hold', {
        slot: seat.slot, person: { name: person.name, phone: person.phone, groups }, ...(proxy && { proxy }), ...(before && { hold: before.id }),
      }, { onSlow: slow });
      held = { id: answer.id, heldUntil: answer.heldUntil, slot: seat.slot, forWhom: whom() };
    } catch (problem) {
      if (!(problem instanceof Problem && NOT_HELD.has(problem.code))) throw problem;
      held = undefined;
    }
  });
}

/** Does something with the server and says how it went; a seat that is gone leads to the next best. */
async function working(seat: FreeSeatView | undefined, act: () => Promise<void>): Promise<boolean> {
  busy = 'yes';
  failed = undefined;
  draw('status');
  try {
    await act();
    busy = 'no';
    return true;
  } catch (problem) {
    busy = 'no';
    if (seat && problem instanceof Problem && GONE.has(problem.code)) gone(seat);
    else {
      failed = problem instanceof Problem ? [problem.message, ...problem.fields.map(({ detail }) => detail)].join(' ') : t('problem.server', { number: phonesOf(city).emergency });
      draw('status');
    }
    return false;
  }
}

function slow(): void {
  busy = 'slow';
  draw('status');
}

function gone(seat: FreeSeatView): void {
  held = undefined;
  choose({ seat: undefined, day: cityDay(seat.startsAt) });
  finder.lose(seat);
  go('when');
}

function take(seat: FreeSeatView): void {
  choose({ seat, waiting: false, day: cityDay(seat.startsAt) });
  finder.lose(undefined);
  request = undefined;
  void onwards(seat);
}

/** Whoever has said who they are need not say it again: the new seat is held at once. */
async function onwards(seat: FreeSeatView): Promise<void> {
  if (knowsWhom() && !(await hold(seat))) return;
  go(afterWhen());
}

const knowsWhom = (): boolean => answers.who !== '' && Object.keys(findStep('contact')!.check(bookingNow(), city)).length === 0;
const afterWhen = (): string => (knowsWhom() ? firstWrong(bookingNow(), city) ?? CHECK : stepAfter('when', bookingNow()));

async function holdAgain(): Promise<void> {
  if (choice.seat && (await hold(choice.seat))) {
    keep();
    draw('heading');
  }
}

async function send(): Promise<void> {
  if (busy !== 'no') return;
  const wrong = firstWrong(bookingNow(), city);
  if (wrong) {
    go(wrong);
    return void goOn();
  }
  const { seat, waiting } = choice;
  const care = intakeOf(answers, cityNow());
  const kept = isHeld(held, cityNow()) ? held : undefined;
  const wish = waiting
    ? { service: choice.service, from: cityNow(), to: startOf(choice.day) + WAITS_MS, care }
    : { ...(kept && { hold: kept.id }), slot: seat!.slot, care };
  request ??= { intent: newIntent(), body: wish };
  const done = await working(seat, async () => {
    const phoneLast4 = phoneOf(answers.phone).slice(-4);
    if (waiting) {
      const { token } = await post<WaitingAnswer>('/api/waiting', request!.body, { intent: request!.intent, onSlow: slow });
      sent = { booked: undefined, token, phoneLast4 };
    } else {
      const booked = await post<BookedAnswer>('/api/appointments', request!.body, { intent: request!.intent, onSlow: slow });
      sent = { booked, token: booked.token, phoneLast4 };
    }
  });
  if (!done) return;
  forget();
  go(DONE);
}

function forget(): void {
  answers = { ...NO_ANSWERS };
  choice = emptyChoice(cityDay(cityNow()));
  held = undefined;
  request = undefined;
}

function startAgain(): void {
  forget();
  sent = undefined;
  go(FIRST);
}

function statusBox(): Child {
  const status = failed ?? (busy === 'no' ? '' : t(busy === 'slow' ? 'problem.slow' : 'book.working'));
  return h('div', { role: 'status', id: 'status', class: failed ? 'failed' : 'status', tabindex: -1 }, status, busy !== 'no' && h('progress', { 'aria-label': t('book.working') }));
}

function content(): { title: string; body: Child[] } {
  if (page === DONE && sent) return { title: t(sent.booked ? 'book.done' : 'book.waiting.done'), body: [donePage(sent, phonesOf(city)), h('p', { class: 'no-print' }, button(t('book.done.again'), startAgain))] };
  if (page === CHECK) return { title: t('check.title'), body: checkBody() };
  const step = findStep(page) ?? STEPS[0]!;
  const drawing = { ...bookingNow(), choose, set, errors, city, redraw: () => draw() };
  if (step.id === 'when') {
    return { title: step.title(drawing), body: [statusBox(), whenPage(drawing, finder.found(choice, { service: choice.service, town: answers.town, groups: answers.groups }), { take, look: finder.again, wait })] };
  }
  const act = h('button', { type: 'submit', class: 'button button-primary' }, t(failed ? 'check.again' : 'form.goOn'));
  if (busy !== 'no') act.setAttribute('aria-disabled', 'true');
  return {
    title: step.title(drawing),
    body: [
      bar(),
      h('form', {
        novalidate: true,
        submit: (event) => {
          event.preventDefault();
          void goOn();
        },
      }, step.draw(drawing), statusBox(), step.goesOn && h('div', { class: 'buttons' }, act)),
    ],
  };
}

function wait(): void {
  choose({ waiting: true, seat: undefined });
  go(afterWhen());
}

function bar(): Child {
  if (!held || !choice.seat || held.slot !== choice.seat.slot || ['who', 'contact'].includes(page)) return undefined;
  return holdBar(held, choice.seat, { again: () => void holdAgain(), another: () => go('when') });
}

function checkBody(): Child[] {
  const act = button(t(failed ? 'check.again' : choice.waiting ? 'book.wait.join' : 'book.send'), () => void send(), 'primary');
  act.id = 'send';
  if (busy !== 'no') act.setAttribute('aria-disabled', 'true');
  return [bar(), checkList(bookingNow(), city, go), h('p', { class: 'hint' }, t('check.privacy')), statusBox(), h('div', { class: 'buttons' }, act)];
}

function draw(focus?: 'heading' | 'errors' | 'status'): void {
  const { title, body } = content();
  document.title = `${Object.keys(errors).length > 0 ? `${t('form.error')} ` : ''}${title} – ${t('frame.name')}`;
  const { page: whole, main } = frame(phonesOf(city), city?.demo ?? false, () => draw());
  const heading = h('h1', { tabindex: -1 }, title);
  append(main, [
    page === FIRST || page === DONE ? undefined : h('a', {
      class: 'back', href: '#', click: (event) => {
        event.preventDefault();
        history.back();
      },
    }, t('form.back')),
    errorSummary(errors), heading, h('div', { class: 'body' }, body),
  ]);
  const open = [...document.querySelectorAll('details')].map((each) => each.open);
  const active = focus ? undefined : document.activeElement?.id;
  const samePage = document.querySelector('h1')?.textContent === title;
  document.getElementById('page')!.replaceChildren(whole);
  // What was opened stays open when an answer arrives, and the finger stays where it was.
  if (samePage) for (const [index, each] of [...document.querySelectorAll('details')].entries()) each.open = open[index] ?? false;
  if (active) document.getElementById(active)?.focus();
  if (focus === 'heading') {
    scrollTo(0, 0);
    heading.focus();
  }
  if (focus === 'errors') document.getElementById('error-summary')?.focus();
  if (focus === 'status') document.getElementById('status')?.focus();
}

addEventListener('popstate', ({ state }: PopStateEvent) => {
  const kept = state as Kept | null;
  // After sending, going back leads to a new booking and never into the old answers.
  page = sent && kept?.page !== DONE ? FIRST : (kept?.page ?? FIRST);
  if (page === FIRST && sent) sent = undefined;
  if (page === DONE && !sent) page = FIRST;
  errors = {};
  failed = undefined;
  keep();
  draw('heading');
});

async function start(): Promise<void> {
  show();
  const kept = history.state as Kept | null;
  if (kept?.answers) {
    answers = { ...NO_ANSWERS, ...kept.answers };
    choice = { ...choice, ...kept.choice };
    held = kept.held;
    page = kept.page;
  }
  await loadWords('shared', 'resident', 'book');
  // Days are counted on the city's clock, which is known with its first answer.
  for (let pause = 1_000; !city; pause = Math.min(pause * 2, 20_000)) {
    draw();
    void ensureChinese();
    city = await loadCity().catch(() => undefined);
    if (!city) await new Promise((resolve) => setTimeout(resolve, pause));
  }
  if (!kept?.choice) choice.day = cityDay(cityNow());
  keep();
  draw();
}

void start();
