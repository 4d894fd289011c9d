import type { Text } from '../base/index.ts';
import { STATUS_RULES, type Service, type StatusRules } from '../city/index.ts';
import type { Acuity } from '../triage/index.ts';

/** How soon the one who asks an expert needs the answer: life at risk now, this hour, this shift, today. */
export const CONSULT_URGENCIES = ['immediate', 'urgent', 'soon', 'sameDay'] as const;
export type ConsultUrgency = (typeof CONSULT_URGENCIES)[number];

/** What is demanded of institutions, whoever their patients are: how long they may be shut, how old their word may be, how soon they act. */
export interface Demanded {
  readonly status: StatusRules;
  /** Until the written answer of an expert. */
  readonly answerMinutes: Readonly<Record<ConsultUrgency, number>>;
  /** From standing at the door until being received by name; beyond it silence is a refusal. */
  readonly receivedMinutes: Readonly<Record<Acuity, number>>;
}

/**
 * Where no announcement and no standing rule says otherwise. The answers are the usual consultation times of a hospital. Received: 急诊预检分诊专家共识
 * 2018 (level I at once, II 10, III 30, IV 60 minutes); "at once" needs a number here, and five minutes leave a crew time to hand over and a ward to
 * press, and are short enough that nobody bleeds outside for two hours (Xi'an, 1 January 2022). An alarm too many costs a telephone call, so it
 * leans that way. Synthetic for level I.
 */
export const DEMANDED: Demanded = {
  status: STATUS_RULES,
  answerMinutes: { immediate: 10, urgent: 30, soon: 120, sameDay: 1_440 },
  receivedMinutes: { I: 5, II: 10, III: 30, IV: 60 },
};

/** One sentence about institutions as data. */
export interface Demand {
  readonly id: string;
  readonly clause: string;
  readonly text: Text;
  readonly says: Demands;
  /** Where it stands in its file. */
  readonly line: number;
}

/** The figures it gives; all others stay what they are. */
export interface Demands {
  readonly closureDaysMax?: number;
  /** Added to those that always need one: no announcement lets a department shut an emergency room alone. */
  readonly secondPerson?: readonly Service[];
  readonly knownHours?: Readonly<Partial<Record<Service, number>>>;
  readonly answerMinutes?: Readonly<Partial<Record<ConsultUrgency, number>>>;
  readonly receivedMinutes?: Readonly<Partial<Record<Acuity, number>>>;
}

/** @param lists the strongest first; in each, as with measures, the first that speaks of something settles it */
export function demandedBy(...lists: readonly (readonly Demand[])[]): Demanded {
  return lists.flat().toReversed().reduce((demanded, { says }) => withDemands(demanded, says), DEMANDED);
}

export function withDemands({ status, answerMinutes, receivedMinutes }: Demanded, says: Demands): Demanded {
  return {
    status: {
      closureDaysMax: says.closureDaysMax ?? status.closureDaysMax,
      secondPerson: new Set([...status.secondPerson, ...(says.secondPerson ?? [])]),
      knownHours: { ...status.knownHours, ...says.knownHours },
    },
    answerMinutes: { ...answerMinutes, ...says.answerMinutes },
    receivedMinutes: { ...receivedMinutes, ...says.receivedMinutes },
  };
}
