import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { tooComplex } from '../../tests/too-complex.ts';
import { checkPolicy, compilePolicy, decide, diffPolicies, findTooComplex, policiesDiffer } from './index.ts';
import { adopt, draftOf, noteCheck } from './life.ts';
import { loadPolicies, readAnnouncement } from './load.ts';

const loaded = loadPolicies(fileURLToPath(new URL('../../policies', import.meta.url)));
if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems));
const { compiled, ordinary, standing } = loaded.policies;
const announced = (count: number) => {
  const read = readAnnouncement('hostile.yaml', tooComplex(count));
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.value;
};
const document = announced(150);
const hostile = compilePolicy(document, standing);
const SENTENCE = /^cannot be proven: too many measures tell too many cases apart; split or simplify: ZZ-9-no-test, /;

describe('given an announcement whose measures tell too many cases apart', () => {
  it('then it can be read, and the check says in words that nothing is proven, and where to begin', () => {
    const { walked, findings } = checkPolicy(hostile);
    expect(walked).toBe(0);
    expect(findings).toMatchObject([{ code: 'tooComplex', message: { zh: expect.stringContaining('无法证明'), en: expect.stringMatching(SENTENCE) }, combinations: 0 }]);
    expect(findings[0]!.measures).toHaveLength(5);
    expect(findings[0]!.clauses).toHaveLength(5);
  });
  it('then comparing it and deciding by it answer the same sentence, instead of never', () => {
    const care = { need: 'fever' as const, groups: [], findings: [], vitals: {} };
    for (const ask of [() => diffPolicies(ordinary, hostile), () => diffPolicies(hostile, ordinary), () => policiesDiffer(ordinary, hostile), () => decide(hostile, care)]) expect(ask).toThrow(SENTENCE);
  });
  it('then nobody adopts it, whatever reason they write', () => {
    const [author, by] = [{ id: 'planner-1', name: 'Planner' }, { id: 'city-2', name: 'Second' }];
    const { findings } = checkPolicy(hostile);
    const checked = noteCheck(draftOf(document, author, 0, undefined), { at: 0, rules: 'r1', walked: 0, stoodFor: 0, findings });
    const why = Object.fromEntries(findings.map(({ key }) => [key, 'The city has decided so.']));
    expect(adopt(checked, { by, at: 0, why, rules: 'r1', inPlace: undefined, document, others: [] })).toMatchObject({ ok: false, refusals: [{ code: 'policyTooComplex', facts: { measures: findings[0]!.measures.join(', ') } }] });
  });
});

describe('given an announcement that can be proven', () => {
  it.each([ordinary, ...compiled.values(), compilePolicy(announced(20), standing)])('when it is $id $version, then nothing is too complex', (policy) => {
    expect(findTooComplex(policy)).toBeUndefined();
  });
});
