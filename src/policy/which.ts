import { overlaps, within, type Instant } from '../base/index.ts';
import type { CompiledPolicy } from './compile.ts';
import type { CareCase } from './decision.ts';
import type { PolicyDocument } from './document.ts';

/** What has been adopted: one version of each announcement, and the rules around them. */
export interface PoliciesInForce {
  readonly documents: ReadonlyMap<string, PolicyDocument>;
  readonly compiled: ReadonlyMap<string, CompiledPolicy>;
  /** The standing rules alone: what holds where no announcement does. */
  readonly ordinary: CompiledPolicy;
}

/**
 * The policy in force for a city, an instant and a district; the standing rules alone where none is. One that was superseded
 * stays silent once the later one has begun, also after that has ended. Of two that overlap all the same, the one that began
 * later speaks: it knew the other.
 */
export function policyFor(policies: PoliciesInForce, city: string, instant: Instant, district?: string): CompiledPolicy {
  let found: CompiledPolicy | undefined;
  for (const policy of policies.compiled.values()) {
    const { coverage } = policy;
    if (policy.city !== city || !coverage || !within(coverage.period, instant)) continue;
    if (district !== undefined && !coverage.districts.has(district)) continue;
    if (isSuperseded(policies, policy.id, city, instant, district)) continue;
    if (!found || coverage.period.from >= found.coverage!.period.from) found = policy;
  }
  return found ?? policies.ordinary;
}

function isSuperseded({ documents }: PoliciesInForce, id: string, city: string, instant: Instant, district: string | undefined): boolean {
  for (const later of documents.values()) {
    if (later.city !== city || !supersedes(later, id) || instant < later.coverage.period.from) continue;
    if (district === undefined || later.coverage.districts.has(district)) return true;
  }
  return false;
}

/**
 * Counts how often what is in force has changed by itself until now: periods that began and periods that ended. It only grows
 * while nothing is adopted, so two servers whose clocks differ by a moment never take each other's work back.
 */
export function boundariesPassed({ compiled }: PoliciesInForce, at: Instant): number {
  let passed = 0;
  for (const { coverage } of compiled.values()) {
    if (!coverage) continue;
    if (coverage.period.from <= at) passed += 1;
    if (coverage.period.to !== undefined && coverage.period.to <= at) passed += 1;
  }
  return passed;
}

/** Announcements that would speak in the same district at the same time, neither knowing of the other. */
export function overlapping(document: PolicyDocument, others: Iterable<PolicyDocument>): readonly PolicyDocument[] {
  return [...others].filter((other) =>
    other.id !== document.id && other.city === document.city
    && overlaps(document.coverage.period, other.coverage.period)
    && [...document.coverage.districts.keys()].some((district) => other.coverage.districts.has(district))
    && !supersedes(document, other.id) && !supersedes(other, document.id));
}

function supersedes(document: PolicyDocument, id: string): boolean {
  return document.supersedes?.includes(id) ?? false;
}

/** The case at a time the policy speaks of: "what would have happened under tomorrow's rule?" is asked today. */
export function asIfInForce({ coverage }: CompiledPolicy, care: CareCase): CareCase {
  if (!coverage || care.instant === undefined || within(coverage.period, care.instant)) return care;
  const { instant: _, ...whenever } = care;
  return whenever;
}

/** The same announcement as if it covered these districts of another city, by their codes: to rehearse it there before it is written for there. */
export function rehearseIn(document: PolicyDocument, city: string, districts: readonly string[]): PolicyDocument {
  return { ...document, city, coverage: { ...document.coverage, districts: new Map(districts.map((code) => [code, { zh: code, en: code }])), towns: new Set() } };
}
