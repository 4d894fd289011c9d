import type { AppointmentView, WaitingView } from '../../src/appointments/index.ts';
import { toBring } from '../book/done.ts';
import { placeOf, whenOf } from '../book/words.ts';
import { get, newIntent, post, Problem, type Intent } from '../shared/api.ts';
import { cityNow } from '../shared/clock.ts';
import { h, type Child } from '../shared/plain/dom.ts';
import { button, choices, errorSummary, type Errors } from '../shared/plain/fields.ts';
import type { Phones } from '../shared/plain/frame.ts';
import { clockTime } from '../shared/time.ts';
import { t, word, type Code } from '../shared/words.ts';
import { whyCancelled } from './cancelled.ts';
import type { Move } from './move.ts';
import { waitingPage } from './waiting.ts';

/** What a link opens before a request has begun: an appointment, or a place on the waiting list. */
export interface Visit {
  readonly at: number;
  readonly appointment?: AppointmentView;
  readonly waiting?: WaitingView;
}
export type VisitKind = 'appointment' | 'waiting';

export interface VisitFrame {
  readonly phones: () => Phones;
  readonly draw: (focus?: 'heading' | 'errors' | 'status') => void;
  /** Shown above the page until the next thing is done. */
  readonly say: (said: { readonly notice?: string; readonly failed?: string }) => void;
  /** What the link opens has become something else. */
  readonly renew: () => Promise<void>;
  readonly move: Move;
}

export interface VisitDesk {
  read(kind: VisitKind): Promise<Visit>;
  /** @returns nothing before it has been read */
  page(): { readonly title: string; readonly body: Child[] } | undefined;
  /** Nothing is being chosen or typed: news may be drawn. */
  readonly isQuiet: () => boolean;
}

const REASONS = ['better', 'cannot', 'elsewhere', 'other'] as const;

/** An appointment in the hand of whoever it is for: another hour, given back, here; and what waits for an answer of theirs. */
export function openVisit({ phones, draw, say, renew, move }: VisitFrame): VisitDesk {
  let visit: Visit | undefined;
  let cancelling = false;
  let reason = '';
  let errors: Errors = {};
  let pending: { readonly path: string; readonly body: string; readonly intent: Intent } | undefined;

  const cancelOpens = (next: boolean): void => {
    cancelling = next;
    errors = {};
    say({});
    draw('heading');
  };

  /** @returns the code of the refusal, or nothing when it was done */
  async function send(path: string, body: object, notice: Code): Promise<string | undefined> {
    // The same wish, tried again, keeps its key.
    const text = JSON.stringify(body);
    if (pending?.path !== path || pending.body !== text) pending = { path, body: text, intent: newIntent() };
    try {
      visit = await post<Visit>(path, body, { intent: pending.intent, onSlow: () => { say({ notice: t('problem.slow') }); draw('status'); } });
      pending = undefined;
      cancelling = false;
      if (visit.waiting?.booking !== undefined) await renew();
      say({ notice: t(notice) });
      draw('status');
      return undefined;
    } catch (problem) {
      say({ failed: problem instanceof Problem ? problem.message : t('problem.server', { number: phones().emergency }) });
      draw('status');
      return problem instanceof Problem ? problem.code : 'server';
    }
  }

  function page(): { title: string; body: Child[] } | undefined {
    if (visit?.waiting) return waitingPage(visit.waiting, visit.at, { act: (what, notice) => void send(`/api/waiting/${visit!.waiting!.id}/${what}`, {}, notice) });
    const appointment = visit?.appointment;
    if (!appointment) return undefined;
    const address = `/api/appointments/${appointment.id}`;
    return cancelling ? { title: t('visit.cancel.title'), body: cancelBody(`${address}/cancel`) } : { title: t('visit.title'), body: standing(appointment, address) };
  }

  function cancelBody(path: string): Child[] {
    const cancel = (): void => {
      errors = reason ? {} : { reason: t('visit.cancel.missing') };
      if (reason) void send(path, { reason: t(`visit.cancel.${reason}` as Code) }, 'visit.cancelled');
      else draw('errors');
    };
    return [
      errorSummary(errors), h('p', {}, t('visit.cancel.says')),
      choices({
        name: 'reason', kind: 'radio', label: t('visit.cancel.reason'), chosen: [reason], error: errors['reason'],
        options: REASONS.map((value) => ({ value, label: t(`visit.cancel.${value}`) })), onChange: ([value = '']) => { reason = value; },
      }),
      h('div', { class: 'actions' }, button(t('visit.cancel.send'), cancel, 'primary'), button(t('visit.keep'), () => cancelOpens(false))),
    ];
  }

  function standing(appointment: AppointmentView, address: string): Child[] {
    const { state, startsAt, institutionPhone, person, callUpAt, cancelled, actions } = appointment;
    const why = cancelled && whyCancelled(cancelled.reason);
    const stands = state === 'booked' || state === 'checkedIn';
    const { service, institution, institutionName, clinicName, town = '' } = appointment;
    const begin = (): void => {
      say({});
      move.begin({
        service, institution, institutionName, clinicName, startsAt, town, groups: person.groups, send: (slot) => send(`${address}/move`, { slot }, 'visit.moved'),
      });
    };
    return [
      h('section', { class: 'now' },
        h('p', { class: 'label' }, word('visit.state', state)),
        h('h2', {}, whenOf(startsAt)),
        h('p', {}, placeOf(appointment)),
        why && h('p', {}, t(why, { reason: cancelled!.reason })),
        h('dl', { class: 'facts' },
          fact(t('visit.for'), person.name),
          person.proxy && fact(t('visit.by'), person.proxy.name),
          institutionPhone && fact(t('visit.phone'), h('a', { href: `tel:${institutionPhone}` }, institutionPhone)))),
      stands && callUpAt !== undefined && h('p', {}, callUpAt > cityNow() ? t('visit.callUp', { time: whenOf(callUpAt) }) : t('visit.callUpNow')),
      actions.length > 0 && h('section', { class: 'no-print' }, h('h2', {}, t('my.can')), h('div', { class: 'actions' },
        actions.includes('checkIn') && button(t('visit.checkIn'), () => void send(`${address}/check-in`, {}, 'visit.checkedIn'), 'primary'),
        actions.includes('move') && button(t('visit.move'), begin),
        actions.includes('cancel') && button(t('visit.cancel'), () => cancelOpens(true), 'grave'))),
      (state === 'cancelled' || state === 'noShow') && h('p', {}, t('visit.seen'), ' ', h('a', { href: '/book' }, t('visit.again'))),
      stands && toBring(),
      h('p', {}, t('book.worse', { emergency: phones().emergency })),
      h('p', { class: 'quiet' }, t('my.asOf', { time: clockTime(visit!.at) })),
    ];
  }

  return {
    async read(kind) {
      visit = await get<Visit>(kind === 'waiting' ? '/api/waiting/mine' : '/api/appointments/mine');
      return visit;
    },
    page,
    isQuiet: () => !cancelling,
  };
}

const fact = (label: string, value: Child): HTMLElement => h('div', {}, h('dt', {}, label), h('dd', {}, value));
