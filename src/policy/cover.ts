import { FACT_NAMES } from './facts.ts';
import type { FactName } from './facts.ts';
import { answersIn, combinationsIn, EVERYTHING, meet, takes, withAnswers } from './regions.ts';
import type { Box } from './regions.ts';
import { answersTo } from './tree.ts';

/**
 * Says the same set of combinations in as few boxes as can be, each as general as can be, most general first. This is how
 * logic is minimised for circuits (Brayton et al., *Logic Minimization Algorithms*, 1984: expand, then irredundant), with
 * people instead of wires: combinations that cannot occur may be taken in or left out, whichever is shorter to say.
 * @param wanted boxes that together are the set.
 * @param unwanted boxes that together are everything else that can occur.
 */
export function cover(wanted: readonly Box[], unwanted: readonly Box[]): readonly Box[] {
  const expanded = new Map<string, Box>();
  for (const box of joined(wanted)) {
    const general = expand(box, unwanted);
    expanded.set(general.join(), general);
  }
  const sized = [...expanded.values()].map((box) => ({ box, size: combinationsIn(box) })).sort((a, b) => b.size - a.size);
  let kept = sized.map(({ box }) => box);
  for (const { box } of sized.toReversed()) {
    const others = kept.filter((other) => other !== box);
    if (isCovered(box, others)) kept = others;
  }
  return kept;
}

/** Boxes that differ in one fact only become one. */
export function joined(boxes: readonly Box[]): readonly Box[] {
  let now = boxes;
  for (;;) {
    const before = now.length;
    for (const fact of FACT_NAMES.toReversed()) now = joinedOver(now, fact);
    if (now.length === before) return now;
  }
}

function joinedOver(boxes: readonly Box[], fact: FactName): readonly Box[] {
  const byRest = new Map<string, Box>();
  for (const box of boxes) {
    const rest = withAnswers(box, fact, []).join();
    const known = byRest.get(rest);
    // Boxes with the same rest differ in this fact alone, so a bit of either is a bit of both.
    byRest.set(rest, known ? known.map((word, place) => word | box[place]!) : box);
  }
  return [...byRest.values()];
}

/** A fact that says least about a person is dropped first: a sentence is the shorter for it. */
const DROPPED_FIRST: readonly FactName[] = [
  'ownInstitution', ...FACT_NAMES.filter((fact) => !['ownInstitution', 'group', 'acuity', 'need'].includes(fact)).toReversed(), 'group', 'acuity', 'need',
];

/** The same box with every fact dropped that does not matter, and every answer taken in that keeps out of `unwanted`. */
function expand(box: Box, unwanted: readonly Box[]): Box {
  let general = box;
  for (const fact of DROPPED_FIRST) {
    const dropped = withAnswers(general, fact, everyAnswer(fact));
    if (!unwanted.some((other) => meet(dropped, other))) general = dropped;
  }
  for (const fact of DROPPED_FIRST) {
    const near = unwanted.filter((other) => meet(withAnswers(general, fact, everyAnswer(fact)), other));
    if (near.length === 0) continue;
    general = withAnswers(general, fact, everyAnswer(fact).filter((answer) => {
      if (takes(general, fact, answer)) return true;
      const wider = withAnswers(general, fact, [answer]);
      return !near.some((other) => meet(wider, other));
    }));
  }
  return general;
}

const EVERY_ANSWER = new Map(FACT_NAMES.map((fact) => [fact, Array.from({ length: answersTo(fact) }, (_, answer) => answer)]));
const everyAnswer = (fact: FactName): readonly number[] => EVERY_ANSWER.get(fact)!;

/** Whether everything in the box that can occur is in one of the others. */
function isCovered(box: Box, others: readonly Box[]): boolean {
  if (!meet(box, EVERYTHING)) return true;
  const at = others.findIndex((other) => meet(box, other));
  if (at < 0) return false;
  const other = others[at]!;
  const rest = others.slice(at + 1);
  let left = box;
  for (const fact of FACT_NAMES) {
    const answers = answersIn(left, fact);
    const outside = answers.filter((answer) => !takes(other, fact, answer));
    if (outside.length === 0) continue;
    if (!isCovered(withAnswers(left, fact, outside), rest)) return false;
    left = withAnswers(left, fact, answers.filter((answer) => takes(other, fact, answer)));
  }
  return true;
}
