import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { tooComplex } from '../tests/too-complex.ts';
import { runPolicyCheck, runPolicyDiff, runPolicyRead } from './policy-cli.ts';
import type { PolicyDiff } from './policy/index.ts';

function screen() {
  const written = { out: '', err: '' };
  return { written, screen: { out: (text: string) => void (written.out += text), err: (text: string) => void (written.err += text), isTerminal: false } };
}
function check(files: readonly string[], options = {}) {
  const { written, screen: to } = screen();
  return { code: runPolicyCheck(files, options, to), ...written };
}
function diff(first: string, second: string, options = {}) {
  const { written, screen: to } = screen();
  return { code: runPolicyDiff(first, second, options, to), ...written };
}

const SHANGHAI = fileURLToPath(new URL('../policies/shanghai-2022-03-28.yaml', import.meta.url));
const ZHENGZHOU = fileURLToPath(new URL('../policies/zhengzhou-2022-11-25.yaml', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'policy-'));
function draft(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

describe('greenlane policy check', { timeout: 120_000 }, () => {
  it('given an announcement with nothing to find, then exit code 0 and how many combinations that was', () => {
    const { code, out } = check([SHANGHAI]);
    expect(out).toMatch(/shanghai-2022-03-28: [\d,]+ classes walked, standing for [\d,]+ combinations/);
    expect(code).toBe(0);
  });
  it('given an id, then the policy of that name; given two, then both, and the worse exit code', () => {
    const { code, out } = check(['standing-rules', draft('broken.yaml', 'id: [\n')]);
    expect(out).toContain('standing-rules: ');
    expect(out).toMatch(/broken\.yaml:\d+:\d+/);
    expect(code).toBe(1);
  });
  it('given a measure that nobody hears, then its clause and what to do, and exit code 1', () => {
    const text = readFileSync(SHANGHAI, 'utf8').replace('measures:\n', `measures:
  - id: NOBODY
    clause: '1: "nobody"'
    text: { zh: 没有人, en: Nobody. }
    when: { need: [fever], fever: ['no'] }
    then: { greenChannel: true }
    rooms: [reception]
`);
    const { code, out } = check([draft('nobody.yaml', text)]);
    expect(out).toMatch(/neverApplies: measure NOBODY applies to nobody; correct its when, or remove it\n {2}NOBODY {2}1: "nobody"/);
    expect(code).toBe(1);
  });
  it('given another city, then each district it does not have, with line and column', () => {
    const { code, out } = check([ZHENGZHOU], { city: 'toytown' });
    expect(code).toBe(1);
    expect(out).toMatch(/zhengzhou-2022-11-25\.yaml:\d+:\d+ Toytown has no district "410102"/);
  });
  it('given measures that tell too many cases apart, then that it cannot be proven, and which to begin with, as it is said of a comparison', () => {
    const file = draft('hostile.yaml', tooComplex(80));
    const { code, out } = check([file]);
    expect(out).toMatch(/^tooComplex: cannot be proven: too many measures tell too many cases apart; split or simplify: .*\n {2}ZZ-9-no-test {2}9: /);
    expect(out).toMatch(/0 classes walked.*1 finding/);
    expect(code).toBe(1);
    expect(diff('standing-rules', file)).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/hostile\.yaml cannot be proven: .*ZZ-9-no-test/) });
  });
  it('given --json, then a line for each policy, with its problems or findings as data', () => {
    const { code, out } = check([draft('broken.yaml', 'id: [\n'), 'standing-rules'], { json: true });
    const [broken, rules] = out.trim().split('\n').map((line) => JSON.parse(line) as { problems: unknown[]; findings?: unknown[] });
    expect(broken!.problems.length).toBeGreaterThan(0);
    expect(rules!.findings).toBeInstanceOf(Array);
    expect(code).toBe(1);
  });
  it('given Chinese, then what is wrong in a file is told in Chinese at the same places, and --json has both', () => {
    const file = draft('broken.yaml', readFileSync(SHANGHAI, 'utf8').replace('measures:', 'measure:'));
    const [zh, en] = [check([file], { lang: 'zh-CN' }).out, check([file]).out];
    const places = (out: string): readonly (string | undefined)[] => out.split('\n').map((line) => /:\d+:\d+ /.exec(line)?.[0]);
    expect(places(zh)).toEqual(places(en));
    expect([zh, en]).toEqual([expect.stringContaining('缺少measures；请列出措施'), expect.stringContaining('measures is missing; list the measures')]);
    expect(JSON.parse(check([file], { json: true }).out).problems[0].message).toEqual({ zh: expect.any(String), en: expect.any(String) });
    expect(check([SHANGHAI], { city: 'utopia', lang: 'zh-CN' }).err).toBe('没有名为“utopia”的城市。现有：toytown, zhengzhou；也可以给出文件夹的路径。\n');
  });
  it('given a city or a language that is not there, then what is, and exit code 2', () => {
    expect(check([SHANGHAI], { city: 'utopia' })).toEqual({ code: 2, out: '', err: 'There is no city "utopia". There are: toytown, zhengzhou; or give the path of a folder.\n' });
    expect(check([SHANGHAI], { lang: 'la' }).err).toBe('There are no words in "la". There are: en, zh-CN.\n');
  });
});

describe('greenlane policy diff', { timeout: 120_000 }, () => {
  const amended = (): string => draft('amended.yaml', readFileSync(ZHENGZHOU, 'utf8').replace("to: '2022-11-29 24:00'", "to: '2022-12-02 24:00'"));
  it('given the same policy twice, then nothing, and exit code 0', () => {
    const { code, out } = diff('zhengzhou-2022-11-25', ZHENGZHOU);
    expect(out).toMatch(/treated differently, in 0 classes\. In brackets/);
    expect(code).toBe(0);
  });
  it('given another end of the period, then one sentence says so, and only --all lists the classes', () => {
    const { code, out } = diff('zhengzhou-2022-11-25', amended());
    expect(out.replace(/\s+/g, ' ')).toMatch(/^Only the second holds from 2022-11-30 00:00 to 2022-12-03 00:00 in 中原区, .* in (\d+) classes\. --all lists them\. [\d,]+ combinations of facts compared; /);
    expect(out).not.toContain('1. ');
    expect(code).toBe(1);
    const all = diff('zhengzhou-2022-11-25', amended(), { all: true }).out;
    const [, classes = ''] = /in (\d+)\s+classes\./.exec(all) ?? [];
    expect(all).toContain(`\n${classes}. `);
    expect(all).not.toContain('--all');
  });
  it('given no announcement before, then its classes, in lines that fit', () => {
    const { out } = diff('standing-rules', 'zhengzhou-2022-11-25');
    expect(out).toMatch(/\n1\. .*\n2\. /s);
    for (const line of out.split('\n')) expect(line.length, line).toBeLessThanOrEqual(100);
  });
  it('given a changed measure, then who, was and now, in as many short lines', () => {
    const file = draft('ambulance.yaml', readFileSync(ZHENGZHOU, 'utf8').replace('measures:\n', `measures:
  - id: ZZ-X
    clause: '7: "changed"'
    text: { zh: 有变化。, en: Changed. }
    rooms: [dispatch]
    when: { acuity: [III], need: [obstetrics], patientKind: [highRiskArea] }
    then: { transport: ambulance }
`));
    expect(diff('zhengzhou-2022-11-25', file).out).toMatch(/^1\. in a high-risk area, pregnancy care, acuity III \([\d,]+\)\n {3}was committee car within 2 h\n {3}now 120 ambulance within 40 min\n\n/);
    expect(diff('zhengzhou-2022-11-25', file, { lang: 'zh-CN' }).out).toMatch(/^1\. 高风险区，孕产，三级 \([\d,]+\)\n {3}原为 2小时内社区专车\n {3}现为 40分钟内120救护车\n\n/);
  });
  it('given two that can each be proven, and together tell too many cases apart, then the same sentence, and exit code 2', () => {
    const [one, other] = [tooComplex(12), tooComplex(12).replaceAll('isolationPoint', 'nonGreenSpecial').replaceAll("'expired'", "'positiveAntigen'").replaceAll("'elderly'", "'underThree'").replaceAll('X-', 'Y-')];
    expect(diff(draft('one.yaml', one), draft('other.yaml', other))).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/^cannot be proven: too many measures tell too many cases apart; split or simplify: /) });
  });
  it('given a city, then the people of a drilled day are counted, class by class', () => {
    const { out } = diff('standing-rules', 'zhengzhou-2022-11-25', { city: 'toytown', requests: 300, json: true });
    const { day, classes, coverage } = JSON.parse(out) as PolicyDiff & { day: { requests: number; different: number; byClass: Record<string, number> } };
    expect(day.requests).toBe(300);
    expect(coverage[0]!.text.en).toContain(' in East District, West District. ');
    expect(day.different).toBeGreaterThan(0);
    const counted = classes.map(({ key }) => day.byClass[key] ?? 0);
    expect(Math.max(...counted)).toBeLessThanOrEqual(day.different);
    expect(counted.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(day.different);
  });
  it('given a policy that is not there, then which are, and exit code 2', () => {
    expect(diff('utopia', SHANGHAI)).toMatchObject({ code: 2, err: expect.stringContaining('There is no policy "utopia". There are: shanghai-2022-03-28') });
  });
});

describe('greenlane policy read', () => {
  it('given a policy, then each measure in words, in the language asked for', () => {
    const { written, screen: to } = screen();
    expect(runPolicyRead('zhengzhou-2022-11-25', { lang: 'zh-CN' }, to)).toBe(0);
    expect(written.out).toContain('对象: 一、二级');
    expect(written.out).toContain('告知: 门诊正常开诊，您可以当面看病。');
  });
});
