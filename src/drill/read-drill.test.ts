import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseInstant } from '../base/index.ts';
import { readDrill } from './read-drill.ts';

const GOOD = `# A title
city toytown
policy zhengzhou-2022-11-25
start 2022-11-25 08:00
seed 1

at 08:05 R1 asks
    town 990101001
    need fever
    temperatureCelsius 38.5
    findings fever, dehydrated
late R1 release by 5 minutes
expect R1 acuity III
`;
const problemsOf = (text: string): readonly { line: number; message: string }[] => {
  const read = readDrill('drills/X01-test.drill', text);
  return 'problems' in read ? read.problems : [];
};

describe('A drill as text', () => {
  it('is read as it is written', () => {
    const read = readDrill('drills/X01-test.drill', GOOD);
    if (!('drill' in read)) throw new Error(JSON.stringify(read.problems));
    expect(read.drill).toMatchObject({ name: 'X01', title: 'A title', city: 'toytown', seed: 1, late: [{ name: 'R1', link: 'release', minutes: 5 }] });
    expect(read.drill.asks[0]).toMatchObject({
      at: parseInstant('2022-11-25 08:05'),
      intake: { town: '990101001', need: 'fever', findings: ['fever', 'dehydrated'], vitals: { temperatureCelsius: 38.5 } },
    });
  });

  it.each([
    ['seed 1', 'seed one', 5, 'whole number'],
    ['start 2022-11-25 08:00', 'start 2022-13-25 08:00', 4, 'write it like'],
    ['need fever', 'need feverr', 9, 'write one of'],
    ['need fever', 'needs fever', 9, 'not a field'],
    ['temperatureCelsius 38.5', 'temperatureCelsius 385', 10, 'from 15 to 46'],
    ['at 08:05', 'at 28:05', 7, 'no time of a day'],
    ['at 08:05', 'at 07:05', 7, 'before the start'],
    ['R1 asks', 'R2 asks', 7, 'this is R1'],
    ['late R1 release', 'late R1 relaese', 12, 'no step'],
    ['late R1', 'late R7', 12, 'no R7 asks'],
    ['expect R1 acuity III', 'expect R1 mood good', 13, 'thing to expect'],
    ['expect R1 acuity III', '', 1, 'could not fail'],
    ['late R1', 'at 08:20 R1 lowered I because he sounds well\nlate R1', 12, 'lowered III because'],
    ['late R1', 'calls many\nlate R1', 12, 'calls 2400 in 24 hours'],
    ['late R1', 'calls 0 in 24 hours one trip in 10 beside 2 one trip in 2\nlate R1', 12, 'is not understood'],
    ['late R1', 'calls 20 in 2 hours one trip in 10 beside 2 one trip in 2\nlate R1', 7, 'a drill of its own'],
    ['expect R1 acuity III', 'expect calls trips one in 10', 13, 'no line says how many'],
    ['expect R1 acuity III', 'expect R1 trips one in 10', 13, 'thing to expect'],
    ['late R1', 'shut R1 for ever\nlate R1', 12, 'shut R1 cameFromHospital for 20 minutes'],
    ['late R1', 'shut R1 badMood for 20 minutes\nlate R1', 12, 'ground of a gate'],
    ['late R1', 'shut R3 other for 20 minutes\nlate R1', 12, 'no R3 asks'],
    ['late R1', 'slow R1', 12, 'begins with "slow"'],
  ])('given "%s" written as "%s", then line %i is named: %s', (right, wrong, line, message) => {
    const found = problemsOf(GOOD.replace(right, wrong));
    expect(found.filter((one) => one.line === line && one.message.includes(message))).toHaveLength(1);
  });

  it('names every mistake at once', () => {
    const found = problemsOf(GOOD.replace('seed 1', 'seed x').replace('need fever', 'need feverr').replace('R1 release', 'R1 nothing'));
    expect(found.map(({ line }) => line)).toEqual([5, 9, 12]);
  });

  it('never throws, whatever stands in the file', () => {
    fc.assert(fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom(...GOOD.split('\n'))), { maxLength: 20 }), (lines) => {
      const read = readDrill('drills/X.drill', lines.join('\n'));
      expect('drill' in read || read.problems.length > 0).toBe(true);
    }));
  });
});
