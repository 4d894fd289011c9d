import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FINDINGS } from '../triage/index.ts';
import { heardIn, isUnclear, saysWorse } from './index.ts';

describe('words that tell of a turn for the worse', () => {
  it.each<[string, string[]]>([
    ['胸痛', ['chestPain']],
    ['我爸突然胸口疼得厉害', ['chestPain']],
    ['没有胸痛', []],
    ['没有胸痛、气短', []],
    ['没有胸痛和呼吸困难', []],
    ['没有胸痛，但是喘不过气', ['severeBreathlessness']],
    ['不发烧了，就是胸闷', ['breathless']],
    ['胸痛没有好转', ['chestPain']],
    ['没有缓解的胸痛', ['chestPain']],
    ['是不是胸痛我也说不准', ['chestPain']],
    ['不知道算不算胸痛', ['chestPain']],
    ['不是没有胸痛', ['chestPain']],
    ['以前没有胸痛。今天有胸痛', ['chestPain']],
    ['叫不醒了', ['unresponsive']],
    ['孩子抽搐', ['convulsion']],
    ['嘴歪了，说话不清', ['strokeSigns']],
    ['我不想活了', ['selfHarmThoughts']],
    ['胰岛素用完了', ['vitalMedicineOut']],
    ['药还有三天', []],
    ['谢谢医生', []],
    ['no chest pain', []],
    ['I have no chest pain or fever', []],
    ["I don't have a fever", []],
    ['No chest pain, but I am short of breath', ['breathless']],
    ['no relief from chest pain', ['chestPain']],
    ['not sure if it is chest pain', ['chestPain']],
    ["She can't breathe", ['severeBreathlessness']],
    ['He won’t wake up', ['unresponsive']],
    ['chest pain is not better', ['chestPain']],
    ['without fever', []],
    ['ran out of my medicine', ['vitalMedicineOut']],
    ['feverish films on TV', []],
    ['胸痛 and no fever', ['chestPain']],
    ['今天不舒服胸痛', ['chestPain']],
    ['没睡好胸痛', ['chestPain']],
    ['没吃药气短', ['breathless']],
    ['走不动喘不过气', ['severeBreathlessness']],
    ['浑身无力胸闷', ['breathless']],
    ['孩子不抽搐', []],
    ['没有出现任何胸痛', []],
    ["I don't sleep and have chest pain", ['chestPain']],
    ['not feeling well chest pain', ['chestPain']],
    ['No I have chest pain', ['chestPain']],
    ["I haven't had any chest pain", []],
    ['no signs of stroke or fever', []],
    ['我妈十年前得过胸痛', []],
    ['以前胸痛过，现在又胸痛', ['chestPain']],
    ['history of chest pain', []],
    ['中风十年了，来开药', []],
    ['胸口像压了块石头', ['chestPain']],
    ['喘得厉害', ['severeBreathlessness']],
    ['上气不接下气', ['severeBreathlessness']],
    ['脸歪了', ['strokeSigns']],
    ['左手麻', ['strokeSigns']],
    ['孩子抽了', ['convulsion']],
    ['大便是黑的', ['vomitingBlood']],
    ['见红了', ['pregnancyBleeding']],
    ['肚子疼得厉害', ['severePain']],
    ['把药全吃了', ['overdose']],
    ['喝了农药', ['overdose']],
    ['孩子38.9度', ['fever']],
    ['体温39', ['fever']],
    ['cant breathe', ['severeBreathlessness']],
    ['my chest feels tight', ['chestPain']],
    ['tightness in chest', ['chestPain']],
    ['I took all my pills', ['overdose']],
    ['left arm numb', ['strokeSigns']],
    ['severe stomach pain', ['severePain']],
    ['胸口不闷', []],
    ['胸口没有不舒服', []],
    ['体温37.2度', []],
    ['今天36.8℃', []],
    ['左手不麻了', []],
    ['孩子没再抽', []],
    ['大便不黑', []],
    ['小腿抽筋', []],
    ['明天去抽血', []],
    ['my chest is not tight', []],
    ['no severe stomach pain', []],
    ['血糖6.1', []],
    ['外面38路车', []],
  ])('%s', (text, heard) => expect(heardIn(text)).toEqual(heard));

  it('name findings that triage knows', () => {
    const known = new Set(FINDINGS.map(({ code }) => code));
    const all = heardIn('叫不醒 没呼吸 喘不过气 气短 嘴唇发紫 胸痛 嘴歪 抽搐 晕倒 糊涂了 大出血 吐血 喉咙肿 剧烈头痛 剧痛 突然看不见 想死 药吃多了 孕期出血 破水 胎动减少 酮症 断药 发烧');
    expect(all.length).toBeGreaterThan(15);
    expect(all.filter((code) => !known.has(code))).toEqual([]);
  });

  it('are never lost because something else is said before or after them', () => {
    const calm = fc.constantFrom('谢谢', '今天早上', 'thank you', 'my name is Li', '我住三号楼');
    fc.assert(fc.property(calm, fc.constantFrom('胸痛', '喘不过气', 'chest pain', 'passed out'), calm, (before, sign, after) => {
      expect(heardIn(`${before}，${sign}。${after}`)).toEqual(heardIn(sign));
    }));
  });
});

describe('low blood sugar in words', () => {
  it.each<[string, boolean]>([
    ['我有糖尿病，手抖，出冷汗', true], ['打了胰岛素以后心慌、饿得慌', true], ['低血糖了', true], ['血糖 3.1', true], ['血糖只有2.8', true], ['I take insulin and I am shaky', true], ['having a hypo', true],
    ['blood sugar is 3.0', true], ['my blood sugar is low', true], ['diabetic, cold sweat', true],
    ['没有低血糖', false], ['糖尿病，没有手抖', false], ['手抖', false], ['血糖 6.1', false], ['血糖 13.1', false], ['no hypo', false], ['I have diabetes and I am not shaking', false], ['blood sugar is 7', false], ['胰岛素还有三天', false],
  ])('%s', (text, heard) => expect(heardIn(text).includes('lowBloodSugar')).toBe(heard));
});

describe('it got worse, and nothing else is said', () => {
  it.each(['更难受了', '越来越重', '越来越难受', '比昨天更严重', '病情加重了', '我不行了', '难受得很', '撑不住了', 'it is getting worse', "I'm feeling worse", 'much worse today', 'I feel terrible', 'not sure, maybe worse'])('%s: somebody looks', (text) => {
    expect([saysWorse(text), heardIn(text)]).toEqual([true, []]);
  });
  it.each(['没有加重', '没有更难受', '越来越好', '越来越轻了', '好多了', '谢谢医生', 'not worse', 'no worse than before', 'not getting worse', 'better today', 'worsted wool'])('%s: nobody has to hurry', (text) => expect(saysWorse(text)).toBe(false));
});

describe('what the software cannot read', () => {
  it.each(['脚肿得发亮', '谢谢医生，我妈一直直着眼', '没有胸痛，腿上一条红线', 'ئاپام ياخشى ئەمەس', 'my leg is red and hot', 'wo hen bu shufu', '?? 39x'])('%s: a person reads it', (text) => {
    expect([isUnclear(text), heardIn(text), saysWorse(text)]).toEqual([true, [], false]);
  });
  it.each(['谢谢医生', '好的，收到', '没有胸痛、气短', '没有加重', '好多了', 'thank you', 'OK, thanks doctor', 'no chest pain', '👍', '胸痛', '更难受了'])('%s: it was read', (text) => expect(isUnclear(text)).toBe(false));
});
