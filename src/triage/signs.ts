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

/** Two different danger signs at once. A sign said twice counts once; one more finding or value can only add a sign. */
export function twoDangerSigns(care: TriageCase): boolean {
  // A need and a thermometer speak of the same sign, so a second one needs a finding or a look at the person.
  if (care.vitals.consciousness === undefined && !care.findings.some((code) => SIGN_FINDINGS.has(code))) return false;
  let count = 0;
  for (const sign of DANGER_SIGNS) if (present(sign, care)) count += 1;
  return count >= 2;
}
