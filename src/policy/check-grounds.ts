import { plansOf } from './availability.ts';
import { settledBy } from './blame.ts';
import type { LinkKind, Pathway } from './decision.ts';
import { fault, Tally } from './findings.ts';
import type { Fault } from './findings.ts';
import type { Plan } from './plan.ts';
import { sayAttribute } from './say-measure.ts';
import type { Outcome } from './settle.ts';
import { LINK_WORDS, PATHWAY_WORDS } from './words.ts';

/** The more of a doctor, the higher. */
const RANK: Readonly<Record<Pathway, number>> = { emergency: 2, visit: 1, remote: 0 };
/** Steps in which somebody waits and nobody is nearer to care. */
const WAITS: readonly LinkKind[] = ['slot', 'findPlace'];

/** What is there for a person's safety: a place in front, a record of every hand-over, a gate that opens. */
const PROTECTIONS = ['greenChannel', 'closedLoop', 'release'] as const;
const isDrivenHome = ({ links }: Plan): boolean => links.some(({ kind }) => kind === 'returnTravel');

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
  const faults = new Tally();
  const [better, worse] = [plain.effects.pathway, outcome.effects.pathway];
  const otherwise = plansOf(outcome);
  const lost = PROTECTIONS.filter((protection) => plain.effects[protection] && !outcome.effects[protection]);
  for (const [availability, without] of plansOf(plain).entries()) {
    if (RANK[worse] < RANK[better]) {
      faults.add(fault('groundBlocks', [outcome.by.pathway], `仅因检测、码色或所在区域，“${PATHWAY_WORDS[better].zh}”变成了“${PATHWAY_WORDS[worse].zh}”`,
        `a test, a code or an area alone turns ${PATHWAY_WORDS[better].en} into ${PATHWAY_WORDS[worse].en}`, `pathway ${better} ${worse}`));
    }
    const having = otherwise[availability]!;
    for (const protection of lost) {
      const { zh, en } = sayAttribute(protection);
      faults.add(fault('groundBlocks', [outcome.by[protection]], `仅因检测、码色或所在区域，失去了“${zh}”`, `a test, a code or an area alone takes away: ${en}`, `without ${protection}`));
    }
    if (isDrivenHome(without) && !isDrivenHome(having) && having.links.some(({ kind }) => kind === 'returnHome')) {
      faults.add(fault('groundBlocks', [outcome.by.wayBack, outcome.by.transport], '仅因检测、码色或所在区域，不再送回家', 'a test, a code or an area alone takes the car home away', 'without wayBack'));
    }
    for (const { kind, dueSeconds } of having.links) {
      const before = without.links.find((link) => link.kind === kind)?.dueSeconds;
      const word = LINK_WORDS[kind];
      if (before === undefined && WAITS.includes(kind)) {
        faults.add(fault('groundBlocks', [kind === 'slot' ? outcome.by.byAppointment : outcome.by.venue],
          `仅因检测、码色或所在区域，要多等一步“${word.zh}”`, `a test, a code or an area alone adds the step "${word.en}"`, `step ${kind}`));
      }
      if (before !== undefined && dueSeconds > before) {
        faults.add(fault('groundBlocks', [settledBy(outcome, having, kind, 'within')],
          `仅因检测、码色或所在区域，“${word.zh}”的时限变长`, `a test, a code or an area alone gives the step "${word.en}" a longer deadline`, `deadline ${kind}`));
      }
    }
  }
  return faults.list();
}
