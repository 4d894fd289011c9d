import type { Text } from '../../base/index.ts';
import { NEEDS } from '../triage.ts';
import type { Acuity } from '../triage.ts';
import { CHILD, UNDER_FIVE } from './row.ts';
import type { Row } from './row.ts';
import { and, CHENGDU_2, CONCERN, CONSENSUS, CONTINUITY, IITT, MATERNITY, NICE_AMBER, NICE_RED, ONCOLOGY, PHONE } from './sources.ts';

const each = (acuity: Acuity, source: Text, findings: readonly string[]): Row[] =>
  findings.map((finding) => ({ id: `finding-${finding}`, acuity, finding, source }));

/**
 * What people can tell without an instrument. The four-level scale decides the level where it names the condition; a red
 * finding of another list is level II, and level I where airway, breathing, circulation or brain are failing.
 */
export const FINDING_ROWS: readonly Row[] = [
  ...each('I', CONSENSUS, ['unresponsive', 'notBreathing', 'airwayBlocked', 'shockSigns', 'overdose', 'majorTrauma', 'convulsion']),
  ...each('I', IITT, ['cyanosis']),
  ...each('I', PHONE, ['severeAllergy', 'drowning']),
  // The scale puts severe bleeding at II and shock at I. Nobody on a phone can tell when one becomes the other.
  { id: 'finding-majorBleeding', acuity: 'I', finding: 'majorBleeding', source: PHONE, confirm: true },

  ...each('II', CONSENSUS, [
    'severeBreathlessness', 'strokeSigns', 'chestPain', 'severePain', 'amputationOrOpenFracture', 'poisoning',
    'testicularPain', 'violentNow', 'suspectedSepsis',
  ]),
  // An ECG that shows an infarction is level II, an infarction that is certain level I: by the reading of it they are one.
  { id: 'finding-ecgAcuteInfarct', acuity: 'I', finding: 'ecgAcuteInfarct', source: and(CONSENSUS, '心电图提示为二级，明确心梗为一级', 'ECG at II, definite infarction at I'), confirm: true },
  { id: 'finding-ketoacidosisSigns', acuity: 'II', finding: 'ketoacidosisSigns', source: CHENGDU_2, confirm: true },
  // Below 3.33 mmol/l the scale has it at the top; told in words, nobody has measured it yet.
  { id: 'finding-lowBloodSugar', acuity: 'II', finding: 'lowBloodSugar', source: and(CONSENSUS, '血糖＜3.33 mmol/L为一级，未测时按二级', 'below 3.33 mmol/l at level I; unmeasured, level II'), confirm: true },
  { id: 'child-convulsionStopped', acuity: 'II', finding: 'convulsionStopped', age: CHILD, source: CHENGDU_2 },
  // The list would have it at the top; the scale has severe breathlessness at II, and whoever turns blue is level I by that.
  { id: 'finding-asthmaNotRelieved', acuity: 'II', finding: 'asthmaNotRelieved', source: PHONE, confirm: true },
  // Whoever listens is sure, and has no word for it in these tables.
  { id: 'finding-listenerConcerned', acuity: 'II', finding: 'listenerConcerned', source: CONCERN, confirm: true },
  ...each('II', IITT, ['suddenSevereHeadache', 'severeBurn', 'snakeBite', 'swollenThroat', 'vomitingBlood', 'stridor', 'threatenedLimb']),
  ...each('II', NICE_RED, ['nonBlanchingRash', 'floppy', 'mottledSkin', 'weakCry', 'grunting', 'bulgingFontanelle', 'reducedSkinTurgor']),
  { id: 'small-child-stiffNeck', acuity: 'II', finding: 'stiffNeck', age: UNDER_FIVE, source: NICE_RED, confirm: true },

  ...each('III', CONSENSUS, [
    'drowsy', 'confusion', 'selfHarmThoughts', 'headInjury', 'moderateBleeding', 'moderatePain',
    'persistentVomiting', 'asthmaStable',
  ]),
  // The scale has fits that come and go at III, the phone list a first one at the top; which it was, nobody has asked.
  { id: 'finding-convulsionStopped', acuity: 'III', finding: 'convulsionStopped', source: CONSENSUS, confirm: true },
  ...each('III', IITT, [
    'stiffNeck', 'breathless', 'wheeze', 'fainted', 'cannotDrink', 'cannotPassUrine', 'acuteWeakness', 'limbDeformity',
    'sexualAssault', 'timedProphylaxis', 'severePallor', 'suddenVisionLoss', 'worseningRash',
  ]),
  ...each('III', NICE_AMBER, ['poorFeeding', 'reducedUrine', 'dehydrated', 'feverFiveDays', 'rigors', 'swollenJoint', 'nasalFlaring']),
  // The scale has abdominal pain at III from 65, the tool at red over 50. Which of the two a belly is, a phone cannot tell.
  { id: 'finding-abdominalPain-50', acuity: 'II', finding: 'abdominalPain', age: { fromMonths: 50 * 12, unknown: 'unlessChild' }, source: and(IITT, '50岁以上急性腹痛', 'acute, over 50'), confirm: true },
  { id: 'finding-abdominalPain-65', acuity: 'III', finding: 'abdominalPain', age: { fromMonths: 65 * 12, unknown: 'unlessChild' }, source: CONSENSUS },
  { id: 'finding-abdominalPain-pregnant', acuity: 'II', finding: 'abdominalPain', groups: ['pregnant'], source: IITT },
  { id: 'finding-suddenSevereHeadache-pregnant', acuity: 'II', finding: 'suddenSevereHeadache', groups: ['pregnant'], source: IITT },
  { id: 'finding-fainted-chestPain', acuity: 'II', finding: 'fainted', together: ['chestPain', 'breathless', 'abdominalPain'], source: CONSENSUS },

  // Pregnancy and birth.
  ...each('I', MATERNITY, ['birthImminent', 'cordProlapse']),
  { id: 'finding-pregnancyBleeding-pain', acuity: 'I', finding: 'pregnancyBleeding', together: ['abdominalPain', 'labour', 'severePain', 'pretermContractions', 'shockSigns', 'fainted'], source: and(IITT, '可能是胎盘早剥', 'may be a placenta coming loose'), confirm: true },
  ...each('II', IITT, ['labour', 'pregnancyBleeding', 'preEclampsiaSigns']),
  ...each('II', MATERNITY, ['pretermContractions']),
  ...each('III', MATERNITY, ['watersBroken', 'reducedFetalMovement']),
  ...['confusion', 'drowsy', 'convulsionStopped'].map((finding): Row => ({ id: `${finding}-pregnant`, acuity: 'II', finding, groups: ['pregnant'], source: IITT })),
  { id: 'fainted-pregnant', acuity: 'II', finding: 'fainted', groups: ['pregnant'], source: MATERNITY, confirm: true },
  { id: 'consciousness-confused-pregnant', acuity: 'II', consciousness: 'confused', groups: ['pregnant'], source: IITT },
  { id: 'finding-fever-pregnant', acuity: 'III', finding: 'fever', groups: ['pregnant'], source: MATERNITY },
  { id: 'temperature-38-pregnant', acuity: 'III', vital: { name: 'temperatureCelsius', atLeast: 38 }, groups: ['pregnant'], source: MATERNITY, confirm: true },
  // The score asks for a clinician at 25; counted here as well, because in pregnancy it is only a floor.
  { id: 'breaths-25-pregnant', acuity: 'III', vital: { name: 'respiratoryRatePerMinute', atLeast: 25 }, groups: ['pregnant'], source: MATERNITY, confirm: true },

  // On treatment for cancer: the hour to the first antibiotic starts with the call.
  ...each('II', ONCOLOGY, ['feverOnChemotherapy', 'bleedingOnChemotherapy']),
  { id: 'finding-mouthSoresCannotDrink', acuity: 'III', finding: 'mouthSoresCannotDrink', source: ONCOLOGY },
  ...['fever', 'feverFiveDays', 'rigors'].map((finding): Row => ({
    id: `oncology-${finding}`, acuity: 'II', finding, needs: ['chemotherapy'], source: ONCOLOGY,
  })),
  { id: 'oncology-temperature-38', acuity: 'II', vital: { name: 'temperatureCelsius', atLeast: 38 }, needs: ['chemotherapy'], source: ONCOLOGY },
  { id: 'oncology-temperature-36', acuity: 'II', vital: { name: 'temperatureCelsius', atMost: 36 }, needs: ['chemotherapy'], source: ONCOLOGY, confirm: true },
  { id: 'oncology-temperature-37.5', acuity: 'III', vital: { name: 'temperatureCelsius', atLeast: 37.5 }, needs: ['chemotherapy'], source: ONCOLOGY },
  // Fever without white cells, at whatever temperature; the cells are counted at few places and late.
  { id: 'neutropenia-fever', acuity: 'II', finding: 'neutropenia', together: ['fever', 'feverFiveDays', 'feverOnChemotherapy', 'rigors'], source: CONSENSUS },
  { id: 'neutropenia-temperature-38', acuity: 'II', finding: 'neutropenia', vital: { name: 'temperatureCelsius', atLeast: 38 }, source: CONSENSUS },
  { id: 'neutropenia-need-fever', acuity: 'II', finding: 'neutropenia', needs: ['fever'], source: CONSENSUS },
  { id: 'finding-neutropenia', acuity: 'III', finding: 'neutropenia', source: ONCOLOGY, confirm: true },
  { id: 'radiotherapy-temperature-38', acuity: 'II', vital: { name: 'temperatureCelsius', atLeast: 38 }, needs: ['radiotherapy'], source: ONCOLOGY, confirm: true },
  { id: 'radiotherapy-fever', acuity: 'II', finding: 'fever', needs: ['radiotherapy'], source: ONCOLOGY, confirm: true },

  // The scale has the stable newborn at III: nobody this small is seen last.
  { id: 'newborn', acuity: 'III', needs: NEEDS, age: { belowMonths: 1, unknown: 'ifChild' }, source: CONSENSUS },
  // Fever in small children; nobody measured does not mean nobody is ill.
  { id: 'infant-fever-38', acuity: 'II', vital: { name: 'temperatureCelsius', atLeast: 38 }, age: { belowMonths: 3, unknown: 'ifChild' }, source: NICE_RED },
  { id: 'infant-fever', acuity: 'II', finding: 'fever', age: { belowMonths: 3, unknown: 'ifChild' }, source: NICE_RED },
  { id: 'infant-feverFiveDays', acuity: 'II', finding: 'feverFiveDays', age: { belowMonths: 3, unknown: 'ifChild' }, source: NICE_RED },
  { id: 'infant-need-fever', acuity: 'II', needs: ['fever'], age: { belowMonths: 3, unknown: 'ifChild' }, source: NICE_RED },
  { id: 'infant-fever-39', acuity: 'III', vital: { name: 'temperatureCelsius', atLeast: 39 }, age: { fromMonths: 3, belowMonths: 6, unknown: 'ifChild' }, source: NICE_AMBER },
  { id: 'small-child-fever', acuity: 'III', finding: 'fever', age: UNDER_FIVE, source: and(NICE_AMBER, '5岁以下发热都要当面看', 'every fever under five is seen'), confirm: true },
  { id: 'small-child-temperature-38', acuity: 'III', vital: { name: 'temperatureCelsius', atLeast: 38 }, age: UNDER_FIVE, source: and(NICE_AMBER, '5岁以下发热都要当面看', 'every fever under five is seen'), confirm: true },
  // Zhengzhou, November 2022: four months old, born at 29 weeks, refusing feeds. Amber twice is never "wait".
  { id: 'preterm-infant-poorFeeding', acuity: 'II', finding: 'poorFeeding', together: ['bornPreterm'], age: { belowMonths: 6, unknown: 'applies' }, source: and(NICE_AMBER, '上调', 'raised'), confirm: true },
  // Who is being fed is small, and without an age may be under three months.
  { id: 'young-infant-poorFeeding', acuity: 'II', finding: 'poorFeeding', age: { belowMonths: 3, unknown: 'applies' }, source: and(NICE_AMBER, '上调', 'raised'), confirm: true },

  { id: 'finding-vitalMedicineOut', acuity: 'III', finding: 'vitalMedicineOut', source: CONTINUITY, confirm: true },
];
