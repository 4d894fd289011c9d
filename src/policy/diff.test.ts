import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseInstant } from '../base/index.ts';
import { compilePolicy, diffPolicies, findDifferences, policiesDiffer, treatedDifferently } from './index.ts';
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
      'committee car within 2 h',
      '120 ambulance within 40 min',
    ]]);
    expect(classes[0]!.who.zh).toBe('高风险区，孕产，三级');
    expect(classes[0]!.example.en).toBe('pregnant, in a high-risk area, pregnancy care, acuity III');
    expect(classes[0]!.combinations).toBe(different);
  });
  it('given one deadline by acuity, then one class, with the shortest and the longest', () => {
    const due = { I: 600, II: 600, III: 600, IV: 900 };
    const { classes } = diffPolicies(zhengzhou, first(measure('X', [{ acuity: ['III', 'IV'] }], { links: { assignCar: { dueSeconds: due } } })));
    expect(classes.map(({ was, now }) => [was.en, now.en])).toEqual([['car assigned within 30 min to 2 h', 'car assigned within 10 min to 15 min']]);
  });
  it('given a step by somebody else, then who does it is said as well', () => {
    const { classes } = diffPolicies(zhengzhou, first(measure('X', [{ acuity: ['III'] }], { links: { assignCar: { owner: 'district' } } })));
    expect(classes.map(({ was, now }) => [was.en, now.en])).toEqual([['car assigned (committee) within 30 min', 'car assigned (district) within 30 min']]);
  });
  it('given another pathway, then what a person notices is said first, and who sees to the rest after it', () => {
    const classes = diffPolicies(zhengzhou, first(measure('X', [{ acuity: ['III'], need: ['expert'], patientKind: ['greenCode'] }], { pathway: 'remote', venue: 'cloudClinic', transport: 'none' }))).classes;
    expect(classes.map(({ was, now }) => [was.en, now.en])).toContainEqual([expect.stringMatching(/^visit/), expect.stringMatching(/^online, .*consulted within 30 min/)]);
    expect(classes.map(({ was, now }) => [was.en, now.en])).toContainEqual(['own way', 'no trip']);
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
  it('given another clause rules the same thing out, then what it is, in words and not by its code', () => {
    const { toldOtherwise } = diffPolicies(zhengzhou, amended({ measures: document.measures.filter(({ id }) => id !== 'ZZ-5-cloud') }));
    expect(toldOtherwise.map(({ now }) => [now.en, now.zh])).toEqual([['No visit (ORD-remote).', '不安排到院就诊（ORD-remote）。']]);
  });
  it('a whole announcement is said thing by thing: who gets another car, who another door, each in one class, whoever else is in it', () => {
    const { classes, different, combinations } = diffPolicies(ordinary, zhengzhou);
    expect(classes.length).toBeLessThan(15);
    expect(new Set(classes.map(({ key }) => key)).size).toBe(classes.length);
    for (const { combinations: size } of classes) expect(size).toBeLessThanOrEqual(different);
    expect(classes.reduce((sum, one) => sum + one.combinations, 0)).toBeGreaterThanOrEqual(different);
    expect(different).toBeLessThan(combinations);
  });
});

describe('who is covered by one of them only', { timeout: 60_000 }, () => {
  const until = (to: string) => ({ ...document.coverage, period: { ...document.coverage.period, to: parseInstant(to)! } });
  const DISTRICTS = '中原区, 二七区, 管城回族区, 金水区, 惠济区, 经济技术开发区, 高新技术产业开发区, 郑东新区';
  it('given three more days, then one sentence says from when to when, where, and how much that is', () => {
    const longer = amended({ coverage: until('2022-12-02 24:00') });
    const { coverage, classes, different } = diffPolicies(zhengzhou, longer);
    expect(coverage).toMatchObject([{ where: 'onlySecond', different, classes: classes.length }]);
    expect(coverage[0]!.text.en).toBe(`Only the second holds from 2022-11-30 00:00 to 2022-12-03 00:00 in ${DISTRICTS}. Ordinary rules held there before, the announcement’s measures now: ${different.toLocaleString('en')} combinations treated differently, in ${classes.length} classes.`);
    expect(coverage[0]!.text.zh).toMatch(/^只有后一政策有效：2022-11-30 00:00至2022-12-03 00:00，中原区、/);
    expect(new Set(classes.map(({ where }) => where))).toEqual(new Set(['onlySecond']));
    const [during, after] = [someone({}), someone({ instant: parseInstant('2022-12-01 10:00')! })];
    expect([treatedDifferently(zhengzhou, longer, during), treatedDifferently(zhengzhou, longer, after)]).toEqual([false, true]);
  });
  it('given three more days and one changed measure, then whoever the measure changes comes before whoever the days do', () => {
    const changed = compilePolicy({ ...document, coverage: until('2022-12-02 24:00'), measures: [measure('X', [{ acuity: ['III'], need: ['obstetrics'], patientKind: ['highRiskArea'] }], { transport: 'ambulance' }), ...document.measures] }, standing);
    const { coverage, classes } = diffPolicies(zhengzhou, changed);
    expect(classes[0]).toMatchObject({ where: 'both', who: { en: 'in a high-risk area, pregnancy care, acuity III' } });
    expect(classes.slice(1).every(({ where }) => where === 'onlySecond')).toBe(true);
    expect(coverage).toMatchObject([{ classes: classes.length - 1 }]);
  });
  it('given it ends earlier and loses a district, then both are said, the district by its name', () => {
    const districts = new Map([...document.coverage.districts].filter(([code]) => code !== '410105'));
    const { coverage, classes } = diffPolicies(zhengzhou, amended({ coverage: { ...until('2022-11-28 24:00'), districts } }));
    expect(coverage.map(({ text }) => text.en)).toEqual([expect.stringMatching(/^Only the first holds from 2022-11-29 00:00 to 2022-11-30 00:00 in 中原区, .*; from 2022-11-25 00:00 to 2022-11-30 00:00 in 金水区\. The announcement’s measures held there before, ordinary rules now: /)]);
    expect(new Set(classes.map(({ where }) => where))).toEqual(new Set(['onlyFirst']));
  });
  it('given no announcement before, then all of its time and all of its districts', () => {
    const { coverage } = diffPolicies(ordinary, zhengzhou);
    expect(coverage.map(({ text }) => text.en)).toEqual([expect.stringContaining(`from 2022-11-25 00:00 to 2022-11-30 00:00 in ${DISTRICTS}. `)]);
  });
});

describe('one person under two policies', () => {
  const ambulances = first(measure('X', [{ acuity: ['III', 'IV'], need: ['specialist'], mobility: ['wheelchair'] }], { transport: 'ambulance' }));
  it('given they are in a class of the diff, then its key, whatever the city knows; otherwise nothing', () => {
    const [classOf] = diffPolicies(zhengzhou, ambulances).classes;
    expect(findDifferences(zhengzhou, ambulances, someone({ mobility: 'wheelchair' }))).toEqual([classOf!.key]);
    expect(findDifferences(zhengzhou, ambulances, someone({ mobility: 'walks' }))).toBeUndefined();
  });
});
