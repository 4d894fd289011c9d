import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseInstant } from '../base/index.ts';
import { amendPeriod, nextVersion } from './amend.ts';
import { readPolicy } from './read-document.ts';

const text = (name: string): string => readFileSync(fileURLToPath(new URL(`../../policies/${name}.yaml`, import.meta.url)), 'utf8');
const ZHENGZHOU = text('zhengzhou-2022-11-25');
const periodOf = (amended: string): { from: number; to?: number } => {
  const read = readPolicy('amended', amended);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.value.coverage.period;
};
const changed = (before: string, after: string): readonly string[] => after.split('\n').filter((line, index) => line !== before.split('\n')[index]);

describe('an end that is moved', () => {
  it('changes the version and the end, and not one other character', () => {
    const amended = amendPeriod(ZHENGZHOU, parseInstant('2022-12-03 24:00')!, ['1']);
    expect(changed(ZHENGZHOU, amended)).toEqual([`version: '2'`, `period: { from: '2022-11-25 00:00', to: '2022-12-03 24:00' }`]);
  });

  it('at any second of the city\'s time is read back as that second', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 400 * 86_400 }), (seconds) => {
      const to = parseInstant('2022-11-25 00:00')! + seconds * 1_000;
      expect(periodOf(amendPeriod(ZHENGZHOU, to, ['1'])).to).toBe(to);
    }));
  });

  it('left open, then it has none, and can be given one again with every comment still there', () => {
    const open = amendPeriod(ZHENGZHOU, null, ['1']);
    expect(periodOf(open)).toEqual({ from: parseInstant('2022-11-25 00:00') });
    const closed = amendPeriod(open, parseInstant('2022-12-01 18:30')!, ['1', '2']);
    expect(periodOf(closed).to).toBe(parseInstant('2022-12-01 18:30'));
    const comments = (whole: string): readonly string[] => whole.split('\n').map((line) => line.trim()).filter((line) => line.startsWith('#'));
    expect(comments(closed)).toEqual(comments(ZHENGZHOU));
  });

  it('of a period written over several lines is put in its place', () => {
    const block = ZHENGZHOU.replace(/period: .*/, `period:\n  from: '2022-11-25 00:00' # a Friday`);
    const amended = amendPeriod(block, parseInstant('2022-11-28 00:00')!, ['1']);
    expect(periodOf(amended).to).toBe(parseInstant('2022-11-28 00:00'));
    expect(amended).toContain('# a Friday');
  });
});

describe('the next version', () => {
  it.each([
    ['1', ['1'], '2'],
    ['1', ['1', '2', '3'], '4'],
    ['2022-b', [], '2022-b.2'],
    ['2022-b.2', ['2022-b', '2022-b.2'], '2022-b.3'],
  ])('after %j, when %j are there, is %j', (version, taken, next) => {
    expect(nextVersion(version, taken)).toBe(next);
  });
});
