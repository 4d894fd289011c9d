import type { Instant } from '../base/index.ts';
import { within } from '../base/index.ts';
import type { CompiledPolicy } from './compile.ts';
import type { PolicyDocument } from './document.ts';

/**
 * The policy in force for a city, an instant and a district; the standing rules alone where none is. Of two that overlap,
 * the one that began later speaks: it knew the other.
 */
export function policyFor(
  policies: { readonly compiled: ReadonlyMap<string, CompiledPolicy>; readonly ordinary: CompiledPolicy },
  city: string, instant: Instant, district?: string,
): CompiledPolicy {
  let found: CompiledPolicy | undefined;
  for (const policy of policies.compiled.values()) {
    const { coverage } = policy;
    if (policy.city !== city || !coverage || !within(coverage.period, instant)) continue;
    if (district !== undefined && !coverage.districts.has(district)) continue;
    if (!found || coverage.period.from >= found.coverage!.period.from) found = policy;
  }
  return found ?? policies.ordinary;
}

/** The same announcement as if it covered these districts of another city: to rehearse it there before it is written for there. */
export function rehearseIn(document: PolicyDocument, city: string, districts: readonly string[]): PolicyDocument {
  return { ...document, city, coverage: { ...document.coverage, districts: new Set(districts), towns: new Set() } };
}
