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
 * stays silent once the later one has begun, also after that has ended. Of two that overlap all the same, or that each
 * supersede the other, the one that began later speaks: it knew the other. Two in force never silence both.
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
  const reach = reachAmong(documents);
  for (const later of documents.values()) {
    if (later.city !== city || instant < later.coverage.period.from || !isAbove(reach, later.id, id)) continue;
    if (district === undefined || later.coverage.districts.has(district)) return true;
  }
  return false;
}

/** Whose place each announcement takes, by id: what it names, what those name, and so on. */
type Reach = ReadonlyMap<string, ReadonlySet<string>>;

const REACH = new WeakMap<ReadonlyMap<string, PolicyDocument>, Reach>();

/** Looked at by every decision, and the same until something else is adopted. */
function reachAmong(documents: ReadonlyMap<string, PolicyDocument>): Reach {
  let known = REACH.get(documents);
  if (!known) REACH.set(documents, (known = reachOf(documents)));
  return known;
}

function reachOf(documents: ReadonlyMap<string, PolicyDocument>): Reach {
  return new Map([...documents].map(([id, { supersedes = [] }]) => {
    const reached = new Set(supersedes);
    // A set is walked to its end, also through what is added on the way.
    for (const earlier of reached) for (const next of documents.get(earlier)?.supersedes ?? []) reached.add(next);
    return [id, reached];
  }));
}

/** In a ring nobody takes anybody's place: to be without a policy where several are in force would be the worse error. */
function isAbove(reach: Reach, later: string, earlier: string): boolean {
  return Boolean(reach.get(later)?.has(earlier)) && !reach.get(earlier)?.has(later);
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

/**
 * Announcements that would speak in the same district at the same time, neither knowing of the other. What supersedes is
 * carried through: of A over B over C, A knows of C.
 * @param among everything that is there, when `others` is only a part of it
 */
export function overlapping(document: PolicyDocument, others: readonly PolicyDocument[], among: readonly PolicyDocument[] = others): readonly PolicyDocument[] {
  const reach = reachOf(byId([...among, document]));
  return others.filter((other) =>
    other.id !== document.id && other.city === document.city
    && overlaps(document.coverage.period, other.coverage.period)
    && [...document.coverage.districts.keys()].some((district) => other.coverage.districts.has(district))
    && !reach.get(document.id)?.has(other.id) && !reach.get(other.id)?.has(document.id));
}

/** The announcements that would take each other's place in a ring with this one, in their order and beginning with it; empty when none. */
export function findRing(document: PolicyDocument, others: readonly PolicyDocument[]): readonly string[] {
  const documents = byId([...others, document]);
  const before = new Map<string, string>();
  const reached = new Set([document.id]);
  for (const id of reached) {
    for (const earlier of documents.get(id)?.supersedes ?? []) {
      if (earlier === document.id) return wayTo(id, before);
      if (!reached.has(earlier)) before.set(earlier, id);
      reached.add(earlier);
    }
  }
  return [];
}

/** Two others that would speak at the same time under this version, and do not under the one in its place: that one stood between them. */
export function findParted(document: PolicyDocument, others: readonly PolicyDocument[]): readonly [string, string] | undefined {
  const rest = others.filter(({ id }) => id !== document.id);
  for (const one of rest) {
    const other = overlapping(one, rest, [...rest, document]).find((found) => overlapping(one, [found], others).length === 0);
    if (other) return [one.id, other.id];
  }
  return undefined;
}

function wayTo(id: string, before: ReadonlyMap<string, string>): readonly string[] {
  const from = before.get(id);
  return from === undefined ? [id] : [...wayTo(from, before), id];
}

const byId = (documents: readonly PolicyDocument[]): ReadonlyMap<string, PolicyDocument> => new Map(documents.map((document) => [document.id, document]));

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
