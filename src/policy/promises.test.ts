import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseInstant } from '../base/index.ts';
import { FINDINGS, GROUPS, NEEDS } from '../triage/index.ts';
import { decide, PATIENT_KINDS, TEST_STATES, WAITING_LINKS } from './index.ts';
import type { CareCase, CompiledPolicy } from './index.ts';
import { loadPolicies } from './load.ts';

const loaded = loadPolicies(fileURLToPath(new URL('../../policies', import.meta.url)));
if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems));
const everyPolicy: readonly CompiledPolicy[] = [...loaded.policies.compiled.values(), loaded.policies.ordinary];

const FROM = parseInstant('2022-03-01')!;
const TO = parseInstant('2022-12-31')!;
const anyPolicy = fc.constantFrom(...everyPolicy);
const anyCase = fc.record({
  need: fc.constantFrom(...NEEDS),
  groups: fc.uniqueArray(fc.constantFrom(...GROUPS), { maxLength: 4 }),
  findings: fc.uniqueArray(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...FINDINGS.map(({ code }) => code)) }, fc.string({ minLength: 1, maxLength: 8 })), { maxLength: 3 }),
  vitals: fc.record({
    pulsePerMinute: fc.integer({ min: 0, max: 250 }), systolicMmHg: fc.integer({ min: 0, max: 250 }),
    oxygenSaturationPercent: fc.integer({ min: 50, max: 100 }), temperatureCelsius: fc.double({ min: 30, max: 43, noNaN: true }),
  }, { requiredKeys: [] }),
  ageMonths: fc.integer({ min: 0, max: 1_200 }),
  instant: fc.integer({ min: FROM, max: TO }),
  town: fc.constantFrom('410105001', '410122105', '410181001', '310101002'),
  patientKind: fc.constantFrom(...PATIENT_KINDS),
  test: fc.constantFrom(...TEST_STATES),
  mobility: fc.constantFrom('walks' as const, 'wheelchair' as const, 'stretcher' as const),
  ownInstitution: fc.constantFrom('ZZ-H-001', 'nowhere'),
}, { requiredKeys: ['need', 'groups', 'findings', 'vitals'] });

const holds = (promise: (care: CareCase, policy: CompiledPolicy) => void): void =>
  fc.assert(fc.property(anyCase, anyPolicy, promise), { numRuns: 500 });

describe('promises, whatever is known and whichever policy holds', () => {
  it('an emergency is never asked for a test and waits for no form, slot or approval before it is received', () => {
    holds((care, policy) => {
      const { acuity, pathway, entry, links, byAppointment } = decide(policy, care);
      fc.pre(acuity === 'I' || acuity === 'II');
      const before = links.slice(0, links.findIndex(({ kind }) => kind === 'receive'));
      expect([pathway, entry.testRequired, byAppointment]).toEqual(['emergency', false, false]);
      expect(before.filter(({ kind }) => WAITING_LINKS.has(kind))).toEqual([]);
      expect(before.length).toBeGreaterThan(0);
    });
  });
  it('every step has an owner and a deadline, and there is always a step', () => {
    holds((care, policy) => {
      const { links } = decide(policy, care);
      expect(links.length).toBeGreaterThan(0);
      for (const { owner, dueSeconds } of links) expect([owner, dueSeconds > 0 && dueSeconds <= 604_800]).toEqual([expect.any(String), true]);
    });
  });
  it('whoever is taken out is brought home and confirmed there', () => {
    holds((care, policy) => {
      const kinds = decide(policy, care).links.map(({ kind }) => kind);
      fc.pre(kinds.includes('receive'));
      expect(kinds.includes('returnTravel') || kinds.includes('returnHome')).toBe(true);
      expect(kinds.at(-1)).toBe('confirmHome');
    });
  });
  it('nobody under three is asked for a test', () => {
    holds((care, policy) => {
      const small = { ...care, ageMonths: (care.ageMonths ?? 0) % 36 };
      expect(decide(policy, small).entry.testRequired).toBe(false);
    });
  });
  it('a test changes the door and the car, never the pathway, the institution’s kind or the acuity', () => {
    fc.assert(fc.property(anyCase, anyPolicy, fc.constantFrom(...TEST_STATES), fc.constantFrom(...TEST_STATES), (care, policy, a, b) => {
      const [first, second] = [decide(policy, { ...care, test: a }), decide(policy, { ...care, test: b })];
      expect([first.pathway, first.venueKind, first.acuity]).toEqual([second.pathway, second.venueKind, second.acuity]);
    }));
  });
  it('neither does the colour of a code or the risk of an area', () => {
    fc.assert(fc.property(anyCase, anyPolicy, fc.constantFrom(...PATIENT_KINDS), fc.constantFrom(...PATIENT_KINDS), (care, policy, a, b) => {
      const [first, second] = [decide(policy, { ...care, patientKind: a }), decide(policy, { ...care, patientKind: b })];
      expect([first.pathway, first.venueKind, first.acuity]).toEqual([second.pathway, second.venueKind, second.acuity]);
    }));
  });
  it('under an announcement, what nobody said never costs anyone the car, the closed loop or a level of urgency they would have had', () => {
    const inside = fc.record({ patientKind: fc.constantFrom(...PATIENT_KINDS), mobility: fc.constantFrom('walks' as const, 'stretcher' as const), ageMonths: fc.integer({ min: 3, max: 1_200 }) });
    const silence = fc.uniqueArray(fc.constantFrom('instant' as const, 'town' as const, 'patientKind' as const, 'mobility' as const), { minLength: 1 });
    const placed = fc.constantFrom(
      { policy: loaded.policies.compiled.get('zhengzhou-2022-11-25')!, town: '410105001', instant: parseInstant('2022-11-26 10:00')! },
      { policy: loaded.policies.compiled.get('shanghai-2022-03-28')!, town: '310101002', instant: parseInstant('2022-04-02 10:00')! });
    const attended = { none: 0, own: 0, specialCar: 1, ambulance: 2 };
    fc.assert(fc.property(anyCase, inside, placed, silence, (care, facts, { policy, town, instant }, silent) => {
      const told: CareCase = { ...care, ...facts, town, instant };
      const untold = Object.fromEntries(Object.entries(told).filter(([name]) => !silent.includes(name as never))) as unknown as CareCase;
      const [known, unknown] = [decide(policy, told), decide(policy, untold)];
      expect(unknown.acuity).toBe(known.acuity);
      expect(attended[unknown.transport]).toBeGreaterThanOrEqual(attended[known.transport]);
      expect(Number(unknown.closedLoop)).toBeGreaterThanOrEqual(Number(known.closedLoop));
    }), { numRuns: 500 });
  });
  it('each decision names its reasons in both languages, triage first', () => {
    holds((care, policy) => {
      const { reasons } = decide(policy, care);
      expect(reasons[0]!.clause).toBe('triage');
      expect(reasons.length).toBeGreaterThan(1);
      for (const { text } of reasons) expect([text.zh === '', text.en === '']).toEqual([false, false]);
    });
  });
  it('the same case gives the same decision, whatever was decided in between', () => {
    fc.assert(fc.property(anyCase, anyCase, anyPolicy, (care, other, policy) => {
      const before = JSON.stringify(decide(policy, care));
      decide(policy, other);
      expect(JSON.stringify(decide(policy, care))).toBe(before);
    }));
  });
});
