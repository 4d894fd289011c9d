/** Letters of other alphabets that look like ours: whoever pastes or types them means the medicine they look like. */
const LOOK_ALIKE = 'аеорсухіјѕһкмтнвԁαβεικνορτυχ';
const LATIN = 'aeopcyxijshkmthbdabeikvoptux';
/** Traditional characters of medicines' names, and the simplified ones of the formulary. */
const TRADITIONAL = '嗎氫羥諾達專爾鹽鈉鉀鈣鎂鋅鐵鋰銀鋁鉍馬撲複緩釋腸膠劑貼噴霧維單雙華經靜樂壓藥蘇賴瑪麗異環歐銨飛羅萬優頭黴紅黃體長預島頓勞納魯賓車聯絲絡範韋沖貝鏈滅鹼慶門傑氣鬆對濃熱強轉開萊蘭倫溫醯雜瀉廣鎮痙寧尋匯';
const SIMPLIFIED = '吗氢羟诺达专尔盐钠钾钙镁锌铁锂银铝铋马扑复缓释肠胶剂贴喷雾维单双华经静乐压药苏赖玛丽异环欧铵飞罗万优头霉红黄体长预岛顿劳纳鲁宾车联丝络范韦冲贝链灭碱庆门杰气松对浓热强转开莱兰伦温酰杂泻广镇痉宁寻汇';

const FOLDED: ReadonlyMap<string, string> = new Map(Array.from(LOOK_ALIKE + TRADITIONAL, (written, nth) => [written, (LATIN + SIMPLIFIED)[nth]!]));

/**
 * A name as it is compared: width, case, accents, invisible characters, look-alikes, blanks between Chinese characters and traditional writing
 * make no other medicine. Two medicines taken for one cost a look; one taken for none lets a controlled medicine through.
 */
export function plain(text: string): string {
  const shown = text.normalize('NFKD').replace(/[\p{Cf}\p{M}\p{Cc}]/gu, (sign) => (/\s/.test(sign) ? ' ' : '')).toLowerCase();
  return Array.from(shown, (sign) => FOLDED.get(sign) ?? sign).join('').replace(/\s+/g, ' ').replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '').trim();
}
