import { termsKey } from './chain.ts';
import type { LinkKind } from './decision.ts';
import type { Measure } from './document.ts';
import type { Plan } from './plan.ts';
import type { Outcome } from './settle.ts';

/** The measure that set the owner or the deadline of a step of this plan; who drives gives some steps another name. */
export function settledBy({ effects, by }: Outcome, { links, transport }: Plan, kind: LinkKind, what: 'owner' | 'within'): Measure | undefined {
  const wayBack = links.some((link) => link.kind === 'returnHome') ? 'own' : 'specialCar';
  return by[`${termsKey(kind, { pathway: effects.pathway, transport, wayBack })}.${what}`];
}
