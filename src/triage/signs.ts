import { DANGER_SIGNS } from './tables/signs.ts';
import type { DangerSign } from './tables/signs.ts';
import type { TriageCase } from './triage.ts';

export { DANGER_SIGNS };

const SIGN_FINDINGS: ReadonlySet<string> = new Set(DANGER_SIGNS.flatMap(({ findings }) => findings));

function present(sign: DangerSign, care: TriageCase): boolean {
  if (sign.needs?.includes(care.need)) return true;
  const { consciousness, temperatureCelsius } = care.vitals;
  if (consciousness !== undefined && sign.consciousness?.includes(consciousness)) return true;
  const limits = sign.temperatureCelsius;
  if (limits && temperatureCelsius !== undefined && (temperatureCelsius >= limits.from || temperatureCelsius < limits.below)) return true;
  return care.findings.some((code) => sign.findings.includes(code));
}

/**
 * The danger signs that are there, one bit each. A sign said twice counts once; one more finding or value can only add one.
 */
export function dangerSigns(care: TriageCase): number {
  // A need and a thermometer speak of the same sign, so a second one needs a finding or a look at the person.
  if (care.vitals.consciousness === undefined && !care.findings.some((code) => SIGN_FINDINGS.has(code))) return 0;
  let signs = 0;
  for (let i = 0; i < DANGER_SIGNS.length; i += 1) if (present(DANGER_SIGNS[i]!, care)) signs |= 1 << i;
  return signs;
}

/** At least two bits of them. */
export const twoOf = (signs: number): boolean => (signs & (signs - 1)) !== 0;
