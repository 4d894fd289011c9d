import type { Command, JourneyView } from '../../src/journey/index.ts';
import { REFUSAL_GROUNDS } from '../../src/reception/index.ts';
import { GATE_GROUNDS } from '../../src/trips/ride.ts';
import { findFinding } from '../../src/triage/index.ts';
import { h, type Child } from '../shared/plain/dom.ts';
import { button, choices, errorSummary, options, textField, type Errors } from '../shared/plain/fields.ts';
import { callLink, type Phones } from '../shared/plain/frame.ts';
import { say, t, type Code } from '../shared/words.ts';
import { DANGER } from '../ask/interview.ts';

/** What a resident may be asked before an action is sent. */
export type FormName = 'reportWorse' | 'reportRefusal' | 'reportGateRefusal' | 'withdrawRequest';
/** One press, no question: nothing about it can be wrong for long. */
const AT_ONCE = ['startTravel', 'reportArrival', 'reportHome'] as const;

/** A form on show, with what has been put into it. */
export interface OpenForm {
  readonly name: FormName;
  chosen: readonly string[];
  reason: string;
  errors: Errors;
}

export interface Acting {
  readonly journey: JourneyView;
  readonly phones: Phones;
  readonly send: (command: Command) => void;
  readonly open: (form: OpenForm | undefined) => void;
}

/** Signs that can come while one waits; the first of them are those for which 120 comes first. */
const WORSE = [
  ...DANGER, 'shockSigns', 'confusion', 'drowsy', 'breathless', 'severePain', 'fainted', 'moderateBleeding', 'persistentVomiting', 'cannotDrink',
  'fever', 'nonBlanchingRash',
];
const WORSE_PREGNANT = ['birthImminent', 'pregnancyBleeding', 'watersBroken', 'reducedFetalMovement'];
const WORSE_DIALYSIS = ['hyperkalaemiaSigns', 'breathlessOnDialysis'];

/** The buttons that make sense now, as the server says; the dangerous one last and apart. */
export function actionButtons({ journey, send, open }: Acting): Child {
  const offered = new Set(journey.actions.map(({ type }) => type));
  const start = (name: FormName): void => open({ name, chosen: [], reason: '', errors: {} });
  const atOnce = AT_ONCE.filter((type) => offered.has(type));
  if (offered.size === 0) return undefined;
  return h('section', { class: 'no-print' }, h('h2', {}, t('my.can')), h('div', { class: 'actions' },
    atOnce.map((type, index) => button(t(`my.${type}` as Code), () => send({ type }), index === 0 ? 'primary' : 'plain')),
    offered.has('reportWorse') && button(t('my.worse'), () => start('reportWorse')),
    offered.has('reportRefusal') && button(t('my.reportRefusal'), () => start('reportRefusal')),
    offered.has('reportGateRefusal') && button(t('my.reportGateRefusal'), () => start('reportGateRefusal')),
    offered.has('withdrawRequest') && button(t('my.withdraw'), () => start('withdrawRequest'), 'grave')));
}

export function formPage(form: OpenForm, acting: Acting): { title: string; body: Child[] } {
  const { send, open, phones } = acting;
  const submit = (errors: Errors, command: Command): void => {
    if (Object.keys(errors).length === 0) send(command);
    else open({ ...form, errors });
  };
  const page = (title: Code, fields: Child[], label: Code, act: () => void, cancel: Code = 'my.back') => ({
    title: t(title),
    body: [
      errorSummary(form.errors), fields,
      h('div', { class: 'actions' }, button(t(label), act, 'primary'), button(t(cancel), () => open(undefined))),
    ],
  });
  switch (form.name) {
    case 'reportWorse':
      return page('my.worseTitle', [
        callLink(phones.emergency, t('ask.call.now', { number: phones.emergency })),
        choices({
          name: 'worse', kind: 'checkbox', plain: true, label: t('my.worseTitle'), hint: t('my.worseHint'), chosen: form.chosen, error: form.errors['worse'],
          options: signsFor(acting.journey).map((code) => ({ value: code, label: say(findFinding(code)?.name) })),
          onChange: (chosen) => (form.chosen = chosen),
        }),
      ], 'my.worseSend', () => submit(form.chosen.length > 0 ? {} : { worse: t('my.worseMissing') }, { type: 'reportWorse', findings: form.chosen }));
    case 'reportRefusal':
      return page('my.refusalTitle', [groundsOf(form, REFUSAL_GROUNDS, 'my.refusalHint')], 'my.refusalSend', () => {
        const ground = REFUSAL_GROUNDS.find((each) => each === form.chosen[0]);
        submit(ground ? {} : { ground: t('my.refusalMissing') }, { type: 'reportRefusal', ground: ground ?? 'other' });
      });
    case 'reportGateRefusal':
      return page('my.refusalTitle', [groundsOf(form, GATE_GROUNDS, 'my.gateRefusalHint')], 'my.refusalSend', () => {
        const ground = GATE_GROUNDS.find((each) => each === form.chosen[0]);
        submit(ground ? {} : { ground: t('my.refusalMissing') }, { type: 'reportGateRefusal', ground: ground ?? 'other' });
      });
    case 'withdrawRequest':
      return page('my.withdrawTitle', [
        h('p', {}, t('my.withdrawSays')),
        textField({
          name: 'reason', label: t('my.withdrawReason'), hint: t('my.withdrawReasonHint'), value: form.reason, error: form.errors['reason'],
          onInput: (reason) => (form.reason = reason),
        }),
      ], 'my.withdrawSend', () => submit(form.reason.trim() ? {} : { reason: t('my.withdrawMissing') }, { type: 'withdrawRequest', reason: form.reason.trim() }), 'my.cancel');
  }
}

function groundsOf(form: OpenForm, grounds: readonly string[], hint: Code): Child {
  return choices({
    name: 'ground', kind: 'radio', plain: true, label: t('my.refusalTitle'), hint: t(hint), chosen: form.chosen, error: form.errors['ground'],
    options: options(grounds, 'ground'), onChange: (chosen) => (form.chosen = chosen),
  });
}

/** What has been said already is not asked again, unless a clinician found it less urgent since: then it may have come back, and stands first. */
function signsFor({ need, person, clinical }: JourneyView): readonly string[] {
  const pregnant = need === 'obstetrics' || person.groups.includes('pregnant');
  const said = clinical?.findings ?? [];
  const codes = [...(pregnant ? WORSE_PREGNANT : []), ...(need === 'haemodialysis' ? WORSE_DIALYSIS : []), ...WORSE];
  const asked = clinical?.lowered ? [...new Set([...said, ...codes])] : codes.filter((code) => !said.includes(code));
  return asked.filter((code) => findFinding(code));
}
