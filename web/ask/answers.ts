import type { Intake } from '../../src/requests/index.ts';
import type { Group, Need, TriageCase } from '../../src/triage/index.ts';

/** What has been answered so far: strings as typed, so that nothing is lost on the way back and forth. */
export interface Answers {
  who: '' | 'me' | 'other';
  /** Codes of findings that mean 120 now; `none` when none of them holds. */
  danger: readonly string[];
  matter: '' | Need;
  complaint: string;
  since: string;
  temperature: string;
  medicine: string;
  medicineDaysLeft: string;
  lastSessionDay: string;
  lastSessionHour: string;
  ownInstitution: string;
  age: string;
  ageUnit: 'years' | 'months';
  sex: '' | 'female' | 'male' | 'other';
  groups: readonly string[];
  findings: Readonly<Record<string, 'yes' | 'no' | 'unknown'>>;
  district: string;
  town: string;
  address: string;
  patientKind: string;
  test: string;
  mobility: string;
  companion: string;
  name: string;
  phone: string;
  proxyName: string;
  proxyPhone: string;
}

export const NO_ANSWERS: Answers = {
  who: '', danger: [], matter: '', complaint: '', since: '', temperature: '', medicine: '', medicineDaysLeft: '',
  lastSessionDay: '', lastSessionHour: '', ownInstitution: '', age: '', ageUnit: 'years', sex: '', groups: [], findings: {},
  district: '', town: '', address: '', patientKind: '', test: '', mobility: '', companion: '', name: '', phone: '',
  proxyName: '', proxyPhone: '',
};

/** Dialysis and other answers that came as a choice; `unknown` and empty are both "not said". */
const said = (value: string): boolean => value !== '' && value !== 'unknown';

export function inDanger(answers: Answers): boolean {
  return answers.danger.some((code) => code !== 'none');
}

/** A life in danger is an emergency, whatever else it is about. */
export function needOf(answers: Answers): Need {
  return inDanger(answers) ? 'emergency' : answers.matter || 'generalOutpatient';
}

export function ageMonthsOf({ age, ageUnit }: Answers): number | undefined {
  const number = numberOf(age);
  if (number === undefined) return undefined;
  return Math.floor(ageUnit === 'years' ? number * 12 : number);
}

/** Full-width digits, as a Chinese keyboard writes them, are digits too. */
export function numberOf(text: string): number | undefined {
  const plain = text.normalize('NFKC').replace(',', '.').trim();
  return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : undefined;
}

export function phoneOf(text: string): string {
  return text.normalize('NFKC').replace(/[\s()-]/g, '');
}

export function findingsOf({ danger, findings }: Answers): readonly string[] {
  const yes = Object.entries(findings).filter(([, answer]) => answer === 'yes').map(([code]) => code);
  return [...new Set([...danger.filter((code) => code !== 'none'), ...yes])];
}

/** Asked, and the person could not tell: never sent as a "no". */
function notKnownOf({ findings }: Answers): readonly string[] {
  return Object.keys(findings).filter((code) => findings[code] === 'unknown');
}

/** The case as the triage tables see it. */
export function caseOf(answers: Answers): TriageCase {
  const ageMonths = ageMonthsOf(answers);
  const temperatureCelsius = numberOf(answers.temperature);
  const notKnown = notKnownOf(answers);
  return {
    need: needOf(answers),
    groups: answers.groups.filter((group): group is Group => group !== 'none'),
    findings: findingsOf(answers),
    ...(notKnown.length > 0 && { notKnown }),
    vitals: temperatureCelsius === undefined ? {} : { temperatureCelsius },
    ...(ageMonths !== undefined && { ageMonths }),
    ...(answers.sex && { sex: answers.sex }),
  };
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const CITY_OFFSET_MS = 8 * HOUR_MS;

/** A day counted back from today and an hour of the city's clock; a start that would lie ahead is now. */
export function lastSessionAt({ lastSessionDay, lastSessionHour }: Answers, now: number): number | undefined {
  if (!said(lastSessionDay) || !said(lastSessionHour)) return undefined;
  const today = Math.floor((now + CITY_OFFSET_MS) / DAY_MS) * DAY_MS - CITY_OFFSET_MS;
  return Math.min(now, today - Number(lastSessionDay) * DAY_MS + Number(lastSessionHour) * HOUR_MS);
}

/** The request as it is sent. What was not said is left out: nobody guesses for the person. */
export function intakeOf(answers: Answers, now: number): Omit<Intake, 'channel'> {
  const care = caseOf(answers);
  const days = numberOf(answers.medicineDaysLeft);
  const session = care.need === 'haemodialysis' ? lastSessionAt(answers, now) : undefined;
  const { need, groups, findings, notKnown, vitals } = care;
  return {
    person: {
      name: answers.name.trim(), phone: phoneOf(answers.phone),
      ...(care.ageMonths !== undefined && { ageMonths: care.ageMonths }),
      ...(care.sex && { sex: care.sex }),
    },
    ...(answers.who === 'other' && { proxy: { name: answers.proxyName.trim(), phone: phoneOf(answers.proxyPhone) } }),
    town: answers.town, address: answers.address.trim(), need, groups, findings, vitals,
    ...(notKnown && { notKnown }),
    ...(answers.complaint.trim() && { complaint: answers.complaint.trim() }),
    ...(said(answers.since) && { since: now - Number(answers.since) * HOUR_MS }),
    ...(said(answers.companion) && { companion: answers.companion }),
    ...(said(answers.patientKind) && { patientKind: answers.patientKind as NonNullable<Intake['patientKind']> }),
    ...(said(answers.test) && { test: answers.test as NonNullable<Intake['test']> }),
    ...(said(answers.mobility) && { mobility: answers.mobility as NonNullable<Intake['mobility']> }),
    ...(session !== undefined && { lastSessionAt: session }),
    ...(need === 'haemodialysis' && said(answers.ownInstitution) && { ownInstitution: answers.ownInstitution }),
    ...(need === 'medicineRefill' && days !== undefined && { medicineDaysLeft: Math.floor(days) }),
    ...(need === 'medicineRefill' && answers.medicine.trim() && { medicine: answers.medicine.trim() }),
  };
}
