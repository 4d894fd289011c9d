import './ask.css';
import { newIntent, post, Problem, type Intent } from '../shared/api.ts';
import { loadCity, phonesOf, type CityView } from '../shared/city.ts';
import { cityNow } from '../shared/clock.ts';
import { show } from '../shared/look.ts';
import { ensureChinese } from '../shared/plain/chinese.ts';
import { append, h, type Child } from '../shared/plain/dom.ts';
import { button, errorSummary, type Errors } from '../shared/plain/fields.ts';
import { frame } from '../shared/plain/frame.ts';
import { loadWords, t } from '../shared/words.ts';
import { intakeOf, NO_ANSWERS, phoneOf, type Answers } from './answers.ts';
import { checkList } from './check.ts';
import { donePage, type Sent } from './done.ts';
import { CHECK, findQuestion, pageAfter, progress, QUESTIONS } from './flow.ts';

/**
 * The resident's page. Answers are in memory, and in the state of the one history entry on show, so that a reload keeps them and
 * the next person on a shared phone finds nothing: not in the address, not in storage, not behind the back button once sent.
 */
interface Kept {
  readonly page: string;
  readonly answers?: Answers;
}

const FIRST = QUESTIONS[0]!.id;
const DONE = 'done';
let page = FIRST;
let answers: Answers = { ...NO_ANSWERS };
let errors: Errors = {};
let city: CityView | undefined;
let sent: Sent | undefined;
/** What is sent, made once: a retry with another minute in it would be another request. */
let request: { readonly intent: Intent; readonly body: ReturnType<typeof intakeOf> } | undefined;
let keepSoon: ReturnType<typeof setTimeout> | undefined;
let sending: 'no' | 'yes' | 'slow' = 'no';
let failed: string | undefined;

function set(change: Partial<Answers>): void {
  // The object stays the same: fields that were drawn a moment ago hold on to it.
  Object.assign(answers, change);
  // Other answers are another request; the same ones, sent again, are the same.
  request = undefined;
  // Some browsers refuse a history that is written with every key.
  clearTimeout(keepSoon);
  keepSoon = setTimeout(keep, 400);
}

function keep(): void {
  clearTimeout(keepSoon);
  const kept: Kept = sent ? { page } : { page, answers };
  history.replaceState(kept, '');
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

function goOn(): void {
  const question = findQuestion(page);
  errors = question?.check(answers, city) ?? {};
  if (Object.keys(errors).length > 0) draw('errors');
  else go(pageAfter(page, answers));
}

/** The first page whose answers do not hold, so that nobody sends a request that will come back. */
function firstWrong(): string | undefined {
  return QUESTIONS.find((question) => question.applies(answers) && Object.keys(question.check(answers, city)).length > 0)?.id;
}

async function send(): Promise<void> {
  if (sending !== 'no') return;
  const wrong = firstWrong();
  if (wrong) {
    go(wrong);
    goOn();
    return;
  }
  sending = 'yes';
  failed = undefined;
  request ??= { intent: newIntent(), body: intakeOf(answers, cityNow()) };
  draw('status');
  try {
    const answer = await post<{ journey: Sent['journey']; token: string }>('/api/requests', request.body, {
      intent: request.intent,
      onSlow: () => {
        sending = 'slow';
        draw('status');
      },
    });
    sent = { ...answer, phoneLast4: phoneOf(answers.phone).slice(-4) };
    answers = { ...NO_ANSWERS };
    sending = 'no';
    go(DONE);
  } catch (problem) {
    sending = 'no';
    failed = problem instanceof Problem ? [problem.message, ...problem.fields.map(({ detail }) => detail)].join(' ') : t('problem.server', { number: phonesOf(city).emergency });
    draw('status');
  }
}

function startAgain(): void {
  answers = { ...NO_ANSWERS };
  sent = undefined;
  request = undefined;
  go(FIRST);
}

function content(): { title: string; body: Child[] } {
  if (page === DONE && sent) return { title: t('done.title'), body: [...donePage(sent, phonesOf(city)), h('p', { class: 'no-print' }, button(t('done.again'), startAgain))] };
  if (page === CHECK) return { title: t('check.title'), body: checkBody() };
  const question = findQuestion(page) ?? QUESTIONS[0]!;
  const { number, of } = progress(question.id, answers);
  return {
    title: question.title(answers),
    body: [
      h('form', {
        novalidate: true,
        submit: (event) => {
          event.preventDefault();
          goOn();
        },
      },
      question.draw({ answers, set, errors, city, redraw: () => draw() }),
      h('div', { class: 'buttons' }, h('button', { type: 'submit', class: 'button button-primary' }, question.goOn?.() ?? t('form.goOn')))),
      number > 0 && h('p', { class: 'quiet' }, t('form.progress', { number, of })),
      page === FIRST && h('p', {}, h('a', { href: '/book' }, t('ask.book'))),
    ],
  };
}

function checkBody(): Child[] {
  const busy = sending !== 'no';
  const status = failed ?? (busy ? t(sending === 'slow' ? 'problem.slow' : 'check.sending') : '');
  const act = button(t(failed ? 'check.again' : 'check.send'), () => void send(), 'primary');
  act.id = 'send';
  if (busy) act.setAttribute('aria-disabled', 'true');
  return [
    checkList(answers, city, go),
    h('p', { class: 'hint' }, t('check.privacy')),
    h('div', { role: 'status', id: 'status', class: failed ? 'failed' : 'status', tabindex: -1 }, status, busy && h('progress', { 'aria-label': t('check.sending') })),
    h('div', { class: 'buttons' }, act),
  ];
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
  document.getElementById('page')!.replaceChildren(whole);
  if (focus === 'heading') {
    scrollTo(0, 0);
    heading.focus();
  }
  if (focus === 'errors') document.getElementById('error-summary')?.focus();
  if (focus === 'status') document.getElementById('status')?.focus();
}

addEventListener('popstate', ({ state }: PopStateEvent) => {
  const kept = state as Kept | null;
  // After sending, going back leads to a new request and never into the old answers.
  page = sent && kept?.page !== DONE ? FIRST : (kept?.page ?? FIRST);
  if (page === FIRST && sent) sent = undefined;
  if (page === DONE && !sent) page = FIRST;
  errors = {};
  keep();
  draw('heading');
});

async function start(): Promise<void> {
  show();
  const kept = history.state as Kept | null;
  if (kept?.answers) {
    answers = { ...NO_ANSWERS, ...kept.answers };
    page = kept.page;
  }
  await loadWords('shared', 'resident');
  keep();
  draw();
  void ensureChinese();
  for (let pause = 1_000; !city; pause = Math.min(pause * 2, 20_000)) {
    city = await loadCity().catch(() => undefined);
    if (!city) await new Promise((resolve) => setTimeout(resolve, pause));
  }
  drawn();
}

/** The city has come: numbers and towns appear, and nothing moves under a finger or a word being typed. */
function drawn(): void {
  const active = document.activeElement?.id;
  draw();
  if (active) document.getElementById(active)?.focus();
}

void start();
