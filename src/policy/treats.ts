import type { Text } from '../base/index.ts';
import type { Service } from '../city/index.ts';
import type { Need } from '../triage/index.ts';
import type { Condition } from './document.ts';
import { SETS } from './facts.ts';
import { ANSWER_WORDS, SET_WORDS } from './words.ts';

/** Which services can look after whom. */
export interface Treated {
  /** Stays the same: keys of findings are made of it. */
  readonly id: string;
  readonly of: readonly Condition[];
  readonly who: Text;
  /** Can be chosen for them. */
  readonly by: readonly Service[];
  /** Can do what is most urgent for them where none of those can be had, and no more. */
  readonly standIns: readonly Service[];
  readonly why: Text;
}

const [EMERGENCIES, OTHERS, REMOTE] = [SETS.acuity!.emergencies!, SETS.acuity!.others!, SETS.need!.remote!];
/** Needs of which a fever makes a patient of the fever clinic; a session, a birth and a bed are wanted with a fever as well. */
const FEVER_FIRST = ['paediatrics', 'generalOutpatient', 'specialist', 'expert', ...REMOTE];

function need(name: Need, by: readonly Service[], standIns: readonly Service[], zh: string, en: string): Treated {
  const condition: Condition = { acuity: OTHERS, need: [name], ...(FEVER_FIRST.includes(name) && { fever: ['no'] }) };
  return { id: name, of: [condition], who: ANSWER_WORDS.need[name], by, standIns, why: { zh, en } };
}

const CLINICS = ['generalOutpatient', 'specialist', 'expert', 'paediatrics'] as const satisfies readonly Service[];
const CLINIC = need('generalOutpatient', CLINICS, ['emergency'], '看病要有医生当面看的门诊', 'it takes a clinic where a doctor sees people in person');

/**
 * Every need and every place a policy can send it to. A row too narrow asks a planner for a reason in writing; one too wide sends
 * somebody to a house that cannot help them, so rows are narrow. Assumed from what each service
 * has that the others lack; to be confirmed by a clinician.
 */
export const TREATED: readonly Treated[] = [
  {
    id: 'emergencies', of: [{ acuity: EMERGENCIES }], who: SET_WORDS.acuity!.emergencies!, by: ['emergency'], standIns: [],
    why: { zh: '急危重症只有急诊能随时抢救', en: 'only an emergency department resuscitates at any hour' },
  },
  {
    id: 'withFever', of: [{ acuity: OTHERS, need: ['fever'] }, { acuity: OTHERS, need: FEVER_FIRST, fever: ['yes'] }], who: ANSWER_WORDS.fever.yes,
    by: ['feverClinic', 'emergency'], standIns: [],
    why: { zh: '发热要在发热门诊或急诊看，与其他病人分开', en: 'a fever is looked at apart from others: in a fever clinic, or an emergency department' },
  },
  need('emergency', ['emergency'], [], '只有急诊不预约、随时接诊', 'only an emergency department sees people at any hour without an appointment'),
  need('haemodialysis', ['haemodialysis'], ['emergency'], '只有透析室有透析机；急诊只能暂时处理高钾和水肿', 'only a dialysis unit has the machines; an emergency department can bridge a missed session'),
  need('severeIllness', ['severeIllness', 'emergency'], ['inpatient'], '重症要有能抢救和监护的地方', 'severe illness needs a place that monitors and resuscitates'),
  need('obstetrics', ['obstetrics'], ['emergency'], '孕产要有产科；急诊可以接急产', 'pregnancy needs a maternity unit; an emergency department can take a sudden birth'),
  need('paediatrics', ['paediatrics'], ['emergency', 'generalOutpatient'], '孩子要由看儿科的医生看', 'a child is seen by those who see children'),
  need('radiotherapy', ['radiotherapy'], [], '只有放疗科有放疗设备', 'only a radiotherapy unit has the machine'),
  need('chemotherapy', ['chemotherapy'], ['inpatient'], '化疗要有配药和观察的条件', 'chemotherapy needs those who prepare it and watch over it'),
  need('inpatientAdmission', ['inpatient'], ['emergency'], '住院要有病床；急诊可以留观', 'an admission needs a bed; an emergency department can keep somebody under observation'),
  { ...CLINIC, of: [{ ...CLINIC.of[0], test: SETS.test!.notPositive! }] },
  // Apart from others, and by a doctor: a fever clinic does as well, for whoever needs no more than a clinic.
  { ...CLINIC, id: 'generalOutpatientPositive', of: [{ ...CLINIC.of[0], test: SETS.test!.anyPositive! }], by: [...CLINICS, 'feverClinic'] },
  need('specialist', ['specialist', 'expert', 'paediatrics'], ['generalOutpatient', 'emergency'], '专科的病要由专科或专家看', 'it takes a specialist, or an expert'),
  need('expert', ['expert', 'specialist', 'paediatrics'], ['generalOutpatient', 'emergency'], '疑难的病要由专家或专科看', 'it takes an expert, or a specialist'),
  ...(['chronicFollowUp', 'medicineRefill', 'onlineConsultation'] as const).map((name) =>
    need(name, ['cloudClinic', ...CLINICS, 'emergency'], [], '复诊配药要由开得了处方的医生看', 'it takes a doctor who can prescribe')),
];

/** A children's clinic sees nobody of fourteen or older; a need that says "child" is taken at its word. */
export const NO_CHILD: Condition = { acuity: OTHERS, need: ['generalOutpatient', 'specialist', 'expert', ...REMOTE], age: ['fourteenAndOver'] };
