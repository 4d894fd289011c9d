import type { Instant, Refusal } from '../base/index.ts';
import { within } from '../base/index.ts';
import type { PolicyDocument } from './document.ts';
import type { CheckFinding } from './findings.ts';
import { findParted, findRing, overlapping } from './which.ts';

/** Somebody who wrote, adopted or withdrew: an act of office, kept with their name. */
export interface Hand {
  readonly id: string;
  readonly name: string;
}

export interface PolicyCheck {
  readonly at: Instant;
  /** Version of the standing rules it was checked among: under others it has to be checked again. */
  readonly rules: string;
  readonly walked: number;
  readonly stoodFor: number;
  /** Kept as they were read before adopting: why each was accepted is written beside its key. */
  readonly findings: readonly CheckFinding[];
  /** The check itself came to no end, by the code of the sentence that says why: nothing is proven, and nothing can be adopted on it. */
  readonly failed?: string;
}

/** The life of one version of one announcement: draft, checked, adopted; then replaced by a later version. Or withdrawn. */
export interface PolicyVersion {
  readonly id: string;
  /** As written, with the fingerprint of the text. */
  readonly version: string;
  readonly state: 'draft' | 'checked' | 'adopted' | 'replaced' | 'withdrawn';
  readonly author: Hand;
  readonly draftedAt: Instant;
  /** The version that was adopted when this was drafted: it changes that one, and no later one unseen. */
  readonly basedOn?: string;
  readonly check?: PolicyCheck;
  readonly adopted?: { readonly by: Hand; readonly at: Instant; readonly why: Readonly<Record<string, string>> };
  /** Replaced by a later version, or withdrawn before it was ever adopted. */
  readonly ended?: { readonly by: Hand; readonly at: Instant; readonly replacedBy?: string };
}

/** What a person is told: an adopted version waits for its period, is in force, or has ended. */
export const POLICY_STATES = ['draft', 'checked', 'adopted', 'inForce', 'ended', 'withdrawn'] as const;
export type PolicyState = (typeof POLICY_STATES)[number];

export function stateAt({ state }: PolicyVersion, { period }: PolicyDocument['coverage'], at: Instant): PolicyState {
  if (state === 'replaced') return 'ended';
  if (state !== 'adopted') return state;
  if (within(period, at)) return 'inForce';
  return at < period.from ? 'adopted' : 'ended';
}

export type Step = { readonly ok: true; readonly value: PolicyVersion } | { readonly ok: false; readonly refusals: readonly [Refusal, ...Refusal[]] };

const done = (value: PolicyVersion): Step => ({ ok: true, value });
const no = (...refusals: [Refusal, ...Refusal[]]): Step => ({ ok: false, refusals });

export function draftOf(document: PolicyDocument, author: Hand, at: Instant, basedOn: string | undefined): PolicyVersion {
  return { id: document.id, version: document.version, state: 'draft', author, draftedAt: at, ...(basedOn !== undefined && { basedOn }) };
}

/** The check is over. What was withdrawn or adopted meanwhile stays what it is; what came adopted is only told what was found. */
export function noteCheck(policy: PolicyVersion, check: PolicyCheck): PolicyVersion {
  if (policy.state === 'adopted' && !policy.check) return { ...policy, check };
  if (policy.state !== 'draft' && policy.state !== 'checked') return policy;
  return { ...policy, state: check.failed === undefined ? 'checked' : 'draft', check };
}

export interface Adoption {
  readonly by: Hand;
  readonly at: Instant;
  /** For each finding that is left, by its key, why it is adopted all the same. */
  readonly why: Readonly<Record<string, string>>;
  /** Version of the standing rules in force. */
  readonly rules: string;
  /** The version of this announcement that is adopted now, if one is. */
  readonly inPlace: string | undefined;
  readonly document: PolicyDocument;
  /** Every announcement that is adopted, the version in place of this one among them. */
  readonly others: readonly PolicyDocument[];
}

/**
 * A second person adopts. The order is the precedence of what is answered: first what it is, then who asks, then what is left
 * to explain, all findings at once.
 */
export function adopt(policy: PolicyVersion, adoption: Adoption): Step {
  const { by, at, why, rules, inPlace, document, others } = adoption;
  if (policy.state === 'adopted') return no({ code: 'policyAlreadyAdopted', facts: { name: policy.adopted?.by.name ?? '' } });
  if (policy.state === 'withdrawn') return no({ code: 'policyWithdrawn', facts: { name: policy.ended?.by.name ?? '' } });
  if (policy.state === 'replaced') return no({ code: 'policyReplaced', facts: { version: policy.ended?.replacedBy ?? '' } });
  if (policy.author.id === by.id) return no({ code: 'authorCannotAdopt' });
  if (policy.basedOn !== inPlace) return no({ code: 'policyMovedOn', facts: { version: inPlace ?? '' } });
  if (policy.check?.failed !== undefined) return no({ code: 'policyCheckFailed' });
  if (policy.state !== 'checked' || policy.check?.rules !== rules) return no({ code: 'policyNotChecked' });
  const [first, ...ring] = findRing(document, others);
  if (first !== undefined) return no({ code: 'policyRing', facts: { ring: [first, ...ring, first].join(' → ') } });
  const [other] = overlapping(document, others);
  if (other) return no({ code: 'policyOverlaps', facts: { other: other.id } });
  const parted = findParted(document, others);
  if (parted) return no({ code: 'policyParts', facts: { one: parted[0], other: parted[1] } });
  const { findings } = policy.check;
  const unproven = findings.find(({ code }) => code === 'tooComplex');
  if (unproven) return no({ code: 'policyTooComplex', facts: { measures: unproven.measures.join(', ') } });
  const known = new Set(findings.map(({ key }) => key));
  const [stray, ...strays] = Object.keys(why).filter((key) => !known.has(key)).map((key): Refusal => ({ code: 'findingUnknown', field: `why.${key}` }));
  if (stray) return no(stray, ...strays);
  const [open, ...rest] = findings.filter(({ key }) => !why[key]?.trim())
    .map(({ key, message }): Refusal => ({ code: 'findingUnexplained', field: `why.${key}`, facts: { finding: message.en, findingZh: message.zh } }));
  if (open) return no(open, ...rest);
  return done({ ...policy, state: 'adopted', adopted: { by, at, why: Object.fromEntries(Object.entries(why).map(([key, text]) => [key, text.trim()])) } });
}

/** The later version has taken its place. */
export function replace(policy: PolicyVersion, by: Hand, at: Instant, replacedBy: string): PolicyVersion {
  return { ...policy, state: 'replaced', ended: { by, at, replacedBy } };
}

/** Only before it is adopted: what a city relies on is ended by a later version that says so. */
export function withdraw(policy: PolicyVersion, by: Hand, at: Instant): Step {
  if (policy.state === 'withdrawn') return no({ code: 'policyWithdrawn', facts: { name: policy.ended?.by.name ?? '' } });
  if (policy.state === 'adopted') return no({ code: 'policyAlreadyAdopted', facts: { name: policy.adopted?.by.name ?? '' } });
  if (policy.state === 'replaced') return no({ code: 'policyReplaced', facts: { version: policy.ended?.replacedBy ?? '' } });
  return done({ ...policy, state: 'withdrawn', ended: { by, at } });
}
