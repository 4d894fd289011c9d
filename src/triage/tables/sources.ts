import type { Text } from '../../base/index.ts';

/**
 * Where a row comes from, by the name under which its reader finds it: a standard by its own name in each language. What we
 * made of it stands behind, by `and`.
 */
const source = (zh: string, en: string): Text => ({ zh, en });

/** A source, and what the row takes from it or adds to it. */
export const and = (from: Text, zh: string, en: string): Text => source(`${from.zh}；${zh}`, `${from.en}; ${en}`);

export const CONSENSUS = source(
  '《急诊预检分诊专家共识》（中华急诊医学杂志 2018;27(6):599-604）表1，据二手转录',
  'Expert consensus on emergency triage, Chin J Emerg Med 2018;27(6):599-604, Table 1 (secondary transcriptions)',
);
export const IITT = source('世卫组织、红十字国际委员会、无国界医生《跨机构综合分诊工具》（12岁及以上）', 'WHO/ICRC/MSF Interagency Integrated Triage Tool, 12 years and over');
export const IITT_VITALS = and(IITT, '高危生命体征', 'high-risk vital signs');
export const ESI = source('急诊严重程度指数（ESI）第4版，决策点D，危险区生命体征', 'ESI v4, decision point D, danger-zone vital signs');
const NICE = source('英国NICE NG143指南：5岁以下儿童发热，红绿灯分级', 'NICE NG143, fever in under 5s, traffic light');
export const NICE_RED = and(NICE, '红色', 'red');
export const NICE_AMBER = and(NICE, '黄色', 'amber');
export const CHENGDU = source('成都儿科分诊标准，1级', 'Chengdu paediatric triage criteria, level 1');
export const CHENGDU_2 = source('成都儿科分诊标准，2级', 'Chengdu paediatric triage criteria, level 2');
export const PHONE = source('英国东英格兰急救中心：电话求救立即派车清单', 'Immediate-dispatch list for 999 call handling, East of England Ambulance Service');
export const NEWS2 = source('NEWS2早期预警评分（英国皇家内科医师学会 2017）', 'NEWS2, Royal College of Physicians 2017, markup 14242');
export const CONCERN = source('英国皇家内科医师学会NEWS2（2017）：工作人员的担忧即应紧急评估，不以评分为准', 'NEWS2, Royal College of Physicians 2017: concern of staff overrides the score');
export const COLD = source('意外低体温分期：核心体温32和28 °C', 'Stages of accidental hypothermia, 32 and 28 °C core temperature');
export const PALS = source('儿童高级生命支持：各年龄低血压和脉搏界值', 'Hypotension and pulse limits by age, paediatric life support');
export const MATERNITY = source('英国国民保健署产科：临产征象与何时求助', 'Signs of labour, when to call, NHS maternity units');
export const ONCOLOGY = source('抗肿瘤治疗期间发热1小时内用抗生素；英国肿瘤护理学会（UKONS）24小时电话分诊思路', 'Fever on anticancer treatment, antibiotics within 1 h; UKONS 24-hour triage concepts');
export const DIALYSIS = source(
  '透析间隔与死亡率（新英格兰医学杂志 2011，PubMed 21992122）；满72小时预警，满96小时或有任何症状为红色',
  'Dialysis gap and mortality, N Engl J Med 2011 (PubMed 21992122); alarm at 72 h, red from 96 h or with any symptom',
);
export const DIALYSIS_POTASSIUM = source('血钾超过6.0即处理（BMC Nephrology 2020，s12882-020-02172-2）', 'Potassium treated from 6.0, BMC Nephrol 2020 (s12882-020-02172-2)');
export const CONTINUITY = source('全科医疗：不可中断的药物', 'Continuity medicines, general practice');
export const NOT_NORMAL = source('不清楚的不当作正常', 'Unknown never counts as normal');
export const DEFAULT = source('其他情况尚不清楚时的默认级别，取较紧急的一侧', 'Default while nothing else is known; the more urgent side');
export const CLINICIAN = source('临床医生署名并说明理由后下调', 'Down-triage by a clinician, with name and reason');
