import type { Text } from '../../base/index.ts';
import type { Audience } from '../findings.ts';

/**
 * A question about several findings at once: "no" answers them all, after "yes" or "I can't tell" they are asked one by one.
 * Without topics three minutes would not reach the end of the list.
 */
export interface Topic {
  readonly code: string;
  readonly audience: Audience;
  readonly ask: Text;
  readonly leadsTo: readonly string[];
}

const topic = (code: string, audience: Audience, zh: string, en: string, leadsTo: readonly string[]): Topic => ({ code, audience, ask: { zh, en }, leadsTo });

/**
 * The interview in the order of asking: a finding by its code, or a topic. Number, place and what it is about stand on the
 * caller's screen before it. Awake and breathing come first, then what happened, then what needs somebody at once, then what
 * concerns this person's own condition, then everything else. Each finding that people can tell stands here once.
 */
export const INTERVIEW: readonly (string | Topic)[] = [
  'unresponsive',
  'notBreathing',
  topic('anyBleeding', 'everyone', '过去半小时有出血、吐血或大便发黑吗？', 'In the last half hour: any bleeding, blood vomited, or black stool?', [
    'majorBleeding', 'vomitingBlood', 'moderateBleeding',
  ]),
  topic('anyAccident', 'everyone', '出了什么意外吗：受伤、烧烫伤、咬伤、溺水、中毒、吃错或吃多了药？', 'Was there an accident of any kind: injury, burn, bite, water, poison, or too much medicine?', [
    'majorTrauma', 'drowning', 'overdose', 'poisoning', 'amputationOrOpenFracture', 'severeBurn', 'snakeBite', 'headInjury', 'limbDeformity',
    'timedProphylaxis',
  ]),
  topic('anyBreathing', 'everyone', '呼吸和平时有什么不同吗：费力、急促、有声音，或脸色发紫？', 'Is breathing different in any way: harder, faster, noisy, or the lips blue?', [
    'airwayBlocked', 'cyanosis', 'severeBreathlessness', 'asthmaNotRelieved', 'stridor', 'swollenThroat', 'grunting', 'nasalFlaring',
    'breathless', 'wheeze', 'asthmaStable',
  ]),
  'chestPain',
  'strokeSigns',
  'convulsion',
  'severeAllergy',
  'shockSigns',

  topic('anyBirth', 'pregnancy', '有要生的迹象吗：宫缩、破水、想用力，或摸到脐带？', 'Any sign of birth: contractions, waters broken, an urge to push, or the cord felt?', [
    'birthImminent', 'cordProlapse', 'labour', 'pretermContractions', 'watersBroken',
  ]),
  'pregnancyBleeding',
  'preEclampsiaSigns',
  'reducedFetalMovement',

  topic('childLooksIll', 'underFive', '孩子的样子和平时很不一样吗：软弱叫不起、脸色、哭声或囟门不对？', 'Does the child look or sound very different: floppy, colour, cry, or the soft spot?', [
    'floppy', 'mottledSkin', 'weakCry', 'bulgingFontanelle',
  ]),
  'poorFeeding',
  'bornPreterm',
  topic('childDry', 'underFive', '孩子有缺水的样子吗：尿少、嘴干、眼窝凹、皮肤没有弹性？', 'Does the child look dried out: little urine, dry mouth, sunken eyes, slack skin?', [
    'reducedSkinTurgor', 'reducedUrine', 'dehydrated',
  ]),

  'feverOnChemotherapy',
  'bleedingOnChemotherapy',
  'mouthSoresCannotDrink',

  'hyperkalaemiaSigns',
  'breathlessOnDialysis',
  'missedDialysis',
  'dialysisAccessProblem',

  'vitalMedicineOut',

  topic('anyPain', 'everyone', '有哪里疼吗？', 'Is there pain anywhere?', [
    'severePain', 'suddenSevereHeadache', 'testicularPain', 'threatenedLimb', 'abdominalPain', 'moderatePain',
  ]),
  topic('anyMind', 'everyone', '神志、力气或视力突然变了吗：糊涂、嗜睡、晕倒、抽过、没力气、看不清？', 'Any sudden change: confused, very sleepy, fainted, had a fit, weak, or sight lost?', [
    'confusion', 'drowsy', 'fainted', 'convulsionStopped', 'acuteWeakness', 'suddenVisionLoss',
  ]),
  topic('anyUnwell', 'everyone', '有发烧、发抖、皮疹、脖子僵，或吃不下、一直吐拉、尿不出吗？', 'Fever, shivering, a rash, a stiff neck, or nothing stays down, or no urine?', [
    'fever', 'stiffNeck', 'nonBlanchingRash', 'ketoacidosisSigns', 'lowBloodSugar', 'rigors', 'worseningRash', 'severePallor', 'persistentVomiting', 'cannotDrink',
    'cannotPassUrine', 'feverFiveDays', 'swollenJoint',
  ]),
  topic('anyHarm', 'everyone', '有没有被人伤害，或者想伤害自己或别人？（可以不回答）', 'Has anybody hurt them, or do they want to hurt themselves or others? (no need to answer)', [
    'violentNow', 'selfHarmThoughts', 'sexualAssault',
  ]),
];
