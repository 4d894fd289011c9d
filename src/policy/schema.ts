import { SERVICES } from '../city/index.ts';
import { ACUITIES } from '../triage/index.ts';
import { ENTRY_CHANNELS, TRANSPORTS } from './decision.ts';
import { CONSULT_URGENCIES } from './demands.ts';
import { FETCHING, REPLACEABLE, SENTENCE, TERMS_KEYS, VISITED_VENUES, WHETHER_AND_WHEN } from './document.ts';
import { FACT_NAMES, FACTS, NEVER_BLOCK_FACTS, SETS } from './facts.ts';
import type { FactName } from './facts.ts';
import { DEMAND_KEYS, LONGEST, SAYS_KEYS } from './read-demands.ts';
import { DISTRICT, MOST_SENTENCES, NOT_ENCODED_KEYS, POLICY_ID, POLICY_KEYS, STANDING_KEYS, TOWN } from './read-document.ts';
import { ANNOUNCED_FACTS, EFFECT_FLAGS, EFFECT_WORDS, MEASURE_ID, MEASURE_KEYS, MOST_MEASURES } from './read-measures.ts';
import { DURATION } from './read.ts';
import { ROOMS } from './rooms.ts';
import { STEP_OWNERS } from './step-owners.ts';

/** JSON Schema, draft 2020-12, as far as it is used here. */
export interface Schema {
  readonly [keyword: string]: unknown;
}

/** An announcement, for an editor that completes and checks while it is written. What only the whole file tells, `policy check` tells. */
export function policySchema(): Schema {
  return {
    ...head('policy.schema.json', 'An announcement: how care is reached while movement is restricted', 'Every sentence of the source that promises something is a measure, or is named in notEncoded.'),
    ...object(POLICY_KEYS, ['supersedes', 'demands', 'notEncoded'], {
      id: text('Small letters, digits and "-". People, other announcements and records name it by this.', POLICY_ID),
      version: text('In quotes. Give a new one to every change that is adopted.'),
      city: text('The folder in cities/ that it is for.'),
      title: ref('text'),
      source: text('Who announced it, when and where it can be read.'),
      period: {
        description: 'From its first moment; leave "to" out for an open end. Asia/Shanghai where no offset is written; 24:00 is the end of the day.',
        ...object(['from', 'to'], ['to'], { from: ref('instant'), to: ref('instant') }),
      },
      districts: {
        description: 'Where it holds. Elsewhere the ordinary rules do.',
        ...list(object(['code', 'name', 'towns'], ['towns'], {
          code: text('Six characters, in quotes, as cities/ID/areas.yaml has it.', DISTRICT), name: text('As people call it.'),
          towns: { description: 'Towns it commands that carry another district’s number.', ...list(text('Nine digits, in quotes.', TOWN), 0) },
        })),
      },
      supersedes: { description: 'Announcements whose place this one takes.', ...list(text('The id of an announcement.', POLICY_ID), 0) },
      sentences: { description: 'How many sentences of the source promise something.', type: 'integer', minimum: 1, maximum: MOST_SENTENCES },
      measures: { description: 'In the order they are read: the first that speaks of something settles it, so the particular stands before the general.', ...list(ref('announced'), 0, MOST_MEASURES) },
      demands: demands(ref('sentence')),
      notEncoded: {
        description: 'Sentences, or parts of them, that decide nothing about a patient: why, and who keeps them.',
        ...list(object(NOT_ENCODED_KEYS, ['room'], { clause: ref('sentence'), reason: text('Why no measure says it.'), room: ref('room') }), 0),
      },
    }),
    $defs: {
      ...definitions(), sentence: text('Number and wording of the sentence: 3: "patients in high-risk areas".', SENTENCE),
      announced: measure(ref('sentence'), ANNOUNCED_FACTS),
    },
  };
}

/** The rules that hold with and without an announcement. */
export function standingSchema(): Schema {
  return {
    ...head('standing-rules.schema.json', 'Rules that hold with and without an announcement', 'The law is read before every announcement, the ordinary rules after it.'),
    ...object(STANDING_KEYS, ['demands'], {
      version: text('In quotes. Give a new one to every change.'),
      law: { description: 'Binding: no announcement can take it back.', ...list(ref('measure'), 0, MOST_MEASURES) },
      ordinary: { description: 'What holds beside, before, after and outside an announcement.', ...list(ref('measure'), 0, MOST_MEASURES) },
      demands: demands(text('The statute, notice or guideline it comes from.')),
    }),
    $defs: { ...definitions(), measure: measure(text('The statute, notice or guideline it comes from; "assumed" where the city has to set it.'), FACT_NAMES) },
  };
}

const head = (name: string, title: string, description: string): Schema => ({ $schema: 'https://json-schema.org/draft/2020-12/schema', $id: name, title, description });
const ref = (name: string): Schema => ({ $ref: `#/$defs/${name}` });
const text = (description: string, pattern?: RegExp): Schema => ({ description, type: 'string', minLength: 1, ...(pattern && { pattern: pattern.source }) });
const oneOf = (description: string, values: readonly string[]): Schema => ({ description, enum: values });
const list = (items: Schema, minItems = 1, maxItems?: number): Schema => ({ type: 'array', items, minItems, ...(maxItems !== undefined && { maxItems }) });

/** A mapping that knows these keys and no others. */
function object(keys: readonly string[], optional: readonly string[], properties: Schema): Schema {
  const required = keys.filter((key) => !optional.includes(key));
  return { type: 'object', properties: Object.fromEntries(keys.map((key) => [key, properties[key]])), ...(required.length > 0 && { required }), additionalProperties: false };
}

/** Of the two types: one that asks for a ground which may never block has no word for whether or how soon. */
function measure(clause: Schema, facts: readonly FactName[]): Schema {
  const common = {
    id: text('Short; it is what people are told: "ZZ-8-under-3".', MEASURE_ID),
    clause,
    text: ref('text'),
    rooms: { description: 'Who acts on it; follows from "then".', ...list(ref('room')) },
    over: { description: 'Measures that say something else of the same person and step back for this one.', ...list(text('The id of a measure of this announcement.', MEASURE_ID), 0) },
  };
  const never: readonly string[] = NEVER_BLOCK_FACTS;
  const whetherAndWhen: readonly string[] = WHETHER_AND_WHEN;
  const ofCase = { ...common, when: when(facts.filter((fact) => !never.includes(fact))), then: then(EFFECT_NAMES, true) };
  const ofGround = { ...common, when: when(facts), then: then(EFFECT_NAMES.filter((name) => !whetherAndWhen.includes(name)), false) };
  return {
    description: `A measure that asks for ${NEVER_BLOCK_FACTS.join(' or ')} may choose where and how, never whether or how soon.`,
    anyOf: [object(MEASURE_KEYS, ['over', 'when'], ofCase), object(MEASURE_KEYS, ['over', 'when'], ofGround)],
  };
}

/** Of institutions. What none gives stays as `DEMANDED` has it. */
function demands(clause: Schema): Schema {
  const each = (what: string, keys: readonly string[]): Schema => ({ description: what, ...object(keys, keys, Object.fromEntries(keys.map((key) => [key, ref('duration')]))), minProperties: 1 });
  return {
    description: 'What it demands of institutions, whoever their patients are.',
    ...list(object(DEMAND_KEYS, [], {
      id: text('Short; differences and records name it.', MEASURE_ID), clause, text: ref('text'),
      says: {
        ...object(SAYS_KEYS, SAYS_KEYS, {
          longestClosure: { description: `How long a service may be reported closed at once; at most ${LONGEST.longestClosure.said}.`, ...ref('duration') },
          secondPerson: { description: 'Closed only when a second person, of the district, has confirmed it; added to those that always need one.', ...list({ enum: SERVICES }) },
          known: each(`After which what was last said of a service is no longer known; at most ${LONGEST.known.said}.`, SERVICES),
          answer: each(`Until the written answer of an expert; at most ${LONGEST.answer.said}.`, CONSULT_URGENCIES),
          received: each(`From standing at the door until being received by name; beyond it silence is a refusal; at most ${LONGEST.received.said}.`, ACUITIES),
        }),
        minProperties: 1,
      },
    }), 0),
  };
}

const ASKS: { readonly [F in FactName]: string } = {
  period: 'Where the case stands to the announcement; for standing rules only.',
  acuity: 'How urgent: I and II are emergencies.',
  need: 'What kind of care is asked for.',
  age: 'By the age in months; unknown where nobody said.',
  group: 'One of the person’s groups is enough.',
  fever: 'Measured, reported, or what they came for. In quotes.',
  hands: 'Something was found that a doctor at a distance cannot look after. In quotes.',
  mobility: 'How the person moves.',
  ownInstitution: 'Has an institution of their own for this need. In quotes.',
  patientKind: 'By area, isolation point and code. May never decide whether or how soon.',
  test: 'The test result. May never decide whether or how soon.',
};

function when(facts: readonly FactName[]): Schema {
  const condition = { ...object(facts, facts, Object.fromEntries(facts.map((fact) => [fact, ref(fact)]))), minProperties: 1 };
  return { description: 'Whom it concerns: all facts of one line hold, of several lines any one. Left out: everyone.', anyOf: [condition, list(condition)] };
}

const EFFECT_NAMES = [...Object.keys(EFFECT_WORDS), ...EFFECT_FLAGS, 'otherwise', 'links'];

const SAYS: Readonly<Record<string, string>> = {
  pathway: 'How care is reached.', venue: 'The kind of place that treats.', service: 'What that place has to run; goes with venue.',
  choice: 'Who is asked first: the nearest, the person’s own, or the town’s counterparts.', transport: 'The way there.',
  wayBack: 'The way home from an emergency, or who looks after somebody at home.', entry: 'Which door: in the buffer zone tests run beside treatment.',
  closedLoop: 'Door to door and back, each hand-over recorded.', byAppointment: 'Seen at a reserved time; never an emergency department.',
  greenChannel: 'Served first among equals, step-free, with a companion.', testRequired: 'Whether the door asks for a result; without one the way in is the buffer zone.',
  release: 'The committee lets the person out and back in, with a deadline.', dispense: 'Medicine is dispensed and delivered.',
  guardianPresent: 'Seen at a distance with a guardian.', controlledDrugsInPerson: 'Controlled medicine is never prescribed at a distance.',
};

/** What is left of them for a ground that may never block. */
const SOMEWHERE: Readonly<Record<string, readonly string[]>> = {
  venue: VISITED_VENUES, transport: TRANSPORTS.filter((way) => way !== 'none'), entry: ENTRY_CHANNELS.filter((door) => door !== 'none'),
};

function then(names: readonly string[], everything: boolean): Schema {
  const properties = Object.fromEntries(names.map((name): [string, Schema] => {
    if (name === 'otherwise') return [name, ref('otherwise')];
    if (name === 'links') return [name, ref(everything ? 'links' : 'owners')];
    if (!everything && Object.hasOwn(SOMEWHERE, name)) return [name, oneOf(SAYS[name]!, SOMEWHERE[name]!)];
    const values = name in EFFECT_WORDS;
    return [name, values ? ref(name) : { description: SAYS[name], type: 'boolean' }];
  }));
  return { description: 'What follows. There is no word for refusing anyone.', ...object(names, names, properties), minProperties: 1 };
}

function definitions(): Schema {
  const within = { description: 'One deadline for all, or one for each acuity.', anyOf: [ref('duration'), { ...object(ACUITIES, ACUITIES, Object.fromEntries(ACUITIES.map((acuity) => [acuity, ref('duration')]))), minProperties: 1 }] };
  const steps = (terms: Schema): Schema => ({
    ...object(TERMS_KEYS, TERMS_KEYS, Object.fromEntries(TERMS_KEYS.map((kind) => {
      const known = { owner: oneOf('Who can do this step, and so answer for it.', STEP_OWNERS[kind]), ...terms };
      return [kind, { ...object(Object.keys(known), Object.keys(known), known), minProperties: 1 }];
    }))),
    minProperties: 1,
  });
  const standIns = Object.fromEntries(REPLACEABLE.map((option) => [option, ref((VISITED_VENUES as readonly string[]).includes(option) ? 'visited' : 'fetching')]));
  return {
    text: { description: 'In words a frightened person understands at first reading.', ...object(['zh', 'en'], [], { zh: text('Chinese.'), en: text('English.') }) },
    instant: text("With its hour, in quotes: '2022-11-25 00:00'. 24:00 is the end of the day.", /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/),
    duration: text('At most 7 d: a wait without end is a refusal in disguise.', DURATION),
    room: oneOf('A room of the product.', ROOMS),
    otherwise: { description: 'What stands in when the option of this name cannot be had.', ...object(REPLACEABLE, REPLACEABLE, standIns), minProperties: 1 },
    visited: oneOf('A kind of venue that stands in.', VISITED_VENUES),
    fetching: oneOf('Something that fetches the person: whoever was to be driven is not told to walk.', FETCHING),
    within,
    links: { description: 'Who answers for a step, and by when.', ...steps({ within: ref('within') }) },
    owners: { description: 'Who answers for a step. By when is not for a test, a code or an area to say.', ...steps({}) },
    ...Object.fromEntries(Object.entries(EFFECT_WORDS).map(([name, values]) => [name, oneOf(SAYS[name]!, values)])),
    ...Object.fromEntries(FACT_NAMES.map((fact) => [fact, { description: ASKS[fact], ...list({ enum: [...FACTS[fact], ...Object.keys(SETS[fact] ?? {})] }) }])),
  };
}
