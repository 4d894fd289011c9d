import { plansOf } from './availability.ts';
import { settledBy } from './blame.ts';
import type { LinkKind, Pathway } from './decision.ts';
import { fault } from './findings.ts';
import type { Fault } from './findings.ts';
import type { Outcome } from './settle.ts';
import { LINK_WORDS, PATHWAY_WORDS } from './words.ts';

/** The more of a doctor, the higher. */
const RANK: Readonly<Record<Pathway, number>> = { emergency: 2, visit: 1, remote: 0 };
/** Steps in which somebody waits and nobody is nearer to care. */
const WAITS: readonly LinkKind[] = ['slot', 'findPlace'];

/**
 * What a person loses by a ground that may never block: a test result, a code's colour, an area's risk.
 * @param plain the outcome of the same person with a valid test and a green code.
 */
export function groundFaults(plain: Outcome, outcome: Outcome): readonly Fault[] {
  let known = FAULTS.get(plain);
  if (!known) FAULTS.set(plain, (known = new WeakMap()));
  let faults = known.get(outcome);
  if (!faults) known.set(outcome, (faults = compare(plain, outcome)));
  return faults;
}

const FAULTS = new WeakMap<Outcome, WeakMap<Outcome, readonly Fault[]>>();

function compare(plain: Outcome, outcome: Outcome): readonly Fault[] {
  const faults = new Map<string, Fault & { availabilities: number }>();
  const report = (item: Fault): void => {
    const known = faults.get(item.about!);
    if (known) known.availabilities += 1;
    else faults.set(item.about!, { ...item, availabilities: 1 });
  };
  const [better, worse] = [plain.effects.pathway, outcome.effects.pathway];
  const otherwise = plansOf(outcome);
  for (const [availability, without] of plansOf(plain).entries()) {
    if (RANK[worse] < RANK[better]) {
      report(fault('groundBlocks', [outcome.by.pathway], `仅因检测、码色或所在区域，“${PATHWAY_WORDS[better].zh}”变成了“${PATHWAY_WORDS[worse].zh}”`,
        `a test, a code or an area alone turns ${PATHWAY_WORDS[better].en} into ${PATHWAY_WORDS[worse].en}`, `pathway ${better} ${worse}`));
    }
    const having = otherwise[availability]!;
    for (const { kind, dueSeconds } of having.links) {
      const before = without.links.find((link) => link.kind === kind)?.dueSeconds;
      const word = LINK_WORDS[kind];
      if (before === undefined && WAITS.includes(kind)) {
        report(fault('groundBlocks', [kind === 'slot' ? outcome.by.byAppointment : outcome.by.venue],
          `仅因检测、码色或所在区域，要多等一步“${word.zh}”`, `a test, a code or an area alone adds the step "${word.en}"`, `step ${kind}`));
      }
      if (before !== undefined && dueSeconds > before) {
        report(fault('groundBlocks', [settledBy(outcome, having, kind, 'within')],
          `仅因检测、码色或所在区域，“${word.zh}”的时限变长`, `a test, a code or an area alone gives the step "${word.en}" a longer deadline`, `deadline ${kind}`));
      }
    }
  }
  return [...faults.values()];
}
