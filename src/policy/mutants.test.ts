import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { SERVICES } from '../city/index.ts';
import { checkPolicy, compilePolicy, ENTRY_CHANNELS, LINK_OWNERS, PATHWAYS, policiesDiffer, TRANSPORTS, VENUE_KINDS } from './index.ts';
import type { Measure, PolicyDocument } from './index.ts';
import { FACTS } from './facts.ts';
import type { FactName } from './facts.ts';
import { loadPolicies } from './load.ts';

const loaded = loadPolicies(fileURLToPath(new URL('../../policies', import.meta.url)));
if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems));
const { documents, compiled, standing } = loaded.policies;

interface Mutant {
  /** `ZZ-7-green when 0: test without valid`. */
  readonly name: string;
  readonly measures: readonly Measure[];
}

/** Every mistake of one word: a measure, a condition, a fact or a value left out, a value too many, another consequence. */
function* mutantsOf({ measures }: PolicyDocument): Generator<Mutant> {
  for (const [place, measure] of measures.entries()) {
    const instead = (what: string, changes: object): Mutant =>
      ({ name: `${measure.id} ${what}`, measures: measures.with(place, { ...measure, ...changes } as Measure) });
    yield { name: `${measure.id} left out`, measures: measures.filter((other) => other !== measure) };
    if (measure.over) for (const other of measure.over) yield instead(`over without ${other}`, { over: measure.over.filter((id) => id !== other) });
    for (const [line, condition] of measure.when.entries()) {
      const when = (what: string, changed: object | undefined): Mutant =>
        instead(`when ${line}: ${what}`, { when: changed ? (measure.when as readonly object[]).with(line, changed) : measure.when.filter((_, other) => other !== line) });
      if (measure.when.length > 1) yield when('left out', undefined);
      for (const fact of Object.keys(condition) as FactName[]) {
        const { [fact]: values = [], ...rest } = condition;
        yield when(`${fact} left out`, rest);
        if (values.length > 1) for (const value of values) yield when(`${fact} without ${value}`, { ...condition, [fact]: values.filter((other) => other !== value) });
        for (const value of FACTS[fact]) if (!values.includes(value)) yield when(`${fact} with ${value}`, { ...condition, [fact]: [...values, value] });
      }
    }
    for (const [name, then] of consequences(measure.then as Readonly<Record<string, unknown>>)) yield instead(`then ${name}`, { then });
  }
}

const WORDS: Readonly<Record<string, readonly string[]>> = {
  pathway: PATHWAYS, venue: VENUE_KINDS, service: SERVICES, choice: ['nearest', 'ownFirst', 'counterpartFirst'], transport: TRANSPORTS,
  wayBack: ['specialCar', 'own'], entry: ENTRY_CHANNELS,
};

/** The consequences of a measure with one of them left out, turned round or exchanged for each other word. */
function* consequences(then: Readonly<Record<string, unknown>>): Generator<readonly [string, object]> {
  for (const [name, value] of Object.entries(then)) {
    const { [name]: _, ...rest } = then;
    if (Object.keys(rest).length > 0) yield [`${name} left out`, rest];
    if (typeof value === 'boolean') yield [`${name} turned round`, { ...then, [name]: !value }];
    for (const other of WORDS[name] ?? []) if (other !== value) yield [`${name} ${other}`, { ...then, [name]: other }];
    if (name !== 'links' && name !== 'otherwise') continue;
    const entries = value as Readonly<Record<string, { readonly owner?: string; readonly dueSeconds?: Readonly<Record<string, number>> }>>;
    for (const [key, terms] of Object.entries(entries)) {
      const { [key]: __, ...others } = entries;
      yield [`${name} ${key} left out`, { ...then, [name]: others }];
      if (name === 'otherwise') continue;
      if (terms.owner) yield [`${key} by another`, { ...then, links: { ...entries, [key]: { ...terms, owner: LINK_OWNERS.find((owner) => owner !== terms.owner) } } }];
      if (terms.dueSeconds) yield [`${key} later`, { ...then, links: { ...entries, [key]: { ...terms, dueSeconds: Object.fromEntries(Object.entries(terms.dueSeconds).map(([acuity, seconds]) => [acuity, seconds * 2])) } } }];
    }
  }
}

/** Mistakes that change nothing for anybody, each with the reason why it does not. */
const listed = (measure: string, ...changes: readonly string[]): readonly string[] => changes.map((change) => `${measure}${change}`);
const VISITS = FACTS.need.slice(0, 12);

const EQUIVALENT: readonly (readonly [why: string, mutants: readonly string[]])[] = [
  ['the law is read first, and settles for an emergency whatever these say',
    ['SH-7-or-120 when 0', 'SH-7-or-120 when 1', 'SH-1-departments when 0', 'SH-2-counterpart when 0', 'SH-5-family-doctor when 0', 'SH-6-internet when 0',
      'SH-8-designated when 0', 'SH-8-designated-specialist when 0', 'SH-8-designated-expert when 0', 'ZZ-3-open when 0', 'ZZ-4-hospitals when 0', 'ZZ-4-grass-roots when 0',
      'ZZ-5-cloud when 0', 'ZZ-6-appointment when 0', 'ZZ-6-appointment-fever when 0', 'ZZ-8-humane when 0', 'ZZ-8-humane when 1', 'ZZ-8-humane when 2', 'ZZ-7-green when 0',
      'ZZ-8-under-3 when 0', 'ZZ-8-age-unknown when 0', 'ZZ-8-age-unknown when 1', 'ZZ-8-others when 0', 'SH-3-unblocked when 0',
    ].flatMap((line) => listed(line, ': acuity left out', ': acuity with I', ': acuity with II'))],
  ['the law names the way there of an emergency as well', ['SH-9-120 then transport left out']],
  ['line 0 sends every emergency without a valid test through the same door',
    [1, 2, 3, 4, 5].flatMap((line) => listed(`ZZ-9-no-test when ${line}`, ': acuity left out', ': acuity with I', ': acuity with II'))],
  ['medicine is dispensed on the remote pathway alone: an emergency, a visit, and whoever has a fever or a finding that needs hands are on another',
    [...listed('SH-6-dispense when 0', ': acuity left out', ': acuity with I', ': acuity with II', ': fever left out', ': fever with yes', ': hands left out', ': hands with yes'),
      ...VISITS.map((need) => `SH-6-dispense when 0: need with ${need}`)]],
  ['who comes for a fever has one, and this line is for people without',
    ['SH-5-family-doctor', 'SH-6-internet', 'SH-8-designated', 'SH-8-designated-specialist', 'SH-8-designated-expert', 'ZZ-3-open', 'ZZ-4-grass-roots', 'ZZ-5-cloud'].map((id) => `${id} when 0: need with fever`)],
  ['who comes for a fever has one, and this line was never for them', ['ZZ-7-green when 0: need without fever']],
  ['another line of the same measure speaks of them already', [
    'SH-7-fever when 1: need with fever', 'SH-7-or-120 when 1: need with fever',
    'SH-8-car when 1: need left out', ...VISITS.map((need) => `SH-8-car when 1: need with ${need}`),
    ...[2, 3].flatMap((line) => [`ZZ-9-no-test when ${line}: need left out`, ...VISITS.map((need) => `ZZ-9-no-test when ${line}: need with ${need}`)]),
    ...[4, 5].flatMap((line) => listed(`ZZ-9-no-test when ${line}`, ': test without positive', ': test without positiveAntigen')),
    ...listed('ZZ-9-no-test when 5', ': age with threeToFive', ': age with sixToThirteen', ': age with fourteenAndOver'),
    // Obstetrics makes somebody pregnant, an age under eighteen or paediatrics without an age a child.
    'ZZ-8-humane when 1: need without obstetrics', 'ZZ-8-humane when 2: need without obstetrics', 'ZZ-8-humane when 2: need without paediatrics',
    ...listed('ZZ-8-humane when 2', ': age with underThree', ': age with threeToFive', ': age with sixToThirteen'), 'ZZ-8-age-unknown when 0: need without paediatrics',
  ]],
  ['a measure before it settles the same for them', [
    'SH-1-departments when 0: need with fever', 'SH-2-counterpart when 0: need with fever', 'SH-8-car when 0: need without fever',
    'SH-6-internet when 0: need with chronicFollowUp', 'SH-6-dispense when 0: need with chronicFollowUp',
    'SH-8-designated-specialist when 0: need with generalOutpatient', 'SH-8-designated-expert when 0: need with generalOutpatient', 'SH-8-designated-expert when 0: need with specialist',
    ...VISITS.filter((need) => !['emergency', 'fever', 'severeIllness'].includes(need)).map((need) => `ZZ-6-appointment-fever when 0: need with ${need}`), 'ZZ-6-appointment-fever when 0: need with fever',
    'ZZ-7-isolation when 0: patientKind with highRiskArea', 'ZZ-7-special when 0: patientKind with highRiskArea', 'ZZ-7-special when 0: patientKind with isolationPoint',
    ...[0, 1, 2].flatMap((line) => listed(`ZZ-8-humane when ${line}: need without `, 'haemodialysis', 'radiotherapy', 'chemotherapy')),
    ...listed('ZZ-7-green when 0: need without ', 'haemodialysis', 'radiotherapy', 'chemotherapy', 'obstetrics'),
    ...listed('ZZ-7-green when 0: mobility ', 'left out', 'with wheelchair', 'with stretcher', 'with unknown'),
    'ZZ-8-age-unknown when 0: age with underThree', 'ZZ-8-age-unknown when 1: age with underThree',
  ]],
  ['who is under three is a child', ['SH-5-groups when 0', 'ZZ-8-humane when 0', 'ZZ-8-channel when 0', 'ZZ-8-age-unknown when 1'].map((line) => `${line}: group with underThree`)],
  ['the standing rules say the same of them', [
    ...listed('SH-5-family-doctor then ', 'venue left out', 'transport left out'), ...listed('SH-6-internet then ', 'venue left out', 'transport left out'),
    ...listed('ZZ-5-cloud then ', 'venue left out', 'transport left out'), 'ZZ-4-grass-roots then venue left out',
  ]],
  ['it is the service a designated institution gives when none is named', ['SH-8-designated then service left out']],
];

const KNOWN = new Set(EQUIVALENT.flatMap(([, mutants]) => mutants));

describe('proof that the checker checks: a mistake of one word', { timeout: 300_000 }, () => {
  it.each([...documents])('%s: is found by the check or by the diff, or listed with the reason why it changes nothing', (id, document) => {
    const policy = compiled.get(id)!;
    const before = new Set(checkPolicy(policy).findings.map(({ key }) => key));
    const seen = new Set<string>();
    const unnoticed: string[] = [];
    const listedButFound: string[] = [];
    for (const { name, measures } of mutantsOf(document)) {
      seen.add(name);
      const mutant = compilePolicy({ ...document, measures }, standing);
      const differs = policiesDiffer(policy, mutant);
      if (KNOWN.has(name) ? differs : !differs && checkPolicy(mutant).findings.every(({ key }) => before.has(key))) (differs ? listedButFound : unnoticed).push(name);
    }
    expect({ unnoticed, listedButFound }).toEqual({ unnoticed: [], listedButFound: [] });
    expect(seen.size).toBeGreaterThan(500);
    for (const { id: measure } of document.measures) for (const name of KNOWN) if (name.startsWith(`${measure} `)) expect(seen).toContain(name);
  });
  it('each one listed is one of a measure that is there', () => {
    const ids = new Set([...documents.values()].flatMap(({ measures }) => measures.map(({ id }) => id)));
    expect([...KNOWN].filter((name) => !ids.has(name.split(' ')[0]!))).toEqual([]);
  });
});
