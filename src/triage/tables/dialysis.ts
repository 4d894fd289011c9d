import { FINDINGS } from '../findings.ts';
import type { Row } from './row.ts';
import { DIALYSIS, DIALYSIS_POTASSIUM } from './sources.ts';

const needs = ['haemodialysis'] as const;

/**
 * What is no symptom of a body that was not dialysed: trouble with the access keeps level III, the others what their own
 * rows say.
 */
export const NO_SYMPTOM_OF_DIALYSIS: readonly string[] = [
  'dialysisAccessProblem', 'vitalMedicineOut', 'bornPreterm', 'sexualAssault', 'timedProphylaxis',
];

/** Their own rows say more than that there is a symptom. */
const OWN_ROWS: readonly string[] = ['hyperkalaemiaSigns', 'missedDialysis', 'breathlessOnDialysis'];

/**
 * Haemodialysis: any symptom counts as overdue, whatever the calendar says. Potassium and fluid look like almost anything,
 * and taking one of them for a trifle is the worse error; so a new finding is a symptom until somebody lists it above.
 */
export const DIALYSIS_ROWS: readonly Row[] = [
  { id: 'finding-hyperkalaemiaSigns', acuity: 'I', finding: 'hyperkalaemiaSigns', source: DIALYSIS, confirm: true },
  // Red from 96 hours, as `requests/` reads it from the calendar: at 72 the long gap of every week ends, and level III, which the
  // need has, already means that a chair is found within the half hour.
  { id: 'finding-missedDialysis', acuity: 'II', finding: 'missedDialysis', source: DIALYSIS, confirm: true },
  { id: 'finding-breathlessOnDialysis', acuity: 'II', finding: 'breathlessOnDialysis', source: DIALYSIS, confirm: true },
  ...FINDINGS.map(({ code }) => code)
    .filter((code) => !NO_SYMPTOM_OF_DIALYSIS.includes(code) && !OWN_ROWS.includes(code))
    .map((finding): Row => ({ id: `dialysis-${finding}`, acuity: 'II', finding, needs, source: DIALYSIS, confirm: true })),
  { id: 'dialysis-saturation-94', acuity: 'II', vital: { name: 'oxygenSaturationPercent', atMost: 94 }, needs, source: DIALYSIS, confirm: true },
  { id: 'dialysis-temperature-38', acuity: 'II', vital: { name: 'temperatureCelsius', atLeast: 38 }, needs, source: DIALYSIS, confirm: true },
  { id: 'dialysis-potassium-6', acuity: 'II', vital: { name: 'potassiumMmolPerLitre', atLeast: 6 }, needs, source: DIALYSIS_POTASSIUM, confirm: true },
  { id: 'dialysis-confused', acuity: 'II', consciousness: 'confused', needs, source: DIALYSIS, confirm: true },
  { id: 'finding-dialysisAccessProblem', acuity: 'III', finding: 'dialysisAccessProblem', source: DIALYSIS },
];
