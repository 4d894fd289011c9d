import type { Text } from '../base/index.ts';
import { SERVICES } from '../city/index.ts';
import { ACUITIES } from '../triage/index.ts';
import { CONSULT_URGENCIES, type ConsultUrgency, type Demanded, type Demands } from './demands.ts';
import { SERVICE_WORDS } from './words.ts';

/** One figure in words, as it stands on a screen. */
export interface Figure {
  readonly what: Text;
  readonly value: Text;
}

const URGENCY_WORDS: Readonly<Record<ConsultUrgency, Text>> = {
  immediate: { zh: '立即', en: 'immediate' }, urgent: { zh: '紧急', en: 'urgent' }, soon: { zh: '尽快', en: 'soon' }, sameDay: { zh: '当日', en: 'same day' },
};

const minutes = (value: number): Text => (value % 60 === 0 ? hours(value / 60) : { zh: `${value}分钟`, en: `${value} min` });
const hours = (value: number): Text => ({ zh: `${value}小时`, en: `${value} h` });
const days = (value: number): Text => (Number.isInteger(value) ? { zh: `${value}天`, en: value === 1 ? '1 day' : `${value} days` } : hours(value * 24));

/** What a sentence demands, figure by figure. */
export function sayDemands({ closureDaysMax, secondPerson = [], knownHours = {}, answerMinutes = {}, receivedMinutes = {} }: Demands): readonly Figure[] {
  return [
    ...(closureDaysMax === undefined ? [] : [{ what: { zh: '关停最长', en: 'longest closure' }, value: days(closureDaysMax) }]),
    ...(secondPerson.length === 0 ? [] : [{
      what: { zh: '须第二人确认才能关停', en: 'closed only with a second person' },
      value: { zh: secondPerson.map((service) => SERVICE_WORDS[service].zh).join('、'), en: secondPerson.map((service) => SERVICE_WORDS[service].en).join(', ') },
    }]),
    ...SERVICES.flatMap((service): Figure[] => (knownHours[service] === undefined ? [] : [{
      what: { zh: `${SERVICE_WORDS[service].zh}状态有效`, en: `word on ${SERVICE_WORDS[service].en} is known for` }, value: hours(knownHours[service]),
    }])),
    ...CONSULT_URGENCIES.flatMap((urgency): Figure[] => (answerMinutes[urgency] === undefined ? [] : [{
      what: { zh: `会诊答复（${URGENCY_WORDS[urgency].zh}）`, en: `expert’s answer, ${URGENCY_WORDS[urgency].en}` }, value: minutes(answerMinutes[urgency]),
    }])),
    ...ACUITIES.flatMap((acuity): Figure[] => (receivedMinutes[acuity] === undefined ? [] : [{
      what: { zh: `${acuity}级到门口后接诊`, en: `level ${acuity} received at the door within` }, value: minutes(receivedMinutes[acuity]),
    }])),
  ];
}

/** A figure that two policies give differently. */
export interface DemandChange {
  readonly what: Text;
  readonly was: Text;
  readonly now: Text;
}

export function compareDemanded(first: Demanded, second: Demanded): readonly DemandChange[] {
  const [was, now] = [sayAll(first), sayAll(second)];
  return was.flatMap(({ what, value }, place) => (now[place]!.value.en === value.en ? [] : [{ what, was: value, now: now[place]!.value }]));
}

const sayAll = ({ status: { closureDaysMax, secondPerson, knownHours }, ...rest }: Demanded): readonly Figure[] =>
  sayDemands({ closureDaysMax, secondPerson: SERVICES.filter((service) => secondPerson.has(service)), knownHours, ...rest });
