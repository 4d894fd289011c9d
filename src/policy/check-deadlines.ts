import type { Acuity } from '../triage/index.ts';
import { settledBy, stepName } from './blame.ts';
import type { LinkKind } from './decision.ts';
import type { Measure } from './document.ts';
import { fault } from './findings.ts';
import type { Fault } from './findings.ts';
import type { Plan } from './plan.ts';
import type { Outcome } from './settle.ts';
import { duration, LINK_WORDS } from './words.ts';

/**
 * The longest that may be given for a step, in seconds; standing rules keep to it as well. Too short a limit makes somebody
 * escalate for nothing; too long a one is a person with a stroke of whom nobody asks.
 * - `sendUnit`: level I within the minute (assumed), level II within 3 min (national target for 2025: 95 % roll within it).
 * - `pickUp`: 15 and 40 min, the 90th centile of categories 1 and 2 (England, House of Commons Library CDP-2025-0042).
 * - `bring`, `findPlace`: assumed, for a city to set. The unit is under way while a place is looked for.
 * - `receive`: at once, within 10 min, 30 min and 4 h (expert consensus on emergency triage, Chin J Emerg Med 2018;27(6):599-604).
 */
const LIMIT_SECONDS: { readonly [L in LinkKind]?: { readonly [A in Acuity]?: number } } = {
  sendUnit: { I: 60, II: 180 },
  pickUp: { I: 900, II: 2_400 },
  findPlace: { I: 600, II: 600 },
  bring: { I: 1_800, II: 3_600 },
  receive: { I: 60, II: 600, III: 1_800, IV: 14_400 },
};

/** Steps that are given more than they may be at this level of urgency, whoever wrote it. */
export function* overLimit(plan: Plan, outcome: Outcome, acuity: Acuity): Generator<Fault> {
  for (const { kind, dueSeconds } of plan.links) {
    const limit = LIMIT_SECONDS[kind]?.[acuity];
    if (limit === undefined || dueSeconds <= limit) continue;
    const [word, now, most] = [LINK_WORDS[kind], duration(dueSeconds), duration(limit)];
    yield fault(acuity === 'I' || acuity === 'II' ? 'emergencyWaits' : 'slower', [settledBy(outcome, plan, kind, 'within')],
      `${acuity}级病人的“${word.zh}”要等${now.zh}；最多只能${most.zh}`, `at level ${acuity} "${word.en}" is given ${now.en}; at most ${most.en}`, `${kind} ${acuity} ${dueSeconds}`);
  }
}

/**
 * Steps that an announcement gives longer than the standing rules alone give the same step of the same person. Its restrictions are
 * not theirs to pay for by waiting.
 * @param ordinary the outcome for the same facts without the announcement.
 */
export function* slowerThan(ordinary: Outcome, plan: Plan, outcome: Outcome, acuity: Acuity): Generator<Fault> {
  for (const { kind, dueSeconds } of plan.links) {
    const step = stepName(outcome, plan, kind);
    const [measure, other]: readonly (Measure | undefined)[] = [outcome.by[`${step}.within`], ordinary.by[`${step}.within`]];
    const before = other?.then.links?.[step]?.dueSeconds?.[acuity];
    if (measure === other || before === undefined || dueSeconds <= before) continue;
    const [word, was, now] = [LINK_WORDS[kind], duration(before), duration(dueSeconds)];
    yield fault('slower', [measure], `“${word.zh}”要等得更久：平时${was.zh}，现在${now.zh}；请删去这个时限，或改得不比平时长`,
      `"${word.en}" is given longer: ${was.en} without the announcement, now ${now.en}; take the deadline out, or make it no longer than that`, `${step} ${before} ${dueSeconds}`);
  }
}
