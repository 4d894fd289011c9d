import type { Text } from '../base/index.ts';
import type { Service } from '../city/index.ts';
import type { Group } from '../triage/index.ts';
import type { EntryChannel, LinkKind, LinkOwner, Pathway, Safeguard, Transport, VenueKind } from './decision.ts';
import type { Choice, TermsKey } from './document.ts';
import type { FACTS, FactName } from './facts.ts';

/**
 * How a planner reads a policy: each fact, answer and consequence as it stands in a sentence. What a patient reads is the
 * text of the measures. A word that is missing does not compile.
 */
const say = (zh: string, en: string): Text => ({ zh, en });
type Words<K extends string> = Readonly<Record<K, Text>>;

export const FACT_WORDS: Words<FactName> = {
  period: say('时间和地点', 'time and place'), acuity: say('病情分级', 'acuity'), need: say('就医类型', 'need'), age: say('年龄', 'age'),
  group: say('人群', 'group'), fever: say('发热情况', 'fever'), hands: say('当面检查', 'need of hands'), mobility: say('行动能力', 'mobility'),
  ownInstitution: say('固定就诊机构', 'own institution'), patientKind: say('人员类别', 'kind of patient'), test: say('检测结果', 'test'),
};

export const ANSWER_WORDS: { readonly [F in Exclude<FactName, 'group'>]: Words<(typeof FACTS)[F][number]> } = {
  period: {
    inForce: say('通告期间', 'in force'), before: say('通告开始前', 'before it begins'), after: say('通告结束后', 'after it ended'),
    beforeElsewhere: say('通告开始前、区域外', 'before it begins, elsewhere'), duringElsewhere: say('通告期间、区域外', 'in its period, elsewhere'),
    afterElsewhere: say('通告结束后、区域外', 'after it ended, elsewhere'),
  },
  acuity: { I: say('一级', 'acuity I'), II: say('二级', 'acuity II'), III: say('三级', 'acuity III'), IV: say('四级', 'acuity IV') },
  need: {
    emergency: say('急救', 'emergency'), fever: say('发热', 'fever'), haemodialysis: say('血液透析', 'dialysis'), severeIllness: say('重症', 'severe illness'),
    obstetrics: say('孕产', 'pregnancy care'), paediatrics: say('儿童看病', 'child’s illness'), radiotherapy: say('放疗', 'radiotherapy'),
    chemotherapy: say('化疗', 'chemotherapy'), inpatientAdmission: say('住院', 'planned admission'), generalOutpatient: say('普通门诊', 'general clinic'),
    specialist: say('专科门诊', 'specialist clinic'), expert: say('专家门诊', 'expert clinic'), chronicFollowUp: say('慢性病复诊', 'chronic follow-up'),
    medicineRefill: say('续药', 'medicine refill'), onlineConsultation: say('线上问诊', 'online consultation'),
  },
  age: {
    underThree: say('3岁以下', 'under 3'), threeToFive: say('3至5岁', '3 to 5 years'), sixToThirteen: say('6至13岁', '6 to 13 years'),
    fourteenAndOver: say('14岁及以上', '14 or older'), unknown: say('年龄不明', 'age not known'),
  },
  fever: { yes: say('发热', 'with a fever'), no: say('不发热', 'no fever') },
  hands: { yes: say('有需当面处理的情况', 'with a finding that needs hands'), no: say('无需当面处理', 'nothing that needs hands') },
  mobility: {
    walks: say('能走路', 'walks'), wheelchair: say('坐轮椅', 'in a wheelchair'), stretcher: say('只能躺着', 'lying down'), unknown: say('行动能力不明', 'mobility not known'),
  },
  ownInstitution: { yes: say('有固定就诊机构', 'has an institution of their own'), no: say('无固定就诊机构', 'no institution of their own') },
  patientKind: {
    highRiskArea: say('高风险区', 'in a high-risk area'), isolationPoint: say('集中隔离点', 'at an isolation point'), greenCode: say('绿码', 'green code'),
    nonGreenSpecial: say('非绿码特殊人员', 'special without a green code'), none: say('无管控', 'no restriction'), unknown: say('人员类别不明', 'kind not known'),
  },
  test: {
    valid: say('检测有效', 'valid test'), expired: say('检测过期', 'expired test'), none: say('无检测', 'no test'),
    positiveAntigen: say('抗原阳性', 'positive antigen'), positive: say('核酸阳性', 'positive test'), unknown: say('检测情况不明', 'test not known'),
  },
};

/** Several answers in one word, under the names that `SETS` gives them. */
export const SET_WORDS: { readonly [F in FactName]?: Readonly<Record<string, Text>> } = {
  period: { ordinary: say('无通告时', 'where no announcement holds') },
  acuity: { emergencies: say('一、二级（急危重症）', 'acuity I or II'), others: say('三、四级', 'acuity III or IV') },
  need: { visits: say('所有到院就诊', 'anything with a way there'), clinics: say('各类门诊和科室', 'any clinic or department'), remote: say('可线上办理的需求', 'anything online') },
  patientKind: { restricted: say('受管控人员', 'restricted or kind not known'), free: say('绿码或无管控', 'green code or no restriction') },
  test: { notValid: say('无有效检测', 'no valid test'), anyPositive: say('抗原或核酸阳性', 'positive'), notPositive: say('非阳性', 'not positive') },
};

export const GROUP_WORDS: Words<Group> = {
  pregnant: say('孕妇', 'pregnant'), elderly: say('老人', 'elderly'), child: say('儿童', 'child'), underThree: say('3岁以下儿童', 'child under 3'),
  disabled: say('残疾人', 'disabled'), chronic: say('慢性病患者', 'chronically ill'),
};

export const PATHWAY_WORDS: Words<Pathway> = {
  emergency: say('急救', 'emergency'), visit: say('到院就诊', 'visit'), remote: say('线上就诊', 'online'),
};

export const VENUE_WORDS: Words<VenueKind> = {
  emergencyDepartment: say('急诊科', 'emergency department'), feverClinic: say('发热门诊', 'fever clinic'), dialysisUnit: say('血液透析室', 'dialysis unit'),
  designatedInstitution: say('定点医疗机构', 'designated institution'), maternityUnit: say('产科', 'maternity unit'), paediatricClinic: say('儿科', 'children’s clinic'),
  radiotherapyUnit: say('放疗科', 'radiotherapy unit'), chemotherapyUnit: say('化疗科', 'chemotherapy unit'), inpatientWard: say('住院病区', 'inpatient ward'),
  outpatientClinic: say('普通门诊', 'general clinic'), specialistClinic: say('专科门诊', 'specialist clinic'), expertClinic: say('专家门诊', 'expert clinic'),
  cloudClinic: say('互联网门诊', 'cloud clinic'),
};

export const SERVICE_WORDS: Words<Service> = {
  emergency: say('急诊', 'emergency care'), feverClinic: say('发热门诊', 'fever clinic'), haemodialysis: say('血液透析', 'haemodialysis'),
  severeIllness: say('重症救治', 'severe illness'), obstetrics: say('产科', 'obstetrics'), paediatrics: say('儿科', 'paediatrics'),
  radiotherapy: say('放疗', 'radiotherapy'), chemotherapy: say('化疗', 'chemotherapy'), inpatient: say('住院', 'inpatient admission'),
  generalOutpatient: say('普通门诊', 'general clinic'), specialist: say('专科', 'specialist care'), expert: say('专家', 'expert care'),
  cloudClinic: say('互联网门诊', 'cloud clinic'), pharmacy: say('药房', 'pharmacy'),
};

export const TRANSPORT_WORDS: Words<Transport> = {
  ambulance: say('120救护车', '120 ambulance'), specialCar: say('社区专车', 'committee car'), own: say('自行前往', 'own way'), none: say('不用出行', 'no trip'),
};

export const ENTRY_WORDS: Words<EntryChannel> = {
  direct: say('普通入口', 'ordinary entrance'), bufferZone: say('缓冲区', 'buffer zone'), none: say('无需入院', 'no entrance'),
};

export const CHOICE_WORDS: Words<Choice> = {
  nearest: say('就近', 'nearest first'), ownFirst: say('先去固定就诊机构', 'own institution first'), counterpartFirst: say('先去对口机构', 'counterpart first'),
};

export const SAFEGUARD_WORDS: Words<Safeguard> = {
  guardianPresent: say('监护人陪同', 'guardian present'), controlledDrugsInPerson: say('管制药品当面开', 'controlled medicine in person'),
};

export const LINK_WORDS: Words<LinkKind> = {
  findPlace: say('寻找接诊机构', 'place found'), sendUnit: say('派救护车', 'ambulance sent'), slot: say('预约时间', 'time booked'), release: say('放行', 'let out'),
  pass: say('开通行证', 'pass issued'), assignCar: say('派专车', 'car assigned'), pickUp: say('上门接人', 'picked up'), travel: say('前往就诊', 'on the way'),
  bring: say('送到医院', 'brought'), receive: say('接诊', 'received'), treat: say('诊治', 'treated'), consult: say('线上看诊', 'consulted'),
  dispense: say('配药', 'dispensed'), deliver: say('送药上门', 'delivered'), returnCar: say('派返程车', 'car home assigned'),
  returnPickUp: say('医院接返', 'picked up for home'), returnTravel: say('送回家', 'driven home'), returnHome: say('回家', 'back home'),
  confirmHome: say('确认到家', 'confirmed home'),
};

/** By the names under which a policy speaks of them. */
export const STEP_WORDS: Words<TermsKey> = {
  ...LINK_WORDS, carPickUp: say('专车上门接人', 'picked up by the car'), ownTravel: say('自行前往', 'on their own way'), ownConfirmHome: say('自己回家后确认', 'confirmed home on their own'),
};

export const OWNER_WORDS: Words<LinkOwner> = {
  dispatcher: say('120调度', '120 dispatcher'), crew: say('救护车组', 'crew'), committee: say('社区', 'committee'), driver: say('专车司机', 'driver'),
  ward: say('医院值班台', 'ward'), gate: say('医院入口', 'gate'), cloudDoctor: say('互联网门诊医生', 'cloud doctor'), pharmacist: say('药房', 'pharmacist'),
  familyDoctor: say('家庭医生', 'family doctor'), resident: say('本人或家属', 'resident'), district: say('区指挥部', 'district'), city: say('市指挥部', 'city'),
};

/** "a or b or c": without commas, so that a list of lists can still be read. */
export const either = (texts: readonly Text[]): Text => join(texts, '或', ' or ');
export const both = (texts: readonly Text[]): Text => join(texts, '且', ' and ');
export const listed = (texts: readonly Text[]): Text => join(texts, '，', ', ');

export function join(texts: readonly Text[], zh: string, en: string): Text {
  return { zh: texts.map((text) => text.zh).join(zh), en: texts.map((text) => text.en).join(en) };
}

export function duration(seconds: number): Text {
  const [count, zh, en] = seconds > 86_400 && seconds % 86_400 === 0 ? [seconds / 86_400, '天', 'd']
    : seconds % 3_600 === 0 ? [seconds / 3_600, '小时', 'h']
      : seconds % 60 === 0 ? [seconds / 60, '分钟', 'min'] : [seconds, '秒', 's'];
  return { zh: `${count}${zh}`, en: `${count} ${en}` };
}
