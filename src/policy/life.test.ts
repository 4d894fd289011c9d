import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseInstant } from '../base/index.ts';
import type { PolicyDocument } from './document.ts';
import type { CheckFinding } from './findings.ts';
import { adopt, draftOf, noteCheck, replace, stateAt, withdraw, type Adoption, type PolicyVersion } from './life.ts';

const AUTHOR = { id: 'planner-1', name: 'Planner' };
const SECOND = { id: 'city-2', name: 'Second' };
const at = (text: string): number => parseInstant(text)!;
const NOW = at('2022-11-24 10:00');
const districts = (...codes: readonly string[]) => new Map(codes.map((code) => [code, { zh: code, en: code }]));

const document = (given: Partial<PolicyDocument> & { from?: string; to?: string } = {}): PolicyDocument => {
  const { from = '2022-11-25 00:00', to = '2022-11-29 24:00', ...rest } = given;
  return {
    id: 'one', version: '1.aaaaaaaa', city: 'zhengzhou', title: { zh: '', en: '' }, source: '', measures: [], notEncoded: [],
    coverage: { period: { from: at(from), to: at(to) }, districts: districts('410102', '410103'), towns: new Set() }, ...rest,
  } as PolicyDocument;
};
const finding = (key: string): CheckFinding =>
  ({ key, code: 'changesNothing', measures: ['ZZ-1'], clauses: ['1: "as usual"'], message: { zh: '不改变任何事', en: 'changes nothing' }, combinations: 12 });
const draft = draftOf(document(), AUTHOR, NOW, undefined);
const checked = (findings: readonly CheckFinding[] = [], rules = 'r1'): PolicyVersion =>
  noteCheck(draft, { at: NOW, rules, walked: 10, stoodFor: 20, findings });
const adoption = (given: Partial<Adoption> = {}): Adoption =>
  ({ by: SECOND, at: NOW, why: {}, rules: 'r1', inPlace: undefined, document: document(), others: [], ...given });
const codes = (step: ReturnType<typeof adopt>): readonly string[] => (step.ok ? [] : step.refusals.map(({ code }) => code));

describe('given a draft that was checked and has no finding', () => {
  it('when a second person adopts it, then it is adopted, by name', () => {
    expect(adopt(checked(), adoption())).toMatchObject({ ok: true, value: { state: 'adopted', adopted: { by: SECOND, at: NOW, why: {} } } });
  });

  it('when its author adopts it, then not', () => {
    expect(codes(adopt(checked(), adoption({ by: { ...AUTHOR, name: 'Another name' } })))).toEqual(['authorCannotAdopt']);
  });

  it.each([
    ['never checked', draft],
    ['checked among other rules', checked([], 'r0')],
  ])('when it was %s, then not', (_, policy) => {
    expect(codes(adopt(policy, adoption()))).toEqual(['policyNotChecked']);
  });

  it('when the check came to no end, then not, and it stays a draft', () => {
    const failed = noteCheck(draft, { at: NOW, rules: 'r1', walked: 0, stoodFor: 0, findings: [], failed: 'out of memory' });
    expect(failed.state).toBe('draft');
    expect(codes(adopt(failed, adoption()))).toEqual(['policyCheckFailed']);
  });
});

describe('given findings', () => {
  const policy = checked([finding('a'), finding('b')]);

  it('when nothing is said of them, then every one is named at once', () => {
    const step = adopt(policy, adoption({ why: { a: '  ' } }));
    expect(step).toMatchObject({ ok: false, refusals: [{ code: 'findingUnexplained', field: 'why.a' }, { code: 'findingUnexplained', field: 'why.b' }] });
  });

  it('when why is written for each, then it is adopted and the words are kept', () => {
    expect(adopt(policy, adoption({ why: { a: ' because ', b: 'so' } }))).toMatchObject({ ok: true, value: { adopted: { why: { a: 'because', b: 'so' } } } });
  });

  it('when a reason is written for what was never found, then it is refused: it may have been meant for another version', () => {
    expect(codes(adopt(policy, adoption({ why: { a: 'x', b: 'y', c: 'z' } })))).toEqual(['findingUnknown']);
  });

  it('for any reasons at all, it is adopted only when each finding has one', () => {
    fc.assert(fc.property(fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('', ' ', 'because')), (why) => {
      const explained = Object.keys(why).every((key) => key !== 'c') && ['a', 'b'].every((key) => why[key] === 'because');
      expect(adopt(policy, adoption({ why })).ok).toBe(explained);
    }));
  });
});

describe('given another announcement', () => {
  const other = document({ id: 'other', from: '2022-11-29 12:00', to: '2022-12-02 24:00' });

  it('for the same district at the same time, when neither supersedes the other, then it is refused by name', () => {
    expect(adopt(checked(), adoption({ others: [other] }))).toMatchObject({ ok: false, refusals: [{ code: 'policyOverlaps', facts: { other: 'other' } }] });
  });

  it.each([
    ['it begins when this one ends', document({ id: 'other', from: '2022-11-29 24:00', to: '2022-12-02 24:00' })],
    ['it is for other districts', { ...other, coverage: { ...other.coverage, districts: districts('410105') } }],
    ['it is for another city', { ...other, city: 'shanghai' }],
    ['it supersedes this one', { ...other, supersedes: ['one'] }],
  ])('when %s, then it is adopted', (_, another) => {
    expect(adopt(checked(), adoption({ others: [another] })).ok).toBe(true);
  });

  it('when each would supersede the other, also through a third, then the ring is named and it is refused', () => {
    const ring = (document: PolicyDocument, ...others: readonly PolicyDocument[]) => adopt(checked(), adoption({ document, others }));
    const over = (id: string, ...supersedes: readonly string[]): PolicyDocument => document({ id, supersedes });
    expect(ring(over('one', 'two'), over('two', 'one'))).toMatchObject({ ok: false, refusals: [{ code: 'policyRing', facts: { ring: 'one → two → one' } }] });
    expect(ring(over('one', 'two'), over('two', 'three'), over('three', 'one'))).toMatchObject({ ok: false, refusals: [{ code: 'policyRing', facts: { ring: 'one → two → three → one' } }] });
    expect(ring(over('one', 'two'), over('two', 'three'), over('three')).ok).toBe(true);
  });

  it('when a version no longer says how two others stand to each other, then it is refused by their names', () => {
    const [first, last] = [document({ id: 'first', supersedes: ['one'] }), document({ id: 'last' })];
    const inPlace = document({ supersedes: ['last'] });
    const moved = document({ from: '2023-01-01 00:00', to: '2023-01-02 00:00' });
    expect(adopt(checked(), adoption({ document: moved, others: [inPlace, first, last] }))).toMatchObject({ ok: false, refusals: [{ code: 'policyParts', facts: { one: 'first', other: 'last' } }] });
  });

  it('when this one supersedes it, then it is adopted', () => {
    expect(adopt(checked(), adoption({ others: [other], document: { ...document(), supersedes: ['other'] } as PolicyDocument })).ok).toBe(true);
  });
});

describe('given what happened meanwhile', () => {
  const adopted = adopt(checked(), adoption());
  if (!adopted.ok) throw new Error('it has to be adopted');
  const withdrawn = withdraw(checked(), AUTHOR, NOW);
  if (!withdrawn.ok) throw new Error('it has to be withdrawn');
  const replaced = replace(adopted.value, SECOND, NOW, '2.bbbbbbbb');

  it.each([
    ['adopted', adopted.value, 'policyAlreadyAdopted'],
    ['withdrawn', withdrawn.value, 'policyWithdrawn'],
    ['replaced', replaced, 'policyReplaced'],
  ])('when it was %s, then it can be neither adopted nor withdrawn, and a late check changes nothing', (_, policy, code) => {
    expect(codes(adopt(policy, adoption({ by: { id: 'city-3', name: 'Third' } })))).toEqual([code]);
    expect(codes(withdraw(policy, AUTHOR, NOW))).toEqual([code]);
    expect(noteCheck(policy, { at: NOW, rules: 'r9', walked: 1, stoodFor: 1, findings: [finding('late')] })).toEqual(policy);
  });

  it('when a later version of the same announcement was adopted after it was drafted, then it would be taken back unseen, and is refused', () => {
    expect(codes(adopt(checked(), adoption({ inPlace: '2.bbbbbbbb' })))).toEqual(['policyMovedOn']);
    expect(adopt({ ...checked(), basedOn: '2.bbbbbbbb' }, adoption({ inPlace: '2.bbbbbbbb' })).ok).toBe(true);
  });

  it('then it is in force within its period, and no version is in force twice', () => {
    const { coverage } = document();
    const states = (policy: PolicyVersion): readonly string[] => ['2022-11-24 23:59', '2022-11-25 00:00', '2022-11-29 23:59', '2022-11-30 00:00'].map((instant) => stateAt(policy, coverage, at(instant)));
    expect(states(adopted.value)).toEqual(['adopted', 'inForce', 'inForce', 'ended']);
    expect(new Set(states(replaced))).toEqual(new Set(['ended']));
    expect(new Set(states(draft))).toEqual(new Set(['draft']));
    expect(new Set(states(withdrawn.value))).toEqual(new Set(['withdrawn']));
  });
});
