import type { Reason, RuledOut } from './decision.ts';
import type { Measure } from './document.ts';
import type { By, Headline, Settled } from './settle.ts';

const reasonOf = (measure: Measure): Reason => Object.freeze({ clause: measure.id, text: measure.text });

/**
 * The clauses that made the decision, in the order of the policy, and after them those that named what stands in.
 * @param standingIn measures whose stand-in was taken.
 */
export function reasonsOf(by: By, effects: Settled, winners: Iterable<Measure>, standingIn: readonly Measure[]): readonly Reason[] {
  const said = [...winners].filter((measure) => worthSaying(measure, by, effects));
  return Object.freeze([...new Set([...said, ...standingIn])].map(reasonOf));
}

/** What a reader asks about. An attribute that only says "no, nothing special" explains nothing. */
function worthSaying(measure: Measure, by: By, effects: Settled): boolean {
  return (Object.keys(effects) as Headline[]).some((name) => {
    if (by[name] !== measure) return false;
    if (name === 'wayBack') return effects.pathway === 'emergency' && effects.wayBack === 'specialCar';
    if (name === 'entry') return effects.entry === 'bufferZone';
    if (name === 'testRequired') return effects.pathway !== 'remote';
    if (name === 'guardianPresent' || name === 'controlledDrugsInPerson' || name === 'dispense') return effects.pathway === 'remote';
    return effects[name] !== false;
  });
}

/** Not the policy but the tables rule this one out, and only for as long as nothing gets worse. */
const NOT_AN_EMERGENCY: RuledOut = Object.freeze({
  option: 'pathway:emergency',
  clause: 'triage',
  text: Object.freeze({
    zh: '按目前所知不是急危重症；情况一有加重，马上再打电话或拨120。',
    en: 'By what is known this is not an emergency; if anything gets worse, call again or dial 120 at once.',
  }),
});

/**
 * What was not chosen, each with the clause that decided so: other pathways and ways there, and what would have come first
 * but could not be had, with the clause that names its stand-in.
 */
export function ruledOutOf(by: By, effects: Settled, chosen: { readonly transport: string; readonly testRequired: boolean }, replaced: ReadonlyMap<string, Measure>): readonly RuledOut[] {
  const out: RuledOut[] = [];
  const rule = (option: string, measure: Measure | undefined): void => {
    if (measure) out.push(Object.freeze({ option, clause: measure.id, text: measure.text }));
  };
  if (effects.pathway !== 'emergency') out.push(NOT_AN_EMERGENCY);
  for (const pathway of ['visit', 'remote'] as const) {
    if (pathway !== effects.pathway) rule(`pathway:${pathway}`, by.pathway);
  }
  if (effects.pathway !== 'remote') {
    for (const transport of ['ambulance', 'specialCar', 'own'] as const) {
      if (transport !== chosen.transport) rule(`transport:${transport}`, replaced.get(transport) ?? by.transport);
    }
    if (!chosen.testRequired) rule('entry:testRequired', by.testRequired);
  }
  for (const [option, measure] of replaced) if (!['ambulance', 'specialCar', 'own'].includes(option)) rule(`venue:${option}`, measure);
  return Object.freeze(out);
}
