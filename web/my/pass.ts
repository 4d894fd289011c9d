import type { Text } from '../../src/base/index.ts';
import { h, picture, type Child } from '../shared/plain/dom.ts';
import { button } from '../shared/plain/fields.ts';
import { clockTime, dayName } from '../shared/time.ts';
import { say, t } from '../shared/words.ts';

export interface ShownPass {
  readonly code: string;
  readonly qrSvg: string;
  readonly fromTown?: Text;
  readonly toInstitution?: Text;
  readonly validFrom: number;
  readonly validTo: number;
  /** Whoever goes with them shows a card of their own. */
  readonly companion?: { readonly name: string; readonly qrSvg: string };
}

/** On paper there is no today: the day is always said. */
const onPaper = (instant: number): string => `${dayName(instant)} ${clockTime(instant)}`;

/**
 * The pass as it is shown at a roadblock, on the phone or on paper: who, which way, when, the code to be scanned and the one to be read out.
 * Nothing else: what they are ill with is nobody's there.
 */
export function passCards(pass: ShownPass, name: string): Child {
  const { code, qrSvg, companion, fromTown, toInstitution, validFrom, validTo } = pass;
  const card = (title: string, svg: string): Child => h('section', { class: 'pass-card' },
    h('h2', {}, title),
    fromTown && toInstitution && h('p', {}, t('my.passWay', { from: say(fromTown), to: say(toInstitution) })),
    h('p', {}, t('my.passWindow', { from: onPaper(validFrom), to: onPaper(validTo) })),
    h('p', { class: 'pass-code' }, code),
    h('div', { class: 'qr' }, picture(svg, t('care.passQr', { code }))));
  return [card(t('my.passOf', { name }), qrSvg), companion && card(t('care.companionPass', { name: companion.name }), companion.qrSvg)];
}

/** The same with nothing beside it, for a stranger's eyes; printed from here, only this is on the paper. */
export function passPage(pass: ShownPass, name: string, back: () => void): { readonly title: string; readonly body: Child[] } {
  return {
    title: t('my.pass'),
    body: [
      passCards(pass, name),
      h('div', { class: 'buttons no-print' }, button(t('my.passPrint'), () => print()), button(t('my.passBack'), back)),
    ],
  };
}
