import type { Text } from '../base/index.ts';
import { findFinding } from './findings.ts';
import { findRow } from './rows.ts';
import type { ExtraRow } from './tables/extra.ts';
import type { Reading } from './tables/row.ts';

const READINGS: Readonly<Record<Reading, Text>> = {
  pulsePerMinute: { zh: '脉搏', en: 'pulse' },
  systolicMmHg: { zh: '血压', en: 'blood pressure' },
  usualSystolicMmHg: { zh: '血压', en: 'blood pressure' },
  systolicFallMmHg: { zh: '血压骤降', en: 'sudden fall of blood pressure' },
  diastolicMmHg: { zh: '血压', en: 'blood pressure' },
  oxygenSaturationPercent: { zh: '血氧', en: 'oxygen in the blood' },
  respiratoryRatePerMinute: { zh: '呼吸次数', en: 'breaths per minute' },
  temperatureCelsius: { zh: '体温', en: 'temperature' },
  glucoseMmolPerLitre: { zh: '血糖', en: 'blood sugar' },
  potassiumMmolPerLitre: { zh: '血钾', en: 'potassium in the blood' },
  capillaryRefillSeconds: { zh: '末梢循环', en: 'circulation in the skin' },
  painScore: { zh: '疼痛程度', en: 'pain' },
  pewsScore: { zh: '儿童预警评分', en: "children's warning score" },
};

const SCORE: Text = { zh: '几项生命体征合起来偏离正常', en: 'several vital signs together' };
const LOWERED: Text = { zh: '医师了解情况后下调', en: 'lowered by a clinician who has spoken to the person or seen them' };
const EXTRA: Readonly<Record<ExtraRow, Text>> = {
  'news2-7': SCORE, 'news2-5': SCORE, 'news2-7-floor': SCORE, 'news2-5-floor': SCORE,
  'news2-single-3': { zh: '有一项生命体征明显异常', en: 'one vital sign far from normal' },
  'news2-single-3-floor': { zh: '有一项生命体征明显异常', en: 'one vital sign far from normal' },
  'two-danger-signs': { zh: '同时有两种危险征象', en: 'two danger signs at once' },
  'unknown-finding': { zh: '有一项情况系统不认识，需要人工再问', en: 'something was reported that the tables do not know, a person must ask' },
  'not-known-alive': { zh: '不清楚是否清醒、有没有呼吸', en: 'not known whether awake and breathing' },
  'lowered-II': LOWERED, 'lowered-III': LOWERED, 'lowered-IV': LOWERED,
};

/** What a row is about, in words for the person it speaks of; undefined where the need alone speaks. */
export function nameOfRow(id: string): Text | undefined {
  const row = findRow(id);
  if (!row) return undefined;
  if (row.finding) return findFinding(row.finding)?.name;
  if (row.notKnown) {
    const name = findFinding(row.notKnown)!.name;
    return { zh: `不清楚有没有：${name.zh}`, en: `not known whether: ${name.en}` };
  }
  if (row.vital) return READINGS[row.vital.name];
  if (row.consciousness) return { zh: '意识状态', en: 'how awake the person is' };
  return (EXTRA as Readonly<Record<string, Text>>)[id];
}
