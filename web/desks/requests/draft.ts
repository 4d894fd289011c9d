import type { Place } from '../../../src/base/index.ts';
import type { FoundPlace } from '../../../src/city/index.ts';
import type { TownAnswer } from '../data/contract.ts';
import { withAnswers, type Answers, type Group, type Need, type TriageCase } from '../../../src/triage/index.ts';

/** A request while it is being written: what was typed, nothing decided. */
export interface Draft {
  readonly phone: string;
  readonly town: string;
  readonly address: string;
  /** Found by its name or pointed at; without it the middle of the town is taken for the place. */
  readonly point: Place | undefined;
  /** What was found there; empty for a place that was pointed at. */
  readonly pointName: string;
  readonly gate: FoundPlace['gate'];
  readonly name: string;
  readonly age: string;
  readonly ageUnit: 'years' | 'months';
  readonly sex: '' | 'female' | 'male' | 'other';
  readonly need: string;
  readonly complaint: string;
  readonly findings: readonly string[];
  /** What the interview has heard beside the findings: a "no", a "can't tell", a topic. */
  readonly answers: Answers;
  readonly groups: readonly string[];
  readonly patientKind: string;
  readonly test: string;
  readonly mobility: string;
  readonly companion: string;
  readonly proxyName: string;
  readonly proxyPhone: string;
  readonly medicine: string;
  readonly daysLeft: string;
  readonly lastSession: string;
  readonly ownInstitution: string;
}

/** No place is known but the town and what was written. */
export const NOWHERE = { point: undefined, pointName: '', gate: undefined } as const;

export const EMPTY: Draft = {
  phone: '', town: '', address: '', ...NOWHERE, name: '', age: '', ageUnit: 'years', sex: '', need: '', complaint: '', findings: [], answers: {},
  groups: [], patientKind: '', test: '', mobility: '', companion: '', proxyName: '', proxyPhone: '', medicine: '', daysLeft: '',
  lastSession: '', ownInstitution: '',
};

/** Who, where and what for; the rest sharpens the answer and is never a reason to wait. */
export function problemsOf({ phone, town, address, name, need, proxyName, proxyPhone }: Draft): readonly string[] {
  const problems: string[] = [];
  if (!phone.trim()) problems.push('phone');
  if (!town) problems.push('town');
  if (!address.trim()) problems.push('address');
  if (!need) problems.push('need');
  if (!name.trim()) problems.push('name');
  if (Boolean(proxyName.trim()) !== Boolean(proxyPhone.trim())) problems.push('proxy');
  return problems;
}

/** Months, from what was typed; undefined when it is not known. */
export function ageMonthsOf({ age, ageUnit }: Pick<Draft, 'age' | 'ageUnit'>): number | undefined {
  const number = Number(age);
  if (age.trim() === '' || !Number.isFinite(number) || number < 0) return undefined;
  return Math.floor(ageUnit === 'years' ? number * 12 : number);
}

/** The case before the interview; what was answered in it is added by `withAnswers`. */
export function careOf(draft: Draft): TriageCase {
  const ageMonths = ageMonthsOf(draft);
  return {
    need: (draft.need || 'generalOutpatient') as Need, groups: draft.groups as readonly Group[], findings: draft.findings, vitals: {},
    ...(ageMonths !== undefined && { ageMonths }), ...(draft.sex && { sex: draft.sex }),
  };
}

/** What is sent: nothing that was left open, so that "not known" never looks like "no". */
export function intakeOf(draft: Draft): object {
  const ageMonths = ageMonthsOf(draft);
  const { notKnown = [] } = withAnswers(careOf(draft), draft.answers);
  const text = (value: string): string | undefined => value.trim() || undefined;
  const own = {
    complaint: text(draft.complaint), companion: text(draft.companion), patientKind: text(draft.patientKind), test: text(draft.test),
    mobility: text(draft.mobility), medicine: text(draft.medicine), ownInstitution: text(draft.ownInstitution),
    medicineDaysLeft: draft.daysLeft.trim() === '' ? undefined : Number(draft.daysLeft),
    lastSessionAt: draft.lastSession ? Date.parse(`${draft.lastSession}:00+08:00`) : undefined,
  };
  return {
    person: {
      name: draft.name.trim(), phone: draft.phone.trim(),
      ...(ageMonths !== undefined && { ageMonths }), ...(draft.sex && { sex: draft.sex }),
    },
    ...(draft.proxyName.trim() && { proxy: { name: draft.proxyName.trim(), phone: draft.proxyPhone.trim() } }),
    town: draft.town, address: draft.address.trim(), need: draft.need, ...(draft.point && { point: draft.point }),
    groups: draft.groups, findings: draft.findings, vitals: {}, ...(notKnown.length > 0 && { notKnown }),
    ...Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined)),
  };
}

/** The town whose middle is nearest: a first guess for a place that was pointed at, which the caller confirms. */
export function townAt({ lon, lat }: Place, towns: readonly TownAnswer[]): string | undefined {
  const narrower = Math.cos((lat * Math.PI) / 180);
  const far = ({ centre }: TownAnswer): number => Math.hypot((centre.lon - lon) * narrower, centre.lat - lat);
  return [...towns].sort((a, b) => far(a) - far(b))[0]?.code;
}

/**
 * What a found place says of where the person is. What was typed with a number ("玫瑰园12号楼804") is kept beside the name: it
 * says which door. A town gives no point: its middle would send a crew to the wrong end of it.
 */
export function foundAt({ kind, town, address, point, gate }: FoundPlace, name: string, typed: string): Partial<Draft> {
  if (kind === 'town') return { town, ...NOWHERE };
  const door = /\d/.test(typed) && !address?.includes(typed.trim()) ? typed.trim() : '';
  return { town, address: [name, address, door].filter(Boolean).join(' '), point, pointName: name, gate };
}
