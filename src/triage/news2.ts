import type { Vitals } from './triage.ts';

export interface News2 {
  /** Sum over what was measured: a lower bound, because what was not measured is not normal. */
  readonly score: number;
  /** One parameter alone scored 3. */
  readonly single3: boolean;
}

/** Each step: up to and including `upTo` the value scores `points`. Oxygen saturation on scale 1, breathing room air. */
type Scale = readonly (readonly [upTo: number, points: number])[];

/** NEWS2, Royal College of Physicians 2017. Not made for people under 16 or in pregnancy: there `decide.ts` takes it as a floor, or not at all. */
const SCALES = {
  respiratoryRatePerMinute: [[8, 3], [11, 1], [20, 0], [24, 2], [Infinity, 3]],
  oxygenSaturationPercent: [[91, 3], [93, 2], [95, 1], [Infinity, 0]],
  systolicMmHg: [[90, 3], [100, 2], [110, 1], [219, 0], [Infinity, 3]],
  pulsePerMinute: [[40, 3], [50, 1], [90, 0], [110, 1], [130, 2], [Infinity, 3]],
  temperatureCelsius: [[35, 3], [36, 1], [38, 0], [39, 1], [Infinity, 2]],
} as const satisfies Record<string, Scale>;

const PARAMETERS = Object.keys(SCALES) as (keyof typeof SCALES)[];

function pointsOf(scale: Scale, value: number): number {
  let step = 0;
  while (value > scale[step]![0]) step += 1;
  return scale[step]![1];
}

export function news2(vitals: Vitals): News2 {
  let score = 0;
  let single3 = false;
  for (const parameter of PARAMETERS) {
    const value = vitals[parameter];
    if (value === undefined) continue;
    const points = pointsOf(SCALES[parameter], value);
    score += points;
    single3 ||= points === 3;
  }
  if (vitals.consciousness !== undefined && vitals.consciousness !== 'alert') {
    score += 3;
    single3 = true;
  }
  return { score, single3 };
}
