import type { Text } from '../base/index.ts';
import type { LinkKind, PlannedLink } from './decision.ts';
import type { Plan } from './plan.ts';
import { SERVICE_OF } from './plan.ts';
import type { Outcome } from './settle.ts';
import {
  CHOICE_WORDS, duration, ENTRY_WORDS, join, LINK_WORDS, listed, OWNER_WORDS, PATHWAY_WORDS, SAFEGUARD_WORDS, SERVICE_WORDS, TRANSPORT_WORDS, VENUE_WORDS,
} from './words.ts';

/**
 * One thing that happens to a person, in a form to compare and in words. Two outcomes with the same list treat everybody the
 * same, whatever they tell them and whoever said so.
 */
interface Aspect {
  readonly name: string;
  readonly value: string;
  /** A step has a deadline; of a class of people the shortest and the longest are said. */
  readonly dueSeconds?: number;
  readonly say: Text;
  /** Said after it: what stands in for it, one after the other. */
  readonly orElse?: readonly Text[];
  /** Said when it is what changed. */
  readonly owner?: Text;
}

/** One thing that is different for a person. */
export interface Change {
  /** The same for all for whom this is different in the same way. */
  readonly key: string;
  readonly name: string;
  readonly was: Aspect | undefined;
  readonly now: Aspect | undefined;
}

const NOTHING: Text = { zh: '无此安排', en: 'nothing of this' };
const say = (zh: string, en: string): Text => ({ zh, en });

const flag = (name: string, value: boolean, yes: Text, no: Text): Aspect => ({ name, value: String(value), say: value ? yes : no });
const chain = (name: string, [first, ...orElse]: readonly Text[], value: unknown): Aspect => ({ name, value: JSON.stringify(value), say: first!, orElse });

const TREATMENTS = new WeakMap<Outcome, readonly Aspect[]>();

function treatmentOf(outcome: Outcome): readonly Aspect[] {
  let known = TREATMENTS.get(outcome);
  if (!known) TREATMENTS.set(outcome, (known = aspectsOf(outcome)));
  return known;
}

function aspectsOf(outcome: Outcome): readonly Aspect[] {
  const { effects, venues, transports, safeguards } = outcome;
  const [plan, searched] = [outcome.plan(0, 0, false), outcome.plan(0, 0, true)];
  const findPlace = searched.links.filter(({ kind }) => kind === 'findPlace');
  return [
    { name: 'pathway', value: effects.pathway, say: PATHWAY_WORDS[effects.pathway] },
    chain('place', venues.map(({ venue, service }) => sayVenue(venue, service)), venues),
    { name: 'choice', value: effects.choice, say: CHOICE_WORDS[effects.choice] },
    chain('transport', transports.map((transport) => TRANSPORT_WORDS[transport]), transports),
    { name: 'door', value: plan.entry.via, say: ENTRY_WORDS[plan.entry.via] },
    flag('test', plan.entry.testRequired, say('查验检测结果', 'test looked at'), say('不查检测结果', 'no test asked')),
    flag('appointment', plan.byAppointment, say('预约', 'by appointment'), say('不用预约', 'without appointment')),
    flag('greenChannel', effects.greenChannel, say('绿色通道', 'green channel'), say('无绿色通道', 'no green channel')),
    flag('closedLoop', effects.closedLoop, say('闭环', 'closed loop'), say('无闭环', 'no closed loop')),
    ...safeguards.map((safeguard) => ({ name: safeguard, value: 'yes', say: SAFEGUARD_WORDS[safeguard] })),
    ...[...plan.links, ...findPlace].map((link) => stepOf(link)),
    ...standIns(outcome),
  ];
}

function sayVenue(venue: Plan['venue'], service: Plan['service']): Text {
  return service === SERVICE_OF[venue] ? VENUE_WORDS[venue] : join([VENUE_WORDS[venue], SERVICE_WORDS[service]], '·', ' for ');
}

function stepOf({ kind, owner, dueSeconds }: PlannedLink): Aspect {
  return { name: `link:${kind}`, value: owner, dueSeconds, say: LINK_WORDS[kind], owner: OWNER_WORDS[owner] };
}

function withDeadline(step: Text, shortest: number, longest: number): Text {
  const [from, to] = [duration(shortest), duration(longest)];
  if (shortest === longest) return { zh: `${from.zh}内${step.zh}`, en: `${step.en} within ${from.en}` };
  return { zh: `${from.zh}至${to.zh}内${step.zh}`, en: `${step.en} within ${from.en} to ${to.en}` };
}

/** The steps when the first choice cannot be had. */
function standIns({ venues, transports, plan }: Outcome): readonly Aspect[] {
  return [...venues.keys()].flatMap((venue) => [...transports.keys()].flatMap((way) => (venue === 0 && way === 0 ? [] : [false, true].map((search): Aspect => {
    const { links, entry, byAppointment } = plan(venue, way, search);
    const steps = links.map(({ kind, dueSeconds }) => withDeadline(LINK_WORDS[kind], dueSeconds, dueSeconds));
    return { name: `standIn:${venue}.${way}.${search}`, value: JSON.stringify([links, entry, byAppointment]), say: listed([say('候补安排', 'as stand-in'), ...steps]) };
  }))));
}

/** A step that follows from how somebody travels or is seen; said only when that is still the same. */
const OF_THE_WAY: ReadonlySet<string> = new Set(([
  'sendUnit', 'assignCar', 'travel', 'bring', 'returnCar', 'returnPickUp', 'returnTravel', 'returnHome', 'dispense', 'deliver', 'confirmHome',
] as const satisfies readonly LinkKind[]).map((kind) => `link:${kind}`));
const OF_THE_PATHWAY: ReadonlySet<string> = new Set(['link:slot', 'link:release', 'link:pass', 'link:treat', 'link:findPlace', 'choice', 'test', 'appointment']);

/** What a person notices, first what matters most to them; steps behind it, owners and the way home come after, in their order. */
const NOTICED: readonly string[] = [
  'pathway', 'transport', 'link:pickUp', 'place', 'door', 'appointment', 'link:slot', 'link:sendUnit', 'link:travel', 'link:bring', 'link:receive', 'link:consult', 'link:deliver',
];
const rank = ({ name }: Pick<Change, 'name'>): number => (NOTICED.includes(name) ? NOTICED.indexOf(name) : NOTICED.length);

/**
 * What the second does otherwise than the first, most important first; undefined when both treat the same. A change of pathway or of the way
 * there carries a dozen steps with it: then only those are said that somebody waits for.
 */
export function changesBetween(first: Outcome, second: Outcome): readonly Change[] | undefined {
  if (first === second) return undefined;
  let known = CHANGES.get(first);
  if (!known) CHANGES.set(first, (known = new WeakMap()));
  if (!known.has(second)) known.set(second, changed(treatmentOf(first), treatmentOf(second)));
  return known.get(second);
}

const CHANGES = new WeakMap<Outcome, WeakMap<Outcome, readonly Change[] | undefined>>();

type Part = Omit<Change, 'key'>;

function changed(first: readonly Aspect[], second: readonly Aspect[]): readonly Change[] | undefined {
  const [was, now] = [new Map(first.map((aspect) => [aspect.name, aspect])), new Map(second.map((aspect) => [aspect.name, aspect]))];
  const parts = [...new Set([...was.keys(), ...now.keys()])].map((name): Part => ({ name, was: was.get(name), now: now.get(name) }))
    .filter((part) => part.was?.value !== part.now?.value || part.was?.dueSeconds !== part.now?.dueSeconds)
    .sort((a, b) => rank(a) - rank(b));
  if (parts.length === 0) return undefined;
  const otherPathway = parts.some(({ name }) => name === 'pathway');
  const otherWay = otherPathway || parts.some(({ name }) => name === 'transport');
  const worth = withPickUp(parts).filter(({ name }) => !(otherWay && OF_THE_WAY.has(name)) && !(otherPathway && OF_THE_PATHWAY.has(name)));
  const unlikeStandIn = worth.filter(({ name }) => !name.startsWith('standIn:'));
  return (unlikeStandIn.length > 0 ? unlikeStandIn : worth.slice(0, 1)).map((part) => ({ ...part, key: keyOf(part) }));
}

/** How soon a car comes is said with the car. */
function withPickUp(parts: readonly Part[]): readonly Part[] {
  const pickUp = parts.find(({ name }) => name === 'link:pickUp');
  if (!pickUp || !parts.some(({ name }) => name === 'transport')) return parts;
  const within = (way: Aspect | undefined, step: Aspect | undefined): Aspect | undefined => way && (step?.dueSeconds === undefined ? way : { ...way, dueSeconds: step.dueSeconds });
  return parts.flatMap((part) => {
    if (part === pickUp) return [];
    return part.name === 'transport' ? { ...part, was: within(part.was, pickUp.was), now: within(part.now, pickUp.now) } : part;
  });
}

/** How much longer or shorter a deadline is depends on the acuity; that it is makes the class. */
function keyOf({ name, was, now }: Part): string {
  const pace = was?.dueSeconds === undefined || now?.dueSeconds === undefined ? '' : ['same', 'later', 'sooner'].at(Math.sign(now.dueSeconds - was.dueSeconds));
  return `${name}: ${was?.value ?? '-'} > ${now?.value ?? '-'}${pace ? ` ${pace}` : ''}`;
}

/**
 * One sentence each for before and after.
 * @param changes for each thing that is different, as it is for each of these people; they have the same key.
 */
export function sayChanges(changes: readonly (readonly Change[])[]): { readonly was: Text; readonly now: Text } {
  const ranked = changes.toSorted(([a], [b]) => rank(a!) - rank(b!));
  return { was: saySide(ranked, 'was'), now: saySide(ranked, 'now') };
}

function saySide(changes: readonly (readonly Change[])[], side: 'was' | 'now'): Text {
  const said = changes.flatMap((same): readonly Text[] => {
    const { was, now, [side]: aspect } = same[0]!;
    if (!aspect) return [];
    const { say: step, owner, orElse = [] } = aspect;
    const named = owner && was && now && was.value !== now.value ? { zh: `${step.zh}（${owner.zh}）`, en: `${step.en} (${owner.en})` } : step;
    const seconds = same.flatMap((change) => change[side]?.dueSeconds ?? []);
    return [join([seconds.length === 0 ? named : withDeadline(named, Math.min(...seconds), Math.max(...seconds)), ...orElse], '，不行则', ', else ')];
  });
  return said.length === 0 ? NOTHING : listed(said);
}
