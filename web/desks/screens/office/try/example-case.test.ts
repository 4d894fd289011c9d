import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACUITIES } from '../../../../../src/triage/index.ts';
import { FACTS, type Facts } from '../../../../../src/policy/index.ts';
import { caseShowing, shows } from './example-case.ts';

const at = (text: string): number => Date.parse(`${text}+08:00`);
const ANNOUNCEMENT = { period: { from: at('2022-11-25T00:00'), to: at('2022-11-30T00:00') }, districts: ['410102'] };
const PLACES = {
  towns: [{ code: '410102001', district: '410102' }, { code: '410122001', district: '410122' }],
  institutions: [{ code: 'ZZ-H-001' }],
};
const PLAIN: Facts = {
  period: 'inForce', acuity: 'IV', need: 'generalOutpatient', age: 'fourteenAndOver', fever: 'no', hands: 'no', mobility: 'walks', ownInstitution: 'no',
  patientKind: 'greenCode', test: 'valid', groups: 0,
};
const anyFacts: fc.Arbitrary<Facts> = fc.record({
  ...Object.fromEntries(Object.entries(FACTS).filter(([fact]) => fact !== 'group').map(([fact, answers]) => [fact, fc.constantFrom(...answers)])),
  groups: fc.integer({ min: 0, max: 63 }),
}) as unknown as fc.Arbitrary<Facts>;

describe('a case for a combination that the check found', () => {
  // Whatever needs hands is level III at least.
  const COMBINATIONS = ACUITIES.flatMap((acuity) => FACTS.hands.map((hands) => ({ acuity, hands }))).filter(({ acuity, hands }) => acuity !== 'IV' || hands === 'no');
  it.each(COMBINATIONS)('given a plain person of acuity $acuity at a general clinic, hands needed: $hands, then the case is exactly that', ({ acuity, hands }) => {
    expect(caseShowing({ ...PLAIN, acuity, hands }, ANNOUNCEMENT, PLACES).example).toEqual({ exact: true });
  });

  it('given somebody elsewhere after the announcement, then the case is in another district and after its end', () => {
    const tried = caseShowing({ ...PLAIN, period: 'afterElsewhere' }, ANNOUNCEMENT, PLACES);
    expect(tried.draft.town).toBe('410122001');
    expect(tried.at).toBeGreaterThanOrEqual(ANNOUNCEMENT.period.to);
  });

  it('given an emergency of level III, which only a clinician can make of it, then the case says that it comes near', () => {
    expect(caseShowing({ ...PLAIN, need: 'emergency', acuity: 'III' }, ANNOUNCEMENT, PLACES).example).toEqual({ exact: false });
  });

  it('given any combination, then a case that calls itself exact has exactly these facts', () => {
    fc.assert(fc.property(anyFacts, (facts) => {
      const tried = caseShowing(facts, ANNOUNCEMENT, PLACES);
      if (tried.example?.exact) expect(shows(tried, facts)).toBe(true);
      expect(tried.draft.need).toBe(facts.need);
    }), { numRuns: 100 });
  });
});
