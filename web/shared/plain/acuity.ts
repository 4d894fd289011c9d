import type { Acuity } from '../../../src/triage/index.ts';
import { word } from '../words.ts';
import { h } from './dom.ts';

const SHAPES: Readonly<Record<Acuity, string>> = {
  I: 'M3 3h18v18H3z', II: 'M12 .5L23.500 12 12 23.500.500 12z', III: 'M12 1.500L23.500 22H.500z', IV: 'M12 1a11 11 0 1 0 0 22 11 11 0 1 0 0-22z',
};

/** Number, word, shape and colour together: told apart in grey, on a bad print and by somebody who sees no red. */
export function acuityMark(acuity: Acuity): HTMLElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const shape = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  shape.setAttribute('d', SHAPES[acuity]);
  const number = document.createElementNS('http://www.w3.org/2000/svg', 'text');
  number.setAttribute('x', '12');
  number.setAttribute('y', acuity === 'III' ? '19.5' : '16.5');
  number.setAttribute('text-anchor', 'middle');
  number.textContent = acuity;
  svg.append(shape, number);
  return h('span', { class: `acuity acuity-${acuity}` }, svg, h('span', { class: 'only-heard' }, `${acuity} `), h('span', {}, word('acuity', acuity)));
}
