/**
 * Words by which a person says that it got worse, and the finding they stand for. What is read out of them can only raise: a word that is
 * missed is told by the next one or by the doctor, a word read for nothing costs a look. Our own list, to be confirmed by a clinician.
 */
interface Words {
  readonly finding: string;
  readonly zh: readonly string[];
  readonly en: readonly string[];
  /** What people say of a part of the body and what it does, with a few words between; never over a denial. Each gap is short, so that no text takes long. */
  readonly said?: readonly RegExp[];
}

const LEXICON: readonly Words[] = [
  { finding: 'unresponsive', zh: ['叫不醒', '昏迷', '没有反应', '没反应', '不省人事'], en: ['unresponsive', 'unconscious', "won't wake", 'will not wake', "doesn't wake", 'does not wake', 'not waking'] },
  { finding: 'notBreathing', zh: ['没有呼吸', '没呼吸', '不呼吸', '停止呼吸'], en: ['not breathing', 'stopped breathing', "isn't breathing"] },
  { finding: 'severeBreathlessness', zh: ['喘不过气', '喘不上气', '喘不上来', '上不来气', '呼吸困难', '憋得', '透不过气', '喘得', '上气不接下气', '喘不动'], en: ["can't breathe", 'cant breathe', 'cannot breathe', 'can not breathe', 'struggling to breathe', 'gasping', 'hard to breathe', 'difficulty breathing', 'trouble breathing'] },
  { finding: 'breathless', zh: ['气短', '气促', '气喘', '胸闷'], en: ['short of breath', 'breathless', 'shortness of breath'] },
  { finding: 'cyanosis', zh: ['嘴唇发紫', '嘴唇发青', '脸发紫', '口唇发紫', '发绀'], en: ['blue lips', 'lips are blue', 'turning blue'] },
  { finding: 'chestPain', zh: ['胸痛', '胸口痛', '胸口疼', '胸疼', '心口痛', '心口疼', '心绞痛', '胸口压'], en: ['chest pain', 'pain in my chest', 'pain in the chest', 'chest hurts', 'tight chest', 'chest tightness', 'pressure in my chest'], said: [
    /胸[^不没无未]{0,6}?[痛疼]|(?:胸口|心口|心窝)[^不没无未]{0,6}?[压闷紧堵痛疼]/g,
    /\bchest\b(?:(?!\b(?:no|not|never|without|isn't)\b).){0,20}?\b(?:tight|tightness|pressure|pain|hurts?|hurting|aches?|heavy|crushing)\b/g,
    /\b(?:tight|tightness|pressure|pain|ache|heaviness)\b(?: \w+){0,3}? chest\b/g,
  ] },
  { finding: 'strokeSigns', zh: ['嘴歪', '口角歪', '半边身子', '说话不清', '说不清话', '一侧无力', '偏瘫', '中风了', '像中风'], en: ['face drooping', 'face is drooping', 'slurred speech', 'one side is weak', 'numb on one side', 'having a stroke', 'signs of a stroke', 'signs of stroke'], said: [
    /(?:嘴|脸|口角|眼)[^不没无未]{0,3}?歪/g, /(?:左|右|一侧|半边|一边)[^不没无未]{0,4}?(?:麻|没力|无力|抬不起|动不了|没知觉|没有知觉)/g,
    /\b(?:left|right|one)(?: \w+){0,2}? (?:arm|leg|hand|side|face)\b(?: (?!not|no)\w+){0,3}? (?:numb|weak|dead|drooping|droops)\b/g,
    /\b(?:numb|numbness|weak|weakness)(?: (?!not|no)\w+){0,4}? (?:arm|leg|hand|side|face)\b/g,
  ] },
  { finding: 'convulsion', zh: ['抽搐', '抽风', '癫痫发作', '抽起来'], en: ['seizure', 'convulsion', 'having a fit'], said: [/(?:孩子|宝宝|娃|又|开始|一直|全身|浑身)[^不没无未]{0,3}?抽(?![筋血烟屉空])/g] },
  { finding: 'fainted', zh: ['晕倒', '昏倒', '晕过去', '晕厥'], en: ['fainted', 'passed out', 'collapsed'] },
  { finding: 'confusion', zh: ['神志不清', '意识模糊', '糊涂了', '胡言乱语'], en: ['confused', 'confusion', 'not making sense'] },
  { finding: 'majorBleeding', zh: ['大出血', '止不住血', '血止不住', '出血不止'], en: ['bleeding heavily', "bleeding won't stop", 'bleeding will not stop', 'heavy bleeding'] },
  { finding: 'vomitingBlood', zh: ['吐血', '呕血', '便血', '黑便'], en: ['vomiting blood', 'throwing up blood', 'black stool', 'blood in the stool', 'bloody stool'], said: [/(?:大便|拉的|便便)[^不没无未]{0,4}?[黑血]/g, /\b(?:stools?|poo|poop)\b(?: (?!not|no)\w+){0,3}? (?:black|bloody|blood|tarry)\b/g] },
  { finding: 'severeAllergy', zh: ['过敏性休克', '喉咙肿', '脸肿了'], en: ['anaphylaxis', 'throat is swelling', 'face is swelling'] },
  { finding: 'suddenSevereHeadache', zh: ['头痛欲裂', '剧烈头痛', '头疼得要命'], en: ['worst headache', 'sudden severe headache'] },
  { finding: 'severePain', zh: ['疼得受不了', '痛得受不了', '剧痛', '疼死'], en: ['unbearable pain', 'severe pain', 'terrible pain'], said: [
    /(?:肚子|腹|腰|头|背|胃)[^不没无未]{0,4}?[疼痛][^不没无未]{0,3}?(?:厉害|要命|受不了|不行|打滚|直不起)/g, /\b(?:severe|unbearable|terrible|worst)(?: \w+){0,3}? pain\b/g,
  ] },
  { finding: 'suddenVisionLoss', zh: ['突然看不见', '看不见了', '突然失明'], en: ["suddenly can't see", 'lost my sight', 'lost vision'] },
  { finding: 'selfHarmThoughts', zh: ['不想活', '想死', '自杀', '轻生'], en: ['want to die', 'kill myself', 'suicide', 'end my life'] },
  { finding: 'overdose', zh: ['药吃多了', '吃了一整瓶', '服药过量', '过量服', '药全吃', '药都吃了', '农药', '百草枯', '敌敌畏'], en: ['all my pills', 'all the pills', 'all his pills', 'all her pills', 'pesticide', 'overdose', 'took too many', 'took the whole bottle'] },
  { finding: 'pregnancyBleeding', zh: ['怀孕出血', '孕期出血', '下面出血', '见红'], en: ['bleeding and pregnant', 'pregnant and bleeding'] },
  { finding: 'watersBroken', zh: ['羊水破', '破水'], en: ['waters broke', 'water broke', 'waters have broken'] },
  { finding: 'reducedFetalMovement', zh: ['胎动少', '胎动减少', '不动了宝宝', '感觉不到胎动'], en: ['baby is not moving', 'baby moving less', "baby isn't moving"] },
  { finding: 'ketoacidosisSigns', zh: ['烂苹果味', '酮症'], en: ['fruity breath', 'ketoacidosis'] },
  { finding: 'lowBloodSugar', zh: ['低血糖', '血糖低', '血糖太低', '血糖很低'], en: ['hypoglycemia', 'hypoglycaemia', 'hypo', 'low blood sugar', 'low sugar', 'blood sugar is low', 'blood sugar is too low', 'sugar is low'] },
  { finding: 'vitalMedicineOut', zh: ['药吃完了', '药断了', '断药', '胰岛素用完', '没有药了', '没药了'], en: ['run out of insulin', 'out of insulin', 'ran out of my medicine', 'no medicine left', 'out of my medicine', 'no insulin left'] },
  { finding: 'fever', zh: ['发烧', '发热', '高烧'], en: ['fever', 'running a temperature', 'high temperature'] },
];

/** A new thought: what is denied before it is not denied after it. Commas too: "没有胸痛，呼吸困难" tells of the second. (不过 is none: it stands in 喘不过气.) */
const CLAUSES = /[，。；！？,.;!?\n]|但是?|可是|而是|\bbut\b|\bhowever\b|\bthough\b/;

/** Unsure, doubled or asked: never a "no". */
const UNSURE = /是不是|会不会|有没有|不知道|不确定|不清楚|不敢说|不但|不仅|不止|不光|说不准|好像|不是没有|不能说没|并非没有|not sure|don't know|do not know|maybe|might|not only|can't say|cannot say|not without/;
/** Told of another time, and nothing of now: a stroke ten years ago sends nobody an ambulance. */
const LONG_AGO = /以前|从前|去年|前年|年前|曾经|得过|小时候|病史|years ago|last year|history of|used to|in the past/;
const NOW = /现在|今天|今早|今晚|刚|又|再次|now|today|again|just/;

/**
 * A denial reaches the word it stands before, over other signs of a list ("没有胸痛、气短") and words that say nothing of their own. Over
 * anything else it does not: "没睡好胸痛" and "I don't sleep and have chest pain" tell of the pain.
 */
const termsOf = (language: 'zh' | 'en'): string => LEXICON.flatMap((words) => words[language]).sort((a, b) => b.length - a.length).map((term) => term.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
const DENIES_ZH = new RegExp(`(?:没有|没|无|未|否认|不是|并不|不觉得|不感到|不再|不会|不)(?:有|出现|什么|任何|再|过|明显|感觉|觉得|感到|发生|其他|的|到|见|[、和及或跟与]|${termsOf('zh')})*$`);
const DENIES_EN = new RegExp(`\\b(?:(?:no|without|denies|deny|nor|neither)(?:\\s+(?:any|more|signs?|of|other|further|obvious|new|a|or|and|nor|${termsOf('en')}))*|(?:not|never|\\w+n't)(?:\\s+(?:any|more|signs?|of|other|further|obvious|new|a|the|have|having|had|feel|feeling|been|got|getting|or|and|nor|${termsOf('en')}))*)\\s*$`);

/**
 * The findings that these words tell of, in the order of the list: each as said and not denied. Chinese and English, mixed as people mix them.
 * @returns codes of `FINDINGS`; empty when nothing was heard
 */
export function heardIn(text: string): readonly string[] {
  const { plain, clauses } = clausesOf(text);
  const hasFever = degreesIn(plain).some((degrees) => degrees >= FEVER_DEGREES);
  const isLow = hasLowSugar(plain, clauses);
  return LEXICON.filter(({ finding, zh, en, said = [] }) => (finding === 'fever' && hasFever) || (finding === 'lowBloodSugar' && isLow)
    || clauses.some((clause) => [...zh, ...en].some((term) => says(clause, term)) || said.some((pattern) => saysSo(clause, pattern)))).map(({ finding }) => finding);
}

function clausesOf(text: string): { readonly plain: string; readonly clauses: readonly string[] } {
  const plain = text.normalize('NFKC').toLowerCase().replace(/[’‘]/g, "'");
  return { plain, clauses: plain.split(CLAUSES).filter((clause) => clause !== undefined) };
}

/** Shaking, sweating or faint with hunger, of somebody who names diabetes, insulin or a sugar tablet: in one message, in any order. */
const SUGAR_SIGNS = ['手抖', '发抖', '出冷汗', '冒冷汗', '一身汗', '心慌', '饿得慌', '饿得发慌', 'shaky', 'shaking', 'trembling', 'cold sweat', 'cold sweats', 'sweating', 'clammy'];
const SUGAR_PEOPLE = /糖尿病|胰岛素|降糖药|格列|二甲双胍|打完针|diabet|insulin|gliclazide|glimepiride|metformin/;
/** What a meter showed; in mmol/l, as here. Level I below 3.33 is read from the measurement itself; here it only raises. */
const SUGAR_MEASURED = /(?:血糖|(?:blood )?sugar|glucose)[^\d，。,;]{0,8}(\d{1,2}(?:\.\d{1,2})?)/g;
const SUGAR_LOW = 3.9;

function hasLowSugar(plain: string, clauses: readonly string[]): boolean {
  if ([...plain.matchAll(SUGAR_MEASURED)].some(([, value]) => Number(value) > 0 && Number(value) < SUGAR_LOW)) return true;
  return SUGAR_PEOPLE.test(plain) && clauses.some((clause) => SUGAR_SIGNS.some((term) => says(clause, term)));
}

/** "It got worse" and nothing else: no finding, but somebody has to look. */
const WORSE = [
  '更难受', '更严重', '更重', '更厉害', '更疼', '更痛', '更差', '更糟', '越来越', '加重', '恶化', '不行了', '难受得', '很难受', '撑不住', '受不了', '不对劲', '病情变',
  'worse', 'worsening', 'worsened', 'getting bad', 'deteriorating', 'terrible', 'awful', "can't cope", 'cannot cope', 'very unwell', 'very ill',
];
const BETTER = /越来越(?:好|轻|舒服|精神|有力)/;

/** Whether somebody says that it got worse, whatever it is: not denied, and not of another time. */
export function saysWorse(text: string): boolean {
  return clausesOf(text).clauses.some((clause) => !BETTER.test(clause) && WORSE.some((term) => says(clause, term)));
}

/** What thanks, greets, denies or says that it goes well: with the signs it stands beside, it leaves nothing that nobody has read. */
const CALM_ZH = ['越来越好', '越来越轻', '好多了', '好些了', '好一点', '没事', '谢谢', '多谢', '感谢', '辛苦', '收到', '知道了', '明白', '你好', '您好', '医生', '大夫', '没有', '不是', '不再', '出现', '任何', '今天', '现在', '好的', '没', '不', '无', '有', '我', '您', '你', '好', '嗯', '了', '的', '也', '和', '及', '或', '、'];
const CALM_EN = ["don't", "doesn't", "isn't", "haven't", "it's", "i'm", 'thanks', 'thank', 'you', 'doctor', 'dr', 'okay', 'ok', 'hello', 'hi', 'better', 'much', 'very', 'fine', 'today', 'now', 'no', 'not', 'any', 'have', 'is', 'it', 'i', 'am', 'and', 'or', 'a'];
const CALM = new RegExp(`${termsOf('zh')}|${WORSE.join('|')}|${CALM_ZH.join('|')}|(?<![a-z])(?:${termsOf('en')}|${CALM_EN.join('|')})(?![a-z])|[^\\p{L}\\p{N}]`, 'gu');

/**
 * Whether something was said that no rule here can read: not a sign, not "worse", and more than thanks or a denial. Nobody knows what it
 * tells of, so it is no reason to wait: a message looked at for nothing is the lesser error.
 */
export function isUnclear(text: string): boolean {
  return !saysWorse(text) && heardIn(text).length === 0 && clausesOf(text).clauses.some((clause) => clause.replace(CALM, '') !== '');
}

const FEVER_DEGREES = 38;
/** Of a body, with or without a unit where it is said what was measured; read over the whole text, because a point ends a clause. */
const DEGREES = /(\d{2}(?:\.\d)?) ?(?:度|℃|°c|degrees)|(?:体温|烧到|temperature|temp)[^\d]{0,8}(\d{2}(?:\.\d)?)/g;

function degreesIn(text: string): readonly number[] {
  return [...text.matchAll(DEGREES)].map(([, some, other]) => Number(some ?? other)).filter((degrees) => degrees < 44);
}

function saysSo(clause: string, pattern: RegExp): boolean {
  return [...clause.matchAll(pattern)].some(({ index }) => !isDenied(clause.slice(0, index)));
}

/** Any place of the clause at which the term stands and is not denied. */
function says(clause: string, term: string): boolean {
  for (let from = clause.indexOf(term); from >= 0; from = clause.indexOf(term, from + 1)) {
    if (isWord(clause, term, from) && !isDenied(clause.slice(0, from))) return true;
  }
  return false;
}

function isWord(clause: string, term: string, from: number): boolean {
  if (!/^[a-z]/.test(term)) return true;
  return !/[a-z]/.test(clause[from - 1] ?? ' ') && !/[a-z]/.test((clause[from + term.length] ?? ' ').replace('s', ' '));
}

function isDenied(before: string): boolean {
  if (LONG_AGO.test(before) && !NOW.test(before)) return true;
  return !UNSURE.test(before) && (DENIES_ZH.test(before) || DENIES_EN.test(before));
}
