import type { Instant } from '../base/index.ts';
import { MEDICAL_OFFICE, type Asked, type Consult } from './consult.ts';
import { isResting, keyOf, onShift, OPEN_MAX, type ExpertLoad, type ExpertShift, type Roster } from './expert.ts';

/** What is looked at to find whom to ask. */
export interface Experts {
  readonly roster: Roster;
  readonly loads: ReadonlyMap<string, ExpertLoad>;
  /** In the order they are asked, the supporting hospital first. */
  readonly hospitals: readonly string[];
}

type Question = Pick<Consult, 'askedFrom' | 'specialty' | 'mode'> & Partial<Pick<Consult, 'escalations' | 'askedOf' | 'askedExpert'>>;

/**
 * The next expert, then the next hospital, then the medical office, which is never "nobody". Of one house the one with the fewest open questions is asked,
 * then the one who was asked longest ago. A house without a roster is asked as a whole, once; one whose experts are all asleep or overloaded is passed by:
 * waking somebody is a person's decision, and the medical office takes it.
 */
export function whomToAsk(question: Question, { roster, loads, hospitals }: Experts, at: Instant): Asked {
  const before = [...(question.escalations ?? []).map(({ from }) => from), ...(question.askedOf !== undefined ? [{ of: question.askedOf, ...(question.askedExpert !== undefined && { expert: question.askedExpert }) }] : [])];
  const wasAsked = (asked: Asked): boolean => before.some(({ of, expert }) => of === asked.of && expert === asked.expert);
  const others = hospitals.filter((hospital) => hospital !== question.askedFrom);
  // Whoever was asked first is gone on from: the same house's next expert before the next house.
  const first = question.askedOf !== undefined && others.includes(question.askedOf) ? [question.askedOf] : [];
  for (const hospital of [...first, ...others.filter((each) => !first.includes(each))]) {
    const here = onShift(roster, at).filter((shift) => shift.hospital === hospital);
    if (here.length === 0) {
      if (!wasAsked({ of: hospital })) return { of: hospital };
      continue;
    }
    const [next] = here.filter((shift) => isFit(shift, question) && !isResting(loads.get(keyOf(shift)), at) && openOf(loads, shift) < OPEN_MAX)
      .filter(({ name }) => !wasAsked({ of: hospital, expert: name })).sort(byTurn(loads));
    if (next) return { of: hospital, expert: next.name };
  }
  return { of: MEDICAL_OFFICE };
}

function isFit({ specialties, onSite }: ExpertShift, { specialty, mode }: Pick<Consult, 'specialty' | 'mode'>): boolean {
  return (specialty === 'other' || specialties.includes(specialty)) && (mode === 'remote' || onSite);
}

const openOf = (loads: Experts['loads'], shift: ExpertShift): number => loads.get(keyOf(shift))?.open ?? 0;

/** The load is spread: fewest open questions first, then the longest since the last one. */
function byTurn(loads: Experts['loads']): (a: ExpertShift, b: ExpertShift) => number {
  const last = (shift: ExpertShift): number => loads.get(keyOf(shift))?.askedLastAt ?? -Infinity;
  return (a, b) => openOf(loads, a) - openOf(loads, b) || compare(last(a), last(b)) || a.name.localeCompare(b.name);
}

const compare = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);
