import { termsKey } from './chain.ts';
import type { LinkKind } from './decision.ts';
import type { Measure, TermsKey } from './document.ts';
import type { Plan } from './plan.ts';
import type { Outcome } from './settle.ts';

/** Under which name a policy speaks of a step of this plan; who drives gives some steps another one. */
export function stepName({ effects }: Outcome, { links, transport }: Plan, kind: LinkKind): TermsKey {
  const wayBack = links.some((link) => link.kind === 'returnHome') ? 'own' : 'specialCar';
  return termsKey(kind, { pathway: effects.pathway, transport, wayBack });
}

/** The measure that set the owner or the deadline of a step of this plan. */
export function settledBy(outcome: Outcome, plan: Plan, kind: LinkKind, what: 'owner' | 'within'): Measure | undefined {
  return outcome.by[`${stepName(outcome, plan, kind)}.${what}`];
}
