import { ADULT, CHILD, CONSENSUS, ESI, IITT, NICE } from './row.ts';
import type { AgeRange, Row } from './row.ts';
import type { Acuity } from '../triage.ts';

type Limit = NonNullable<Row['vital']>;
const row = (id: string, acuity: Acuity, vital: Limit, source: string, age?: AgeRange): Row => ({
  id, acuity, vital, source, ...(age && { age }),
});

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
  // Fired with or without reported dyspnoea: on the phone, dyspnoea that nobody mentioned is not dyspnoea that is absent.
  row('saturation-80', 'I', { name: 'oxygenSaturationPercent', atMost: 80 }, CONSENSUS),
  row('saturation-90', 'II', { name: 'oxygenSaturationPercent', atMost: 90 }, CONSENSUS),
  row('saturation-94', 'III', { name: 'oxygenSaturationPercent', atMost: 94 }, CONSENSUS),
  row('temperature-41', 'I', { name: 'temperatureCelsius', atLeast: 41 }, CONSENSUS),
  row('glucose-3.33', 'I', { name: 'glucoseMmolPerLitre', atMost: 3.33 }, CONSENSUS),
  row('temperature-39', 'III', { name: 'temperatureCelsius', atLeast: 39 }, `${IITT}, high-risk vital signs`),
  row('temperature-36', 'III', { name: 'temperatureCelsius', atMost: 35.9 }, `${IITT}, high-risk vital signs`),
  row('breaths-30', 'III', { name: 'respiratoryRatePerMinute', atLeast: 30 }, `${IITT}, high-risk vital signs`, ADULT),
  row('breaths-10', 'III', { name: 'respiratoryRatePerMinute', atMost: 10 }, `${IITT}, high-risk vital signs`, ADULT),
  { ...row('breaths-8', 'II', { name: 'respiratoryRatePerMinute', atMost: 8 }, 'NEWS2, respiration scores 3; airway risk'), confirm: true },
  { ...row('systolic-160-pregnant', 'II', { name: 'systolicMmHg', atLeast: 160 }, IITT), groups: ['pregnant'] },
  { id: 'consciousness-unresponsive', acuity: 'I', consciousness: 'unresponsive', source: CONSENSUS },
  { id: 'consciousness-pain', acuity: 'I', consciousness: 'pain', source: CONSENSUS },
  // Level II says stupor, level III says drowsy but rousable; answering to voice alone may be either.
  { id: 'consciousness-voice', acuity: 'II', consciousness: 'voice', source: CONSENSUS },
  { id: 'consciousness-confused', acuity: 'III', consciousness: 'confused', source: CONSENSUS },
];

/** Children: ESI's bands (decision point D reads "consider"; we take it), and NICE where a fever is known. */
export const CHILD_VITAL_ROWS: readonly Row[] = [
  row('child-pulse-under-3-months', 'II', { name: 'pulsePerMinute', atLeast: 180 }, ESI, months(0, 3)),
  row('child-pulse-3-months', 'II', { name: 'pulsePerMinute', atLeast: 160 }, ESI, months(3, 36)),
  row('child-pulse-3-years', 'II', { name: 'pulsePerMinute', atLeast: 140 }, ESI, months(36, 96)),
  // ESI's 100 for over eight is a prompt to think, and a frightened ten-year-old has it: level III, as for an adult.
  { ...row('child-pulse-8-years', 'III', { name: 'pulsePerMinute', atLeast: 100 }, ESI, months(96, 168)), confirm: true },
  { ...row('child-pulse-8-years-fast', 'II', { name: 'pulsePerMinute', atLeast: 140 }, ESI, months(96, 168)), confirm: true },
  row('child-breaths-under-3-months', 'II', { name: 'respiratoryRatePerMinute', atLeast: 50 }, ESI, months(0, 3)),
  row('child-breaths-3-months', 'II', { name: 'respiratoryRatePerMinute', atLeast: 40 }, ESI, months(3, 36)),
  row('child-breaths-3-years', 'II', { name: 'respiratoryRatePerMinute', atLeast: 30 }, ESI, months(36, 96)),
  { ...row('child-breaths-8-years', 'III', { name: 'respiratoryRatePerMinute', atLeast: 20 }, ESI, months(96, 168)), confirm: true },
  { ...row('child-breaths-8-years-fast', 'II', { name: 'respiratoryRatePerMinute', atLeast: 30 }, ESI, months(96, 168)), confirm: true },
  row('child-saturation-92', 'II', { name: 'oxygenSaturationPercent', atMost: 92 }, ESI, CHILD),
  row('child-saturation-95', 'III', { name: 'oxygenSaturationPercent', atMost: 95 }, `${NICE}, amber`, CHILD),
  row('child-saturation-90', 'I', { name: 'oxygenSaturationPercent', atMost: 90 }, 'Chengdu paediatric triage criteria, level 1', CHILD),
  row('child-temperature-35', 'I', { name: 'temperatureCelsius', atMost: 35 }, 'Chengdu paediatric triage criteria, level 1', CHILD),
  { ...row('child-systolic-70', 'I', { name: 'systolicMmHg', atMost: 70 }, 'Hypotension limit over one year; paediatric life support', months(12, 168)), confirm: true },
  { ...row('infant-systolic-60', 'I', { name: 'systolicMmHg', atMost: 60 }, 'Hypotension limit under one year; paediatric life support', months(0, 12)), confirm: true },
  { ...row('child-pulse-60', 'I', { name: 'pulsePerMinute', atMost: 60 }, 'Slow pulse in a small child; paediatric life support', months(0, 60)), confirm: true },
  { ...row('child-pulse-50', 'II', { name: 'pulsePerMinute', atMost: 50 }, CONSENSUS, months(60, 168)), confirm: true },
];
