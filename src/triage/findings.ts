import type { Text } from '../base/index.ts';

/** Whom a question is for; the interview leaves out what cannot concern the person. `examined`: known by an instrument or a laboratory, asked of nobody. */
export type Audience = 'everyone' | 'underFive' | 'pregnancy' | 'dialysis' | 'oncology' | 'fever' | 'medicine' | 'examined';

/**
 * What can be found without an instrument, by somebody who is no clinician. A code never changes its meaning: old cases
 * are replayed. The order is by what kills first; what is asked when is in `tables/questions.ts`. The wording is our own, and
 * "yes" always means that the finding is there.
 */
export interface Finding {
  readonly code: string;
  readonly audience: Audience;
  readonly name: Text;
  readonly ask: Text;
}

const finding = (code: string, audience: Audience, zh: string, en: string, askZh: string, askEn: string): Finding => ({
  code, audience, name: { zh, en }, ask: { zh: askZh, en: askEn },
});

export const FINDINGS: readonly Finding[] = [
  // Awake and breathing: before anything else.
  finding('unresponsive', 'everyone', '叫不醒', 'does not wake up', '叫他、拍他，是不是完全没有反应？', 'Call and tap them: is there no answer at all?'),
  finding('notBreathing', 'everyone', '没有正常呼吸', 'not breathing normally', '是不是没有呼吸，或只是偶尔喘一口气？', 'Are they not breathing, or only gasping now and then?'),
  finding('airwayBlocked', 'everyone', '气道堵塞', 'airway blocked', '是不是噎住了，说不出话、咳不出来？', 'Are they choking, unable to speak or cough?'),
  finding('cyanosis', 'everyone', '口唇发紫', 'blue lips or face', '嘴唇或脸色发紫发灰吗？', 'Are the lips or face blue or grey?'),
  finding('severeBreathlessness', 'everyone', '严重呼吸困难', 'severe breathlessness', '是不是喘得说不完一句话？', 'Are they too breathless to finish a sentence?'),
  finding('stridor', 'everyone', '吸气有尖响', 'harsh noise when breathing in', '吸气的时候有刺耳的响声吗？', 'Is there a harsh noise with each breath in?'),
  finding('asthmaNotRelieved', 'everyone', '哮喘用药不缓解', 'asthma that the inhaler does not relieve', '哮喘发作，用了药也没有好转吗？', 'Is it asthma, and the usual medicine has not helped?'),
  // Circulation and the brain.
  finding('chestPain', 'everyone', '胸痛', 'chest pain', '胸口有疼痛、压迫或紧缩的感觉吗？', 'Is there pain, pressure or tightness in the chest?'),
  finding('strokeSigns', 'everyone', '中风征象', 'signs of stroke', '看一看脸歪不歪、举一举两只手、听一听说话清不清：有一样不对吗？', 'Face drooping, one arm weak, speech unclear: is any of these new?'),
  finding('majorBleeding', 'everyone', '大出血', 'bleeding that does not stop', '有止不住的出血，或血流得很多吗？', 'Is there heavy bleeding, or bleeding that will not stop?'),
  finding('convulsion', 'everyone', '抽搐', 'convulsion', '现在正在抽搐，或抽搐后还没醒吗？', 'Are they having a fit now, or not yet awake after one?'),
  finding('severeAllergy', 'everyone', '严重过敏', 'severe allergic reaction', '接触什么之后，突然脸肿、喉咙紧或喘不上气吗？', 'After food, a sting or a medicine: sudden swelling, tight throat or collapse?'),
  finding('shockSigns', 'everyone', '休克征象', 'signs of shock', '皮肤又冷又湿、脸色苍白、脉搏又快又弱吗？', 'Is the skin cold, pale and clammy with a weak fast pulse?'),
  finding('majorTrauma', 'everyone', '严重外伤', 'major injury', '是高处坠落、车祸或刺伤这样的重伤吗？', 'Is it a serious injury: a fall from height, a crash, a stab wound?'),
  finding('drowning', 'everyone', '溺水', 'drowning', '人刚从水里救上来吗？', 'Were they under water?'),
  finding('overdose', 'everyone', '过量服药', 'overdose', '是不是吃了过量的药？', 'Have they taken too much of a medicine?'),
  finding('ketoacidosisSigns', 'everyone', '糖尿病酮症征象', 'signs of diabetic ketoacidosis', '有糖尿病，并且呕吐、呼吸又深又快或昏昏沉沉吗？', 'Diabetes, and now vomiting, deep fast breathing or very drowsy?'),
  finding('lowBloodSugar', 'everyone', '低血糖征象', 'signs of low blood sugar', '有糖尿病或打胰岛素，并且手抖、出冷汗、心慌或饿得发慌吗？', 'Diabetes or insulin, and now shaky, in a cold sweat or faint with hunger?'),
  finding('poisoning', 'everyone', '中毒', 'poisoning', '接触、吸入或吞下了有毒的东西吗（煤气、化学品、农药）？', 'Have they breathed in, touched or swallowed something poisonous?'),
  finding('severePain', 'everyone', '剧烈疼痛', 'severe pain', '疼得受不了，十分里有七分以上吗？', 'Is the pain unbearable, seven or more out of ten?'),
  finding('suddenSevereHeadache', 'everyone', '突发剧烈头痛', 'sudden severe headache', '突然出现从未有过的剧烈头痛吗？', 'Did the worst headache of their life come on suddenly?'),
  finding('suddenVisionLoss', 'everyone', '突然看不清', 'sudden loss of sight', '突然看不见，或看东西缺一块吗？', 'Is sight suddenly lost, all or part of it?'),
  finding('stiffNeck', 'everyone', '颈部僵硬', 'stiff neck', '脖子僵硬，低头碰不到胸口吗？', 'Is the neck stiff, so that the chin does not reach the chest?'),
  finding('nonBlanchingRash', 'everyone', '压之不褪色的皮疹', 'rash that does not fade under a glass', '身上有用玻璃杯压住也不褪色的红点吗？', 'Is there a rash that stays visible under a pressed glass?'),
  finding('vomitingBlood', 'everyone', '呕血或黑便', 'vomiting blood or black stool', '吐血，或大便发黑像柏油吗？', 'Is there blood in the vomit, or stool black like tar?'),
  finding('severePallor', 'everyone', '脸色异常苍白', 'unusually pale', '脸色和手掌白得不正常吗？', 'Are the face and palms unusually pale?'),
  finding('amputationOrOpenFracture', 'everyone', '断肢或开放性骨折', 'amputation or open fracture', '有肢体断离，或骨头外露吗？', 'Is a limb cut off, or a bone showing?'),
  finding('threatenedLimb', 'everyone', '肢体发凉发白', 'cold, pale limb', '有一条手臂或腿突然又痛又凉又白吗？', 'Is an arm or leg suddenly painful, cold and pale?'),
  finding('severeBurn', 'everyone', '严重烧烫伤', 'severe burn', '烧烫伤面积大，或在脸、手、会阴吗？', 'Is the burn large, or on the face, hands or groin?'),
  finding('snakeBite', 'everyone', '毒蛇咬伤', 'snake bite', '被蛇咬了吗？', 'Was it a snake bite?'),
  finding('violentNow', 'everyone', '正在伤人或自伤', 'violent now', '现在有伤害自己或别人的举动吗？', 'Are they hurting themselves or others right now?'),
  finding('swollenThroat', 'everyone', '口舌或喉部肿胀', 'swollen mouth or throat', '嘴、舌头或喉咙肿起来了吗？', 'Are the mouth, tongue or throat swelling?'),
  finding('testicularPain', 'everyone', '突发睾丸痛', 'sudden testicular pain', '睾丸突然剧痛吗？', 'Is there sudden pain in a testicle?'),
  finding('confusion', 'everyone', '意识模糊', 'new confusion', '突然糊涂、认不清人或地方吗？', 'Are they newly confused about people or place?'),
  finding('drowsy', 'everyone', '嗜睡', 'drowsy but can be woken', '一直想睡，但叫得醒吗？', 'Are they very sleepy, though they can be woken?'),
  finding('selfHarmThoughts', 'everyone', '自伤念头', 'thoughts of self-harm', '现在有伤害自己的念头吗？', 'Are there thoughts of harming themselves now?'),
  finding('breathless', 'everyone', '气短', 'short of breath', '比平时气短吗？', 'Are they shorter of breath than usual?'),
  finding('wheeze', 'everyone', '喘鸣', 'wheezing', '呼吸有哨音吗？', 'Is there a whistling sound when breathing?'),
  finding('fainted', 'everyone', '晕倒过', 'has fainted', '晕倒过吗？', 'Have they fainted?'),
  finding('convulsionStopped', 'everyone', '抽搐已停', 'a convulsion that has stopped', '抽搐过，现在已经清醒吗？', 'Was there a fit, and they are awake again?'),
  finding('headInjury', 'everyone', '头部外伤', 'head injury', '撞到头了吗？', 'Did they hit their head?'),
  finding('moderateBleeding', 'everyone', '中等出血', 'bleeding that slows under pressure', '还在出血，但按住能慢下来吗？', 'Is it still bleeding, though pressure slows it?'),
  finding('moderatePain', 'everyone', '中度疼痛', 'moderate pain', '疼痛在十分里有四到六分吗？', 'Is the pain four to six out of ten?'),
  finding('abdominalPain', 'everyone', '腹痛', 'abdominal pain', '肚子痛吗？', 'Is there pain in the belly?'),
  finding('persistentVomiting', 'everyone', '持续呕吐或腹泻', 'vomiting or diarrhoea that does not stop', '一直吐或拉，什么都留不住吗？', 'Does nothing stay down, or does the diarrhoea not stop?'),
  finding('cannotDrink', 'everyone', '不能进食饮水', 'cannot eat or drink', '吃不下也喝不下吗？', 'Are they unable to eat or drink?'),
  finding('cannotPassUrine', 'everyone', '排尿不出', 'cannot pass urine', '想尿却尿不出来吗？', 'Are they unable to pass urine?'),
  finding('acuteWeakness', 'everyone', '突然无力', 'sudden weakness', '突然没有力气，站不起来吗？', 'Are they suddenly too weak to stand?'),
  finding('limbDeformity', 'everyone', '肢体变形', 'deformed limb', '手脚摔得变形了吗？', 'Is an arm or leg out of shape?'),
  finding('sexualAssault', 'everyone', '性侵害', 'sexual assault', '是否受到性侵害？（可以不回答）', 'Was there a sexual assault? (no need to answer)'),
  finding('timedProphylaxis', 'everyone', '需限时预防用药', 'exposure that needs timely prophylaxis', '被动物咬伤，或有需要尽快用药预防的接触吗？', 'An animal bite, or contact that needs a preventive dose soon?'),
  finding('asthmaStable', 'everyone', '哮喘发作但平稳', 'asthma attack, stable', '哮喘发作，但用药后平稳吗？', 'Is it an asthma attack that is settling?'),
  finding('fever', 'everyone', '发热', 'fever', '发烧吗？', 'Is there a fever?'),
  finding('rigors', 'everyone', '寒战', 'shaking chills', '冷得发抖吗？', 'Are there shaking chills?'),
  finding('worseningRash', 'everyone', '皮疹加重', 'a rash that spreads', '皮疹越来越多、越来越重吗？', 'Is there a rash that keeps spreading?'),
  // Under five.
  finding('floppy', 'underFive', '孩子软弱无反应', 'floppy, does not stay awake', '孩子软绵绵，叫醒又睡吗？', 'Is the child floppy, or asleep again as soon as woken?'),
  finding('mottledSkin', 'underFive', '皮肤花斑或苍白', 'pale, mottled or ashen skin', '孩子皮肤苍白、发花或发灰吗？', 'Is the skin pale, mottled or ashen?'),
  finding('weakCry', 'underFive', '哭声微弱或尖厉', 'weak or high-pitched cry', '哭声很弱，或尖厉不停吗？', 'Is the cry weak, or high and continuous?'),
  finding('grunting', 'underFive', '呻吟、胸壁凹陷', 'grunting or chest drawing in', '呼吸时呻吟，或胸口往里凹吗？', 'Grunting, or the chest drawing in with each breath?'),
  finding('nasalFlaring', 'underFive', '鼻翼扇动', 'nostrils flaring', '呼吸时鼻孔一张一合吗？', 'Do the nostrils flare with each breath?'),
  finding('bulgingFontanelle', 'underFive', '囟门隆起', 'bulging soft spot', '头顶囟门鼓起来吗？', 'Is the soft spot on the head bulging?'),
  finding('poorFeeding', 'underFive', '吃奶或进食很差', 'feeding poorly', '吃奶或吃饭比平时少一半以上吗？', 'Is the child taking less than half of the usual feed?'),
  finding('bornPreterm', 'underFive', '早产儿', 'born early', '孩子是早产吗（不足37周）？', 'Was the child born before 37 weeks?'),
  finding('reducedUrine', 'underFive', '尿量减少', 'passing little urine', '尿布比平时干很多吗？', 'Are the nappies much drier than usual?'),
  finding('reducedSkinTurgor', 'underFive', '皮肤弹性差', 'pinched skin stays up', '捏起肚子上的皮肤，松手后慢慢才平吗？', 'Does a pinch of belly skin go back slowly?'),
  finding('dehydrated', 'underFive', '脱水', 'dried out', '眼窝凹、嘴干、哭没有眼泪吗？', 'Sunken eyes, dry mouth, crying without tears?'),
  finding('feverFiveDays', 'underFive', '发热五天以上', 'fever for five days or more', '烧了五天以上吗？', 'Has the fever lasted five days or more?'),
  finding('swollenJoint', 'underFive', '关节肿或不肯走', 'swollen joint, will not bear weight', '有关节肿，或不肯站、不肯走吗？', 'A swollen joint, or refusing to stand or walk?'),
  // Pregnancy and birth.
  finding('birthImminent', 'pregnancy', '即将分娩', 'the baby is coming', '想用力、看得见孩子的头吗？', 'Is she pushing, or is the head in sight?'),
  finding('cordProlapse', 'pregnancy', '脐带脱出', 'umbilical cord felt or seen', '摸到或看到脐带吗？', 'Is the cord felt or seen?'),
  finding('pregnancyBleeding', 'pregnancy', '孕期出血', 'bleeding in pregnancy', '怀孕期间阴道出血吗？', 'Is there bleeding in pregnancy?'),
  finding('labour', 'pregnancy', '临产', 'in labour', '有规律的宫缩、要生了吗？', 'Are there regular contractions?'),
  finding('pretermContractions', 'pregnancy', '不足37周宫缩', 'contractions before 37 weeks', '不到37周就有宫缩吗？', 'Contractions before 37 weeks?'),
  finding('preEclampsiaSigns', 'pregnancy', '子痫前期征象', 'severe headache or vision change in pregnancy', '剧烈头痛或眼前发花吗？', 'Severe headache, or blurred or flashing vision?'),
  finding('watersBroken', 'pregnancy', '破水', 'waters broken', '破水了吗？', 'Have the waters broken?'),
  finding('reducedFetalMovement', 'pregnancy', '胎动减少', 'baby moving less', '胎动比平时少吗？', 'Is the baby moving less than usual?'),
  // Haemodialysis.
  finding('hyperkalaemiaSigns', 'dialysis', '高血钾征象', 'very weak or palpitations on dialysis', '手脚发软、心慌或心跳很乱吗？', 'Very weak legs, or a racing or irregular heart?'),
  finding('breathlessOnDialysis', 'dialysis', '透析患者气短', 'breathless on dialysis', '气短、躺不平或腿肿吗？', 'Breathless, unable to lie flat, or swollen?'),
  finding('missedDialysis', 'dialysis', '四天没有透析', 'four days without dialysis', '距上次透析开始满四天（96小时）了吗？', 'Four days (96 hours) or more since the last session began?'),
  finding('dialysisAccessProblem', 'dialysis', '透析通路异常', 'fistula or catheter problem', '内瘘没有震颤，或导管出问题吗？', 'Is the fistula silent, or is there trouble with the catheter?'),
  // On treatment for cancer; its fever is asked of everybody with a fever, for many call about the fever alone.
  finding('feverOnChemotherapy', 'fever', '化疗期间发热', 'fever on chemotherapy', '化疗后六周内，体温到过38度吗？', 'Within six weeks of chemotherapy: a temperature of 38 or more?'),
  finding('bleedingOnChemotherapy', 'oncology', '化疗期间出血', 'bleeding or bruising on chemotherapy', '有出血，或身上突然有瘀斑吗？', 'Is there bleeding or sudden bruising?'),
  finding('mouthSoresCannotDrink', 'oncology', '口腔溃疡不能进水', 'mouth sores, cannot drink', '嘴里溃疡，喝不了水吗？', 'Mouth sores, and unable to drink?'),
  // Medicine that must not run out.
  finding('vitalMedicineOut', 'medicine', '不能停的药已断', 'a medicine that must not stop has run out', '胰岛素、抗癫痫、抗凝、抗排异或精神科的药，已经断了或今天就断吗？', 'Insulin, epilepsy, blood-thinning, transplant or psychiatric medicine: out, or out today?'),
  // Found by whoever examined the person: entered by them, asked of nobody on the phone.
  finding('ecgAcuteInfarct', 'examined', '心电图示急性心肌梗死', 'heart attack on the ECG', '心电图提示急性心肌梗死吗？', 'Does the ECG show an acute infarction?'),
  finding('suspectedSepsis', 'examined', '疑似脓毒症', 'suspected sepsis', '检查后怀疑脓毒症吗？', 'After examination, is sepsis suspected?'),
  finding('listenerConcerned', 'examined', '接听人员判断为急症', 'an emergency, by the ear of whoever listened', '听下来像急症吗？', 'Does it sound like an emergency?'),
  finding('neutropenia', 'examined', '中性粒细胞减少', 'low white cells', '血象提示中性粒细胞减少吗？', 'Does the blood count show neutropenia?'),
];

const BY_CODE: ReadonlyMap<string, Finding> = new Map(FINDINGS.map((item) => [item.code, item]));

export function findFinding(code: string): Finding | undefined {
  return BY_CODE.get(code);
}
