import type { Vitals } from './triage.ts';

export interface News2 {
  /** Sum over what was measured: a lower bound, because what was not measured is not normal. */
  readonly score: number;
  /** The parameters that scored 3 alone, one bit each. */
  readonly threes: number;
}

/** Each step: up to and including `upTo` the value scores `points`. */
type Scale = readonly (readonly [upTo: number, points: number])[];

/** NEWS2, Royal College of Physicians 2017. Not made for people under 16 or in pregnancy: there `decide.ts` takes it as a floor, or not at all. */
export const SCALES = {
  respiratoryRatePerMinute: [[8, 3], [11, 1], [20, 0], [24, 2], [Infinity, 3]],
  oxygenSaturationPercent: [[91, 3], [93, 2], [95, 1], [Infinity, 0]],
  systolicMmHg: [[90, 3], [100, 2], [110, 1], [219, 0], [Infinity, 3]],
  pulsePerMinute: [[40, 3], [50, 1], [90, 0], [110, 1], [130, 2], [Infinity, 3]],
  temperatureCelsius: [[35, 3], [36, 1], [38, 0], [39, 1], [Infinity, 2]],
} as const satisfies Record<string, Scale>;

/** Scale 2, for whom a clinician set 88–92 %: too much oxygen is a danger to them as well. */
export const SATURATION_SCALE_2: { readonly air: Scale; readonly oxygen: Scale } = {
  air: [[83, 3], [85, 2], [87, 1], [Infinity, 0]],
  oxygen: [[83, 3], [85, 2], [87, 1], [92, 0], [94, 1], [96, 2], [Infinity, 3]],
};
export const ON_OXYGEN_POINTS = 2;

const PARAMETERS = Object.keys(SCALES) as (keyof typeof SCALES)[];
const CONSCIOUSNESS_BIT = 1 << PARAMETERS.length;

function pointsOf(scale: Scale, value: number): number {
  let step = 0;
  while (value > scale[step]![0]) step += 1;
  return scale[step]![1];
}

/** Is the saturation read on scale 2? Only a clinician's name makes it so. */
export function onScale2({ saturationTargetSetBy }: Vitals): boolean {
  return saturationTargetSetBy !== undefined && saturationTargetSetBy.trim() !== '';
}

function scaleFor(parameter: keyof typeof SCALES, vitals: Vitals): Scale {
  if (parameter !== 'oxygenSaturationPercent' || !onScale2(vitals)) return SCALES[parameter];
  // Whether they breathe oxygen was not said: that they do is the more urgent reading of a high value.
  return SATURATION_SCALE_2[vitals.airOrOxygen ?? 'oxygen'];
}

export function news2(vitals: Vitals): News2 {
  let score = vitals.airOrOxygen === 'oxygen' ? ON_OXYGEN_POINTS : 0;
  let threes = 0;
  for (let i = 0; i < PARAMETERS.length; i += 1) {
    const value = vitals[PARAMETERS[i]!];
    if (value === undefined) continue;
    const points = pointsOf(scaleFor(PARAMETERS[i]!, vitals), value);
    score += points;
    if (points === 3) threes |= 1 << i;
  }
  if (vitals.consciousness !== undefined && vitals.consciousness !== 'alert') {
    score += 3;
    threes |= CONSCIOUSNESS_BIT;
  }
  return { score, threes };
}
