import type { Map as CityMap } from 'maplibre-gl';
import { ACUITY_BASELINE, ACUITY_SHAPES } from '../journey/shapes.ts';

const SCALE = 3;
const SIDE = 24 * SCALE;

/** The acuity marks of the lists, drawn for the map: one shape, one meaning everywhere. */
export function addAcuityMarks(map: CityMap): void {
  const css = getComputedStyle(document.documentElement);
  for (const acuity of ['I', 'II', 'III', 'IV'] as const) {
    const canvas = Object.assign(document.createElement('canvas'), { width: SIDE, height: SIDE });
    const pen = canvas.getContext('2d');
    if (!pen) continue;
    pen.scale(SCALE, SCALE);
    pen.fillStyle = css.getPropertyValue(`--acuity-${acuity}`);
    pen.strokeStyle = css.getPropertyValue('--ink');
    const shape = new Path2D(ACUITY_SHAPES[acuity]);
    pen.fill(shape);
    pen.stroke(shape);
    pen.fillStyle = css.getPropertyValue(`--acuity-${acuity}-text`);
    pen.font = '700 11px sans-serif';
    pen.textAlign = 'center';
    pen.fillText(acuity, 12, ACUITY_BASELINE[acuity]);
    map.addImage(`acuity-${acuity}`, pen.getImageData(0, 0, SIDE, SIDE), { pixelRatio: SCALE });
  }
}
