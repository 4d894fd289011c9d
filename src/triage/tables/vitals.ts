import type { Text } from '../../base/index.ts';
import { ADULT, CHILD } from './row.ts';
import type { AgeRange, Row } from './row.ts';
import { and, CHENGDU, CHENGDU_2, COLD, CONSENSUS, ESI, IITT, IITT_VITALS, NEWS2, NICE_AMBER, PALS } from './sources.ts';
import type { Acuity } from '../triage.ts';

type Limit = NonNullable<Row['vital']>;
const row = (id: string, acuity: Acuity, vital: Limit, source: Text, age?: AgeRange): Row => ({
  id, acuity, vital, source, ...(age && { age }),
});

/** Our own step beyond the source: a clinician has to confirm it. */
const ours = (...args: Parameters<typeof row>): Row => ({ ...row(...args), confirm: true });

const months = (fromMonths: number, belowMonths: number): AgeRange => ({ fromMonths, belowMonths, unknown: 'ifChild' });

/** The four-level scale's objective limits. Where two levels print the same number, it stands at the more urgent one. */
export const VITAL_ROWS: readonly Row[] = [
  row('pulse-180', 'I', { name: 'pulsePerMinute', atLeast: 180 }, CONSENSUS, ADULT),
  row('pulse-40', 'I', { name: 'pulsePerMinute', atMost: 40 }, CONSENSUS, ADULT),
  row('pulse-150', 'II', { name: 'pulsePerMinute', atLeast: 150 }, CONSENSUS, ADULT),
  row('pulse-50', 'II', { name: 'pulsePerMinute', atMost: 50 }, CONSENSUS, ADULT),
  row('pulse-100', 'III', { name: 'pulsePerMinute', atLeast: 100 }, CONSENSUS, ADULT),
  row('pulse-55', 'III', { name: 'pulsePerMinute', atMost: 55 }, CONSENSUS, ADULT),
  row('systolic-70', 'I', { name: 'systolicMmHg', atMost: 70 }, CONSENSUS, ADULT),
  row('systolic-80', 'II', { name: 'systolicMmHg', atMost: 80 }, CONSENSUS, ADULT),
  row('systolic-200', 'II', { name: 'systolicMmHg', atLeast: 200 }, CONSENSUS, ADULT),
  row('systolic-90', 'III', { name: 'systolicMmHg', atMost: 90 }, CONSENSUS, ADULT),
  row('systolic-180', 'III', { name: 'systolicMmHg', atLeast: 180 }, CONSENSUS, ADULT),
  // A pill that works looks the same as blood that is lost; only somebody who looks at the person can tell.
  ours('systolic-fall-30', 'I', { name: 'systolicFallMmHg', atLeast: 30 }, and(CONSENSUS, '较平时血压急降30至60', 'acute fall 30 to 60 below usual')),
  // The scale says "with dyspnoea, not corrected by oxygen". Fired without both: on the phone, dyspnoea that nobody mentioned
  // is not dyspnoea that is absent, lungs can fail without it, and who has no oxygen at home cannot show that it would help.
  row('saturation-80', 'I', { name: 'oxygenSaturationPercent', atMost: 80 }, CONSENSUS),
  { ...row('saturation-90', 'II', { name: 'oxygenSaturationPercent', atMost: 90 }, CONSENSUS), saturationScale: 1 },
  { ...row('saturation-94', 'III', { name: 'oxygenSaturationPercent', atMost: 94 }, CONSENSUS), saturationScale: 1 },
  // Whose target is 88 to 92 lives with 90; below the target it is the same emergency, and so is 90 with new breathlessness.
  { ...ours('saturation-87-target', 'II', { name: 'oxygenSaturationPercent', atMost: 87 }, CONSENSUS), saturationScale: 2 },
  { ...ours('saturation-90-target-breathless', 'II', { name: 'oxygenSaturationPercent', atMost: 90 }, CONSENSUS), saturationScale: 2, together: ['breathless', 'wheeze', 'stridor', 'asthmaStable'] },
  row('temperature-41', 'I', { name: 'temperatureCelsius', atLeast: 41 }, CONSENSUS),
  ours('temperature-28', 'I', { name: 'temperatureCelsius', atMost: 28 }, COLD),
  ours('temperature-32', 'II', { name: 'temperatureCelsius', atMost: 32 }, COLD),
  row('glucose-3.33', 'I', { name: 'glucoseMmolPerLitre', atMost: 3.33 }, CONSENSUS),
  row('potassium-7', 'I', { name: 'potassiumMmolPerLitre', atLeast: 7 }, CONSENSUS),
  row('pain-7', 'II', { name: 'painScore', atLeast: 7 }, CONSENSUS),
  row('pain-4', 'III', { name: 'painScore', atLeast: 4 }, CONSENSUS),
  // Poor perfusion: over 3 seconds is red for grown-ups, 3 seconds is level 2 for children.
  row('capillary-refill-3', 'II', { name: 'capillaryRefillSeconds', atLeast: 3 }, and(IITT, CHENGDU_2.zh, CHENGDU_2.en)),
  row('temperature-39', 'III', { name: 'temperatureCelsius', atLeast: 39 }, IITT_VITALS),
  row('temperature-36', 'III', { name: 'temperatureCelsius', atMost: 35.9 }, IITT_VITALS),
  row('breaths-30', 'III', { name: 'respiratoryRatePerMinute', atLeast: 30 }, IITT_VITALS, ADULT),
  row('breaths-10', 'III', { name: 'respiratoryRatePerMinute', atMost: 10 }, IITT_VITALS, ADULT),
  ours('breaths-8', 'II', { name: 'respiratoryRatePerMinute', atMost: 8 }, and(NEWS2, '呼吸一项得3分；气道风险', 'respiration scores 3; airway risk')),
  // At any age: nobody who breathes this seldom keeps breathing, and whoever counted none may have typed 0 or 1.
  ours('breaths-5', 'I', { name: 'respiratoryRatePerMinute', atMost: 5 }, and(CONSENSUS, '心搏呼吸骤停、气道不能维持', 'arrest, airway not maintained')),
  { ...row('systolic-160-pregnant', 'II', { name: 'systolicMmHg', atLeast: 160 }, IITT), groups: ['pregnant'] },
  { ...row('diastolic-110-pregnant', 'II', { name: 'diastolicMmHg', atLeast: 110 }, IITT), groups: ['pregnant'] },
  { id: 'consciousness-unresponsive', acuity: 'I', consciousness: 'unresponsive', source: CONSENSUS },
  { id: 'consciousness-pain', acuity: 'I', consciousness: 'pain', source: CONSENSUS },
  // Level II says stupor, level III says drowsy but rousable; answering to voice alone may be either.
  { id: 'consciousness-voice', acuity: 'II', consciousness: 'voice', source: CONSENSUS },
  { id: 'consciousness-confused', acuity: 'III', consciousness: 'confused', source: CONSENSUS },
];

/**
 * Low pressure by age: 70 + 2 × years, and 90 from ten on. Level II, as for a grown-up at 80: a child keeps the pressure up
 * until late, so a low one is never the early sign. A band takes the limit of its own full years.
 */
const hypotension: readonly Row[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((years) =>
  ours(`child-systolic-${years}-years`, 'II', { name: 'systolicMmHg', atMost: 70 + 2 * years }, PALS, months(years * 12, years < 10 ? years * 12 + 12 : 168)));

/** Children: ESI's bands (decision point D reads "consider"; we take it), and NICE where a fever is known. */
export const CHILD_VITAL_ROWS: readonly Row[] = [
  row('child-pulse-under-3-months', 'II', { name: 'pulsePerMinute', atLeast: 180 }, ESI, months(0, 3)),
  row('child-pulse-3-months', 'II', { name: 'pulsePerMinute', atLeast: 160 }, ESI, months(3, 36)),
  row('child-pulse-3-years', 'II', { name: 'pulsePerMinute', atLeast: 140 }, ESI, months(36, 96)),
  // ESI's 100 for over eight is a prompt to think, and a frightened ten-year-old has it: level III, as for an adult.
  ours('child-pulse-8-years', 'III', { name: 'pulsePerMinute', atLeast: 100 }, ESI, months(96, 168)),
  ours('child-pulse-8-years-fast', 'II', { name: 'pulsePerMinute', atLeast: 140 }, ESI, months(96, 168)),
  row('child-breaths-under-3-months', 'II', { name: 'respiratoryRatePerMinute', atLeast: 50 }, ESI, months(0, 3)),
  row('child-breaths-3-months', 'II', { name: 'respiratoryRatePerMinute', atLeast: 40 }, ESI, months(3, 36)),
  row('child-breaths-3-years', 'II', { name: 'respiratoryRatePerMinute', atLeast: 30 }, ESI, months(36, 96)),
  ours('child-breaths-8-years', 'III', { name: 'respiratoryRatePerMinute', atLeast: 20 }, ESI, months(96, 168)),
  ours('child-breaths-8-years-fast', 'II', { name: 'respiratoryRatePerMinute', atLeast: 30 }, ESI, months(96, 168)),
  row('child-saturation-92', 'II', { name: 'oxygenSaturationPercent', atMost: 92 }, ESI, CHILD),
  row('child-saturation-95', 'III', { name: 'oxygenSaturationPercent', atMost: 95 }, NICE_AMBER, CHILD),
  row('child-saturation-90', 'I', { name: 'oxygenSaturationPercent', atMost: 90 }, CHENGDU, CHILD),
  // The score is the examiner's own sum; which table they added it up by is theirs as well.
  row('child-pews-5', 'I', { name: 'pewsScore', atLeast: 5 }, CHENGDU, CHILD),
  // NICE means a child with fever; a pulse this fast without one is seen as soon.
  row('child-pulse-160-amber', 'III', { name: 'pulsePerMinute', atLeast: 160 }, NICE_AMBER, months(0, 12)),
  row('child-pulse-150-amber', 'III', { name: 'pulsePerMinute', atLeast: 150 }, NICE_AMBER, months(12, 24)),
  row('child-pulse-140-amber', 'III', { name: 'pulsePerMinute', atLeast: 140 }, NICE_AMBER, months(24, 60)),
  row('child-temperature-35', 'I', { name: 'temperatureCelsius', atMost: 35 }, CHENGDU, CHILD),
  ours('child-systolic-70', 'I', { name: 'systolicMmHg', atMost: 70 }, PALS, months(12, 168)),
  ours('infant-systolic-60', 'I', { name: 'systolicMmHg', atMost: 60 }, PALS, months(0, 12)),
  ...hypotension,
  // No paediatric list at hand names an upper limit: what is an emergency in a grown-up is one in a child.
  ours('child-systolic-180', 'II', { name: 'systolicMmHg', atLeast: 180 }, CONSENSUS, CHILD),
  ours('child-pulse-60', 'I', { name: 'pulsePerMinute', atMost: 60 }, PALS, months(0, 60)),
  ours('child-pulse-40', 'I', { name: 'pulsePerMinute', atMost: 40 }, CONSENSUS, months(60, 168)),
  ours('child-pulse-50', 'II', { name: 'pulsePerMinute', atMost: 50 }, CONSENSUS, months(60, 168)),
  ours('child-pulse-55', 'III', { name: 'pulsePerMinute', atMost: 55 }, CONSENSUS, months(60, 168)),
  ours('child-pulse-180', 'I', { name: 'pulsePerMinute', atLeast: 180 }, CONSENSUS, months(96, 168)),
  // A crying infant reaches 200; what is faster than 220 is no longer the heart's own rhythm.
  ours('child-pulse-220', 'I', { name: 'pulsePerMinute', atLeast: 220 }, PALS, months(0, 96)),
  ours('child-breaths-10', 'II', { name: 'respiratoryRatePerMinute', atMost: 10 }, and(IITT_VITALS, '儿童上调', 'raised for children'), CHILD),
];
