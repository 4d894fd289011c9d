import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FINDINGS, GROUPS, NEEDS, ROWS, triage } from './index.ts';
import type { Acuity, Row, TriageCase, Vitals } from './index.ts';

const RANK: Record<Acuity, number> = { I: 0, II: 1, III: 2, IV: 3 };
const rank = (care: TriageCase): number => RANK[triage(care).acuity];
const rowsOf = (care: TriageCase): readonly string[] => triage(care).fired.map(({ row }) => row);
const anyFinding = fc.constantFrom(...FINDINGS.map(({ code }) => code));

const anyCase = fc.record({
  need: fc.constantFrom(...NEEDS),
  groups: fc.uniqueArray(fc.constantFrom(...GROUPS), { maxLength: 3 }),
  findings: fc.uniqueArray(fc.oneof({ weight: 9, arbitrary: anyFinding }, fc.string({ minLength: 1, maxLength: 8 })), { maxLength: 4 }),
  notKnown: fc.uniqueArray(anyFinding, { maxLength: 3 }),
  vitals: fc.record({
    pulsePerMinute: fc.integer({ min: 0, max: 300 }), systolicMmHg: fc.integer({ min: 0, max: 300 }),
    oxygenSaturationPercent: fc.integer({ min: 0, max: 100 }), respiratoryRatePerMinute: fc.integer({ min: 0, max: 80 }),
    temperatureCelsius: fc.double({ min: 25, max: 44, noNaN: true }), glucoseMmolPerLitre: fc.double({ min: 0, max: 40, noNaN: true }),
    usualSystolicMmHg: fc.integer({ min: 60, max: 220 }), diastolicMmHg: fc.integer({ min: 0, max: 150 }),
    potassiumMmolPerLitre: fc.double({ min: 2, max: 9, noNaN: true }), capillaryRefillSeconds: fc.integer({ min: 0, max: 6 }),
    painScore: fc.integer({ min: 0, max: 10 }), pewsScore: fc.integer({ min: 0, max: 9 }), airOrOxygen: fc.constantFrom('air' as const, 'oxygen' as const),
    consciousness: fc.constantFrom('alert' as const, 'voice' as const, 'pain' as const, 'unresponsive' as const, 'confused' as const),
  }, { requiredKeys: [] }),
  ageMonths: fc.oneof(fc.integer({ min: 0, max: 72 }), fc.integer({ min: 0, max: 1_300 })),
}, { requiredKeys: ['need', 'groups', 'findings', 'vitals'] });

describe('promises of triage', () => {
  it('the most urgent single row wins, and the rows stand most urgent first', () => {
    fc.assert(fc.property(anyCase, (care) => {
      const { acuity, fired } = triage(care);
      const ranks = fired.map((row) => RANK[row.acuity]);
      expect(fired.length).toBeGreaterThan(0);
      expect(ranks).toEqual([...ranks].sort());
      expect(acuity).toBe(fired[0]!.acuity);
    }));
  });
  it('one more finding never lowers, whatever it is', () => {
    fc.assert(fc.property(anyCase, fc.oneof(anyFinding, fc.string()), (care, finding) => {
      expect(rank({ ...care, findings: [...care.findings, finding] })).toBeLessThanOrEqual(rank(care));
    }));
  });
});

describe('promises about who somebody is', () => {
  const unaged = ({ ageMonths: _, ...rest }: TriageCase): TriageCase => rest;

  it('expecting a child never lowers, at any age and with any values', () => {
    fc.assert(fc.property(anyCase, (care) => {
      expect(rank({ ...care, groups: [...care.groups, 'pregnant'] })).toBeLessThanOrEqual(rank(care));
    }), { numRuns: 1_000 });
  });
  it('a child whose age nobody gave never waits longer than if it were known', () => {
    fc.assert(fc.property(anyCase, fc.integer({ min: 0, max: 14 * 12 - 1 }), fc.constantFrom('child' as const, 'underThree' as const), (care, ageMonths, mark) => {
      const known = { ...care, ageMonths, groups: [...care.groups, mark] };
      expect(rank(unaged(known))).toBeLessThanOrEqual(rank(known));
    }), { numRuns: 1_000 });
  });
  it('nor does somebody not known as a child, who is read as fourteen or over', () => {
    fc.assert(fc.property(anyCase, fc.integer({ min: 14 * 12, max: 1_300 }), (care, ageMonths) => {
      const groups = care.groups.filter((group) => group !== 'child' && group !== 'underThree');
      const known = { ...care, ageMonths, groups, need: care.need === 'paediatrics' ? 'fever' as const : care.need };
      expect(rank(unaged(known))).toBeLessThanOrEqual(rank(known));
    }), { numRuns: 1_000 });
  });
  it('being known as a child never lowers what was measured', () => {
    fc.assert(fc.property(anyCase, (care) => {
      const measured = unaged({ ...care, findings: [] });
      expect(rank({ ...measured, groups: [...care.groups, 'child'] })).toBeLessThanOrEqual(rank(measured));
    }), { numRuns: 1_000 });
  });
});

/** One row held against one case as the table reads it, without any index: what `triage` has to agree with. */
function fires(row: Row, care: TriageCase): boolean {
  const { vitals, ageMonths } = care;
  const child = care.need === 'paediatrics' || care.groups.includes('child') || care.groups.includes('underThree');
  const inGroup = (group: string): boolean => care.groups.some((one) => one === group) || (group === 'pregnant' && care.need === 'obstetrics');
  const fall = vitals.usualSystolicMmHg !== undefined && vitals.systolicMmHg !== undefined ? vitals.usualSystolicMmHg - vitals.systolicMmHg : undefined;
  const value = row.vital && (row.vital.name === 'systolicFallMmHg' ? fall : vitals[row.vital.name]);
  const ofAge = !row.age || (ageMonths === undefined
    ? { applies: true, ifChild: child, unlessChild: !child }[row.age.unknown]
    : ageMonths >= (row.age.fromMonths ?? 0) && ageMonths < (row.age.belowMonths ?? Infinity));
  return ofAge
    && (!row.finding || care.findings.includes(row.finding))
    && (!row.notKnown || (care.notKnown ?? []).includes(row.notKnown))
    && (!row.together || row.together.some((code) => care.findings.includes(code)))
    && (!row.vital || (value !== undefined && value >= (row.vital.atLeast ?? -Infinity) && value <= (row.vital.atMost ?? Infinity)))
    && (!row.consciousness || vitals.consciousness === row.consciousness)
    && (!row.unmeasured || vitals[row.unmeasured] === undefined)
    && (!row.saturationScale || (row.saturationScale === 2) === Boolean(vitals.saturationTargetSetBy))
    && (!row.needs || row.needs.includes(care.need))
    && (!row.groups || row.groups.some(inGroup));
}
/** Rows that hang on no fact of their own, such as a score. */
const onFacts = (row: Row): boolean => Boolean(row.finding ?? row.notKnown ?? row.vital ?? row.consciousness ?? row.needs);
const FACT_ROWS = ROWS.filter(onFacts);

describe('promises about the rows', () => {
  it('exactly the rows fire whose every condition holds, and the result names them', () => {
    fc.assert(fc.property(anyCase, fc.boolean(), (care, target) => {
      const given = target ? { ...care, vitals: { ...care.vitals, saturationTargetSetBy: 'Clinician A' } } : care;
      const named = rowsOf(given).filter((id) => FACT_ROWS.some((row) => row.id === id));
      expect([...named].sort()).toEqual(FACT_ROWS.filter((row) => fires(row, given)).map(({ id }) => id).sort());
    }), { numRuns: 1_000 });
  });

  it('a row says that it fired on an unknown age exactly when it asks for an age and nobody gave one', () => {
    fc.assert(fc.property(anyCase, (care) => {
      for (const { row, ageUnknown } of triage(care).fired) {
        expect(ageUnknown === true).toBe(care.ageMonths === undefined && ROWS.find(({ id }) => id === row)!.age !== undefined);
      }
    }));
  });

  /** Somebody of whom everything else the row names is true. */
  const meeting = (row: Row, value: number): TriageCase => {
    const { name } = row.vital!;
    const vitals: Vitals = name === 'systolicFallMmHg' ? { usualSystolicMmHg: 160, systolicMmHg: 160 - value } : { [name]: value };
    return {
      need: row.needs?.[0] ?? 'generalOutpatient', groups: row.groups?.slice(0, 1) ?? [], ageMonths: row.age?.fromMonths ?? (row.age?.belowMonths ?? 481) - 1,
      findings: [row.finding, row.together?.[0]].filter((code) => code !== undefined), ...(row.notKnown && { notKnown: [row.notKnown] }),
      vitals: { ...vitals, ...(row.saturationScale === 2 && { saturationTargetSetBy: 'Clinician A' }) },
    };
  };
  it.each(ROWS.filter(({ vital }) => vital).map((row) => [row.id, row] as const))('%s fires on its very limit, and not beyond it', (id, row) => {
    const { atLeast, atMost } = row.vital!;
    for (const [limit, outside] of [[atLeast, -0.01], [atMost, 0.01]] as const) {
      if (limit === undefined) continue;
      expect(rowsOf(meeting(row, limit))).toContain(id);
      expect(rowsOf(meeting(row, limit + outside))).not.toContain(id);
    }
  });
});

describe('promises about what is not known', () => {
  const NORMAL: Required<Omit<Vitals, 'saturationTargetSetBy' | 'usualSystolicMmHg'>> = {
    pulsePerMinute: 80, systolicMmHg: 120, diastolicMmHg: 75, oxygenSaturationPercent: 97, airOrOxygen: 'air', respiratoryRatePerMinute: 16,
    temperatureCelsius: 36.8, glucoseMmolPerLitre: 5.5, potassiumMmolPerLitre: 4.5, capillaryRefillSeconds: 1, painScore: 0, pewsScore: 0, consciousness: 'alert',
  };
  it('what was not measured is never less urgent than the same measured as normal', () => {
    fc.assert(fc.property(anyCase, fc.constantFrom(...(Object.keys(NORMAL) as (keyof typeof NORMAL)[])), (care, name) => {
      const { [name]: _, usualSystolicMmHg: __, ...vitals } = care.vitals;
      expect(rank({ ...care, vitals })).toBeLessThanOrEqual(rank({ ...care, vitals: { ...vitals, [name]: NORMAL[name] } }));
    }), { numRuns: 1_000 });
  });
  it('"I cannot tell" stands between "no" and "yes", and one step below "yes" at most', () => {
    fc.assert(fc.property(anyCase, anyFinding, (care, code) => {
      const without = { ...care, findings: care.findings.filter((one) => one !== code), notKnown: (care.notKnown ?? []).filter((one) => one !== code) };
      const [no, unknown, yes] = [rank(without), rank({ ...without, notKnown: [...without.notKnown, code] }), rank({ ...without, findings: [...without.findings, code] })];
      expect(unknown).toBeLessThanOrEqual(no);
      expect(yes).toBeLessThanOrEqual(unknown);
      // Only what would have been level I or II leaves a mark. A danger sign counts with another one, and only when it is there.
      const counts = yes <= RANK.II && !rowsOf({ ...without, findings: [...without.findings, code] }).includes('two-danger-signs');
      if (counts) expect(unknown).toBeLessThanOrEqual(yes + 1);
    }), { numRuns: 1_000 });
  });
});

describe('promises about down-triage', () => {
  const anyLower = fc.constantFrom('II' as const, 'III' as const, 'IV' as const);
  const lowered = (care: TriageCase, acuity: 'II' | 'III' | 'IV'): TriageCase => {
    const { need, findings, vitals, notKnown = [] } = care;
    return { ...care, lowered: { acuity, covers: { need, findings, vitals, notKnown } } };
  };
  it('it lowers to the level the clinician named, never below it, and never raises', () => {
    fc.assert(fc.property(anyCase, anyLower, (care, acuity) => {
      expect(rank(lowered(care, acuity))).toBe(Math.max(rank(care), RANK[acuity]));
    }), { numRuns: 1_000 });
  });
  it('whatever is learned afterwards, the level is never more urgent than without it, and a new row counts in full', () => {
    fc.assert(fc.property(anyCase, anyLower, anyCase, (care, acuity, later) => {
      const now = { ...care, findings: [...new Set([...care.findings, ...later.findings])], vitals: { ...care.vitals, ...later.vitals } };
      const after = { ...lowered(care, acuity), findings: now.findings, vitals: now.vitals };
      const fresh = triage(now).fired.filter(({ row }) => !rowsOf(care).includes(row)).map((row) => RANK[row.acuity]);
      expect(rank(after)).toBeGreaterThanOrEqual(rank(now));
      expect(rank(after)).toBeLessThanOrEqual(Math.min(...fresh, 3));
    }), { numRuns: 1_000 });
  });
  it('a value that moved on in its own direction counts in full again', () => {
    fc.assert(fc.property(anyCase, anyLower, fc.integer({ min: 1, max: 20 }), (care, acuity, by) => {
      fc.pre(care.vitals.oxygenSaturationPercent !== undefined && care.vitals.oxygenSaturationPercent <= 90 && care.vitals.oxygenSaturationPercent >= by);
      const vitals = { ...care.vitals, oxygenSaturationPercent: care.vitals.oxygenSaturationPercent! - by };
      expect(rank({ ...lowered(care, acuity), vitals })).toBeLessThanOrEqual(RANK.II);
    }));
  });
  it('one more finding never lowers, lowered or not', () => {
    fc.assert(fc.property(anyCase, anyLower, anyFinding, (care, acuity, code) => {
      const given = lowered(care, acuity);
      expect(rank({ ...given, findings: [...care.findings, code] })).toBeLessThanOrEqual(rank(given));
    }), { numRuns: 1_000 });
  });
});
