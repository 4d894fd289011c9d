/** An announcement, as hostile as its format lets it be: many measures, each of which asks other facts than the one before. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

const ANSWERS = {
  acuity: ['I', 'II', 'III', 'IV'], need: ['fever', 'obstetrics', 'specialist', 'expert', 'medicineRefill', 'haemodialysis', 'paediatrics'],
  age: ['underThree', 'threeToFive', 'sixToThirteen', 'fourteenAndOver', 'unknown'], group: ['pregnant', 'elderly', 'child', 'disabled', 'chronic'],
  fever: ['yes', 'no'], hands: ['yes', 'no'], mobility: ['walks', 'wheelchair', 'stretcher', 'unknown'],
  patientKind: ['highRiskArea', 'isolationPoint', 'greenCode', 'nonGreenSpecial', 'none', 'unknown'], test: ['valid', 'expired', 'none', 'positive', 'unknown'],
};

/** @param count of measures: from some sixty on they tell more cases apart than can be proven */
export function tooComplex(count: number): string {
  const announced = readFileSync(path.resolve(import.meta.dirname, '../policies/zhengzhou-2022-11-25.yaml'), 'utf8');
  const measures = Array.from({ length: count }, (_, place) => {
    const asked = Object.entries(ANSWERS).filter((__, fact) => (place >> (fact % 7)) % 2 === 0 || fact === place % 9)
      .map(([fact, answers], which) => `${fact}: ['${answers[(place * 5 + which) % answers.length]}', '${answers[(place * 5 + which + 1) % answers.length]}']`);
    return `  - { id: X-${place}, clause: '3: "${place}"', text: { zh: 某, en: Some. }, rooms: [reception], when: { ${asked.join(', ')} }, then: { greenChannel: true } }\n`;
  });
  return announced.replace("version: '1'", "version: '7'").replace('measures:\n', `measures:\n${measures.join('')}`);
}
