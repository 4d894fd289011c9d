import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseInstant } from '../base/index.ts';
import { compilePolicy, diffPolicies, findDifference, policiesDiffer, treatedDifferently } from './index.ts';
import type { CareCase, CompiledPolicy, Measure, PolicyDocument } from './index.ts';
import { loadPolicies } from './load.ts';
import { COMBINATIONS } from './regions.ts';

const loaded = loadPolicies(fileURLToPath(new URL('../../policies', import.meta.url)));
if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems));
const { compiled, documents, ordinary, standing } = loaded.policies;
const document = documents.get('zhengzhou-2022-11-25')!;
const zhengzhou = compiled.get(document.id)!;

const amended = (change: Partial<PolicyDocument>): CompiledPolicy => compilePolicy({ ...document, ...change }, standing);
const measure = (id: string, when: object[], then: object): Measure => ({ id, clause: `1: "${id}"`, text: { zh: id, en: id }, when, then, line: 1 }) as Measure;
const first = (one: Measure): CompiledPolicy => amended({ measures: [one, ...document.measures] });
const DURING = parseInstant('2022-11-26 10:00')!;
const someone = (rest: Partial<CareCase>): CareCase => ({
  need: 'specialist', groups: [], findings: [], vitals: {}, ageMonths: 480, instant: DURING, town: '410105001', patientKind: 'greenCode', test: 'valid', mobility: 'walks', ...rest,
});

describe('who is treated differently', { timeout: 60_000 }, () => {
  it('given the same policy twice, then nobody', () => {
    expect(diffPolicies(zhengzhou, amended({}))).toMatchObject({ coverage: [], classes: [], toldOtherwise: [], combinations: COMBINATIONS, different: 0 });
    expect(policiesDiffer(zhengzhou, amended({}))).toBe(false);
  });
  it('given pregnant women in high-risk areas are to be fetched by 120, then one class of people, in words, before and after', () => {
    const { classes, different } = diffPolicies(zhengzhou, first(measure('X', [{ acuity: ['III'], need: ['obstetrics'], patientKind: ['highRiskArea'] }], { transport: 'ambulance' })));
    expect(classes.map(({ who, was, now }) => [who.en, was.en, now.en])).toEqual([[
      'in a high-risk area, pregnancy care, acuity III',
      'committee car, picked up (driver) within 2 h',
      '120 ambulance, picked up (crew) within 40 min',
    ]]);
    expect(classes[0]!.who.zh).toBe('高风险区，孕产，三级');
    expect(classes[0]!.example.en).toBe('pregnant, in a high-risk area, pregnancy care, acuity III');
    expect(classes[0]!.combinations).toBe(different);
  });
  it('given one deadline by acuity, then one class, with the shortest and the longest', () => {
    const due = { I: 600, II: 600, III: 600, IV: 900 };
    const { classes } = diffPolicies(zhengzhou, first(measure('X', [{ acuity: ['III', 'IV'] }], { links: { assignCar: { dueSeconds: due } } })));
    expect(classes.map(({ was, now }) => [was.en, now.en])).toEqual([['car assigned (committee) within 30 min to 2 h', 'car assigned (committee) within 10 min to 15 min']]);
  });
  it('given another door, then only what changed is said', () => {
    const { classes } = diffPolicies(zhengzhou, first(measure('X', [{ need: ['expert'], acuity: ['IV'], group: ['disabled'] }], { greenChannel: true, entry: 'bufferZone' })));
    // Whoever has no valid test goes through the buffer zone already; a child under three is not asked for one.
    expect(classes.map(({ alternatives, was, now }) => [alternatives.map(({ en }) => en), was.en, now.en])).toEqual([[
      ['disabled, green code or no restriction, valid test, expert clinic, acuity IV', 'disabled, under 3, green code or no restriction, not positive, expert clinic, acuity IV'],
      'ordinary entrance', 'buffer zone',
    ]]);
  });
  it('given a clause put in other words, then nobody is treated otherwise, and who hears them is named apart', () => {
    const reworded = amended({ measures: document.measures.map((one) => (one.id === 'ZZ-4-channel' ? { ...one, text: { zh: '新说法', en: 'Put in other words.' } } : one)) as Measure[] });
    const { classes, toldOtherwise } = diffPolicies(zhengzhou, reworded);
    expect(classes).toEqual([]);
    expect(toldOtherwise.map(({ who, now }) => [who.en, now.en])).toEqual([['acuity I or II', 'Put in other words. (ZZ-4-channel)']]);
  });
  it('classes do not overlap: together they are exactly those who are treated differently', () => {
    const { classes, different } = diffPolicies(ordinary, zhengzhou);
    expect(classes.reduce((sum, { combinations }) => sum + combinations, 0)).toBe(different);
    expect(new Set(classes.map(({ key }) => key)).size).toBe(classes.length);
  });
});

describe('who is covered', { timeout: 60_000 }, () => {
  it('given three more days, then the period is said, and those days are where only the second holds', () => {
    const longer = amended({ coverage: { ...document.coverage, period: { ...document.coverage.period, to: parseInstant('2022-12-02 24:00')! } } });
    const { coverage, classes } = diffPolicies(zhengzhou, longer);
    expect(coverage.map(({ en }) => en)).toEqual(['in force: was 2022-11-25 00:00 to 2022-11-30 00:00; now 2022-11-25 00:00 to 2022-12-03 00:00']);
    expect(new Set(classes.map(({ where }) => where))).toEqual(new Set(['onlySecond']));
    expect(classes[0]!.who.en).toMatch(/^where only the second holds, /);
    const [during, after] = [someone({}), someone({ instant: parseInstant('2022-12-01 10:00')! })];
    expect([treatedDifferently(zhengzhou, longer, during), treatedDifferently(zhengzhou, longer, after)]).toEqual([false, true]);
  });
  it('given a district less, then its code', () => {
    const districts = new Map([...document.coverage.districts].filter(([code]) => code !== '410105'));
    const { coverage, classes } = diffPolicies(zhengzhou, amended({ coverage: { ...document.coverage, districts } }));
    expect(coverage.map(({ en }) => en)).toEqual(['no longer covered: 410105']);
    expect(new Set(classes.map(({ where }) => where))).toEqual(new Set(['onlyFirst']));
  });
});

describe('one person under two policies', () => {
  const ambulances = first(measure('X', [{ acuity: ['III', 'IV'], need: ['specialist'], mobility: ['wheelchair'] }], { transport: 'ambulance' }));
  it('given they are in a class of the diff, then its key, whatever the city knows; otherwise nothing', () => {
    const [classOf] = diffPolicies(zhengzhou, ambulances).classes;
    expect(findDifference(zhengzhou, ambulances, someone({ mobility: 'wheelchair' }))).toBe(classOf!.key);
    expect(findDifference(zhengzhou, ambulances, someone({ mobility: 'walks' }))).toBeUndefined();
  });
});
