import type { CallAnswer } from './board.ts';

/** A call that has an answer, and the unit on its way to it until now. */
export interface Answered {
  readonly answer: CallAnswer;
  readonly unitNow?: string;
}

/**
 * What has to be carried out with one answer, in one step or not at all: the call it takes its unit from, the unit that call gets
 * instead, and so on. Nobody who has a unit on the way loses it because somebody else was slower with the second press.
 * Whatever is reached has changed: `first` itself may already be as it should be, and then nothing has to be done.
 */
export function together(answered: ReadonlyMap<string, Answered>, first: string): readonly string[] {
  const takers = new Map([...answered].flatMap(([mission, { answer }]) => (answer.unit === undefined ? [] : [[answer.unit, mission] as const])));
  const holders = new Map([...answered].flatMap(([mission, { unitNow }]) => (unitNow === undefined ? [] : [[unitNow, mission] as const])));
  const found: string[] = [];
  const look = (mission: string | undefined): void => {
    const one = mission === undefined ? undefined : answered.get(mission);
    if (!one || found.includes(mission!) || one.answer.unit === one.unitNow) return;
    found.push(mission!);
    if (one.answer.unit !== undefined) look(holders.get(one.answer.unit));
    if (one.unitNow !== undefined) look(takers.get(one.unitNow));
  };
  look(first);
  return found;
}
