import type { Acuity, Need } from '../triage.ts';
import { UNDER_FIVE } from './row.ts';
import type { Row } from './row.ts';
import { DEFAULT } from './sources.ts';

const base = (acuity: Acuity, ...needs: Need[]): Row[] =>
  needs.map((need) => ({ id: `need-${need}`, acuity, needs: [need], source: DEFAULT, confirm: true }));
const raise = (id: string, need: Need, rest: Partial<Row>): Row => ({
  id, acuity: 'III', needs: [need], source: DEFAULT, confirm: true, ...rest,
});

/**
 * Where a person stands before any finding: what the need alone says. Sending help to someone who did not need it costs
 * an hour of a vehicle; the opposite error is the one the index cases are about.
 */
export const NEED_ROWS: readonly Row[] = [
  ...base('II', 'emergency', 'severeIllness'),
  // A session missed is a death within days; the chair has to be found within the half hour, not the half day.
  ...base('III', 'haemodialysis', 'obstetrics', 'inpatientAdmission'),
  ...base('IV', 'fever', 'paediatrics', 'radiotherapy', 'chemotherapy', 'generalOutpatient', 'specialist', 'expert',
    'chronicFollowUp', 'medicineRefill', 'onlineConsultation'),
  // Fever is level IV only when it is known to be mild, in somebody known to be neither very young nor old nor expecting.
  raise('fever-unmeasured', 'fever', { unmeasured: 'temperatureCelsius' }),
  raise('fever-age-unknown', 'fever', { age: { fromMonths: Infinity, unknown: 'applies' } }),
  raise('fever-small-child', 'fever', { age: UNDER_FIVE }),
  raise('fever-old', 'fever', { age: { fromMonths: 65 * 12, unknown: 'unlessChild' } }),
  raise('fever-vulnerable', 'fever', { groups: ['pregnant', 'elderly', 'chronic', 'underThree'] }),
  raise('paediatrics-small-child', 'paediatrics', { age: { belowMonths: 60, unknown: 'applies' } }),
  raise('paediatrics-under-three', 'paediatrics', { groups: ['underThree'] }),
  // On chemotherapy an unmeasured temperature is a fever not yet excluded.
  raise('chemotherapy-unmeasured', 'chemotherapy', { unmeasured: 'temperatureCelsius' }),
];
