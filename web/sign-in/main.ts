import './sign-in.css';
import { get, post, Problem } from '../shared/api.ts';
import { loadCity, phonesOf, type CityView } from '../shared/city.ts';
import { show } from '../shared/look.ts';
import { ensureChinese } from '../shared/plain/chinese.ts';
import { append, h, type Child } from '../shared/plain/dom.ts';
import { button, errorSummary, textField, type Errors } from '../shared/plain/fields.ts';
import { frame } from '../shared/plain/frame.ts';
import { loadWords, say, t, word } from '../shared/words.ts';
import type { Choice, Post, SignedIn, Ways } from './contract.ts';

/**
 * Where staff sign in: first who they are (the city's sign-in service, or a code to their phone), then which of their posts
 * they hold now. Nothing that was typed is kept: the next person at this screen starts with an empty page.
 */
type Step =
  | { readonly name: 'loading' | 'unreachable' | 'ways' | 'noPost' }
  | { readonly name: 'code'; readonly phone: string }
  | { readonly name: 'posts'; readonly posts: readonly Post[] };

const HERE = '/sign-in';
/** The sign-in service sends back here when it refused; the page says so instead of asking in silence again. */
const refused = new URLSearchParams(location.search).has('error');
if (location.search) history.replaceState(null, '', HERE);

let city: CityView | undefined;
let ways: Ways = { oidc: false, phone: false, demo: false };
let step: Step = { name: 'loading' };
let typed = '';
let errors: Errors = {};
let failed: string | undefined;

/** Opens the screen of the post, or asks which post; whoever has not proved who they are is shown the ways to. */
async function takePost(id?: string): Promise<void> {
  try {
    const answer = await post<SignedIn | Choice>('/api/sign-in', id === undefined ? {} : { post: id });
    if ('choose' in answer) return go({ name: 'posts', posts: answer.choose });
    location.assign(answer.screen);
  } catch (problem) {
    if (problem instanceof Problem && problem.status === 401) return go({ name: 'ways' });
    if (problem instanceof Problem && problem.code === 'noPost') return go({ name: 'noPost' });
    sayWhy(problem);
  }
}

async function begin(): Promise<void> {
  go({ name: 'loading' });
  try {
    ways = await get<Ways>('/api/sign-in/ways');
  } catch (problem) {
    step = { name: 'unreachable' };
    return sayWhy(problem);
  }
  if (!ways.oidc && !ways.phone) return go({ name: 'ways' });
  await takePost();
  if (refused && step.name === 'ways') fail(t('signIn.refused'));
}

async function throughService(): Promise<void> {
  try {
    const { url } = await post<{ url: string }>('/api/auth/sign-in/social', { provider: 'staff', callbackURL: HERE, errorCallbackURL: HERE });
    location.assign(url);
  } catch (problem) {
    // It is this server that could not reach the sign-in service: its own words say nothing to a person.
    if (problem instanceof Problem && problem.status > 0) fail(t('signIn.serviceAway'));
    else sayWhy(problem);
  }
}

async function sendCode(): Promise<void> {
  const phone = typed.normalize('NFKC').replace(/[\s()-]/g, '');
  errors = /^\+?\d{6,15}$/.test(phone) ? {} : { phone: t('signIn.phoneWrong') };
  if (errors['phone']) return draw('errors');
  await tryTo(async () => {
    await post('/api/auth/phone-number/send-otp', { phoneNumber: phone });
    go({ name: 'code', phone });
  }, t('signIn.phoneWrong'));
}

async function checkCode(phone: string): Promise<void> {
  const code = typed.normalize('NFKC').trim();
  errors = /^\d{6}$/.test(code) ? {} : { code: t('signIn.codeShape') };
  if (errors['code']) return draw('errors');
  await tryTo(async () => {
    await post('/api/auth/phone-number/verify', { phoneNumber: phone, code });
    await takePost();
  }, t('signIn.codeWrong'));
}

/** @param no what to say when the answer is no; what it was exactly is nobody's business but its owner's */
async function tryTo(work: () => Promise<void>, no: string): Promise<void> {
  try {
    await work();
  } catch (problem) {
    if (!(problem instanceof Problem) || problem.status === 0 || problem.status >= 500) return sayWhy(problem);
    fail(problem.status === 429 ? t('signIn.tooMany') : no);
  }
}

async function somebodyElse(): Promise<void> {
  await post('/api/sign-out', {}).catch(() => undefined);
  await begin();
}

function go(next: Step): void {
  step = next;
  typed = '';
  errors = {};
  failed = undefined;
  draw('heading');
}

function fail(sentence: string): void {
  failed = sentence;
  draw('status');
}

const sayWhy = (problem: unknown): void => fail(problem instanceof Problem ? problem.message : t('problem.server', { number: phonesOf(city).emergency }));

function form(field: HTMLElement, label: string, send: () => Promise<void>): HTMLElement {
  return h('form', {
    novalidate: true,
    submit: (event) => {
      event.preventDefault();
      failed = undefined;
      void send();
    },
  }, field, h('div', { class: 'buttons' }, h('button', { type: 'submit', class: 'button button-primary' }, label)));
}

function waysBody(): Child[] {
  return [
    !ways.oidc && !ways.phone && !ways.demo && [h('p', {}, t('signIn.noWay')), h('p', {}, t('signIn.askWhom')), h('p', { class: 'quiet' }, t('signIn.lookAround'))],
    ways.oidc && h('div', { class: 'buttons' }, button(t('signIn.service'), () => void throughService(), 'primary')),
    ways.phone && form(textField({
      name: 'phone', label: t('signIn.phone'), hint: t('signIn.phoneHint'), inputmode: 'tel', autocomplete: 'tel', type: 'tel', maxlength: 30,
      value: typed, error: errors['phone'], onInput: (value) => (typed = value),
    }), t('signIn.sendCode'), sendCode),
    ways.demo && [h('p', {}, t('signIn.demo')), h('div', { class: 'buttons' }, h('a', { class: 'button button-primary', href: '/demo' }, t('signIn.demoChoose')))],
    h('p', { class: 'quiet' }, t('signIn.resident'), ' ', h('a', { href: '/' }, t('signIn.residentLink'))),
  ];
}

function body(): Child[] {
  switch (step.name) {
    case 'loading':
      return [h('p', {}, t('signIn.loading'))];
    case 'unreachable':
      return [h('div', { class: 'buttons' }, button(t('signIn.again'), () => void begin(), 'primary'))];
    case 'ways':
      return waysBody();
    case 'noPost':
      return [h('p', {}, t('signIn.noPost')), h('p', {}, t('signIn.noPostDo')), h('div', { class: 'buttons' }, button(t('signIn.somebodyElse'), () => void somebodyElse()))];
    case 'code': {
      const { phone } = step;
      return [
        h('p', {}, t('signIn.codeSent')),
        form(textField({
          name: 'code', label: t('signIn.code'), width: 'short', inputmode: 'numeric', autocomplete: 'one-time-code', maxlength: 6,
          value: typed, error: errors['code'], onInput: (value) => (typed = value),
        }), t('signIn.go'), () => checkCode(phone)),
        h('div', { class: 'buttons' }, button(t('signIn.otherPhone'), () => go({ name: 'ways' }))),
      ];
    }
    case 'posts':
      return [
        h('p', {}, t('signIn.choose')),
        h('ul', { class: 'posts' }, step.posts.map(({ id, role, scopeName }) => h('li', {},
          h('button', { type: 'button', class: 'button', click: () => void takePost(id) }, word('role', role), h('small', {}, say(scopeName)))))),
        h('div', { class: 'buttons' }, button(t('signIn.somebodyElse'), () => void somebodyElse())),
      ];
  }
}

function draw(focus?: 'heading' | 'errors' | 'status'): void {
  const { page, main } = frame(phonesOf(city), city?.demo ?? false, () => draw());
  document.title = `${t('signIn.title')} – ${t('frame.name')}`;
  const heading = h('h1', { tabindex: -1 }, t('signIn.title'));
  append(main, [heading, h('div', { role: 'status', id: 'status', tabindex: -1, class: failed ? 'failed' : 'status' }, failed), errorSummary(errors), body()]);
  document.getElementById('page')!.replaceChildren(page);
  if (focus === 'heading') heading.focus();
  if (focus === 'errors') document.getElementById('error-summary')?.focus();
  if (focus === 'status') document.getElementById('status')?.focus();
}

async function start(): Promise<void> {
  show();
  await loadWords('shared', 'resident', 'sign-in');
  city = await loadCity().catch(() => undefined);
  await begin();
  void ensureChinese();
}

void start();
