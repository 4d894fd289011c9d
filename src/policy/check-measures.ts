import { measuresAmong, outcomeFor } from './compile.ts';
import type { CompiledPolicy } from './compile.ts';
import type { Effects, Measure } from './document.ts';
import { fault } from './findings.ts';
import type { Fault, Findings } from './findings.ts';
import { SERVICE_OF } from './plan.ts';
import type { Region } from './regions.ts';
import { sayAttribute } from './say-measure.ts';
import { settle } from './settle.ts';
import type { Outcome } from './settle.ts';
import { otherReasons } from './told.ts';
import { changesBetween } from './treatment.ts';
import { join } from './words.ts';

/** What a measure says, attribute by attribute; a deadline by acuity, because each is another one. A venue and its service are one answer. */
function claimsOf({ links = {}, otherwise = {}, venue, service, ...headlines }: Effects): ReadonlyMap<string, string> {
  const claims = new Map(Object.entries(headlines).map(([name, value]) => [name, String(value)]));
  if (venue) claims.set('venue', `${venue} ${service ?? SERVICE_OF[venue]}`);
  for (const [option, standIn] of Object.entries(otherwise)) claims.set(`otherwise.${option}`, standIn);
  for (const [kind, { owner, dueSeconds = {} }] of Object.entries(links)) {
    if (owner) claims.set(`${kind}.owner`, owner);
    for (const [acuity, seconds] of Object.entries(dueSeconds)) claims.set(`${kind}.within.${acuity}`, String(seconds));
  }
  return claims;
}

const differing = (one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): readonly string[] =>
  [...one].filter(([name, value]) => other.has(name) && other.get(name) !== value).map(([name]) => name);

/** Two measures of one announcement that say different things of the same attribute; `first` stands before `second`. */
interface Rivals {
  readonly first: number;
  readonly second: number;
  readonly attributes: readonly string[];
  /** Seen to apply without the other. */
  firstAlone: boolean;
  secondAlone: boolean;
  /** Attributes of which the first decided where the second would have said otherwise, and there who. */
  readonly decided: Set<string>;
  readonly regions: Pick<Region, 'facts' | 'combinations'>[];
}

/**
 * Watches a walk over all regions and says at its end what is wrong between the measures themselves. Standing rules are there
 * for announcements that leave something out, so being silent or spoken over is a fault of an announcement's measures alone.
 */
export class MeasureWatch {
  readonly #policy: CompiledPolicy;
  readonly #announced: readonly number[];
  readonly #claims: readonly ReadonlyMap<string, string>[];
  readonly #asleep: Set<number>;
  /** Announced measures without which nobody has been seen to fare or to be told otherwise. */
  readonly #idle: Set<number>;
  readonly #heard = new Map<number, Set<string>>();
  readonly #overruled = new Map<number, Set<string>>();
  /** Stand-ins that somebody may come to. */
  readonly #reached = new Map<number, Set<string>>();
  readonly #rivals: readonly Rivals[];

  constructor(policy: CompiledPolicy) {
    const { from, to } = policy.announced;
    this.#policy = policy;
    this.#announced = policy.measures.map((_, place) => place).slice(from, to);
    this.#claims = policy.measures.map(({ then }) => claimsOf(then));
    this.#asleep = new Set(policy.measures.keys());
    this.#idle = new Set(this.#announced);
    this.#rivals = this.#announced.flatMap((first) => this.#announced.filter((second) => second > first).flatMap((second): Rivals[] => {
      const attributes = differing(this.#claims[first]!, this.#claims[second]!);
      return attributes.length === 0 ? [] : [{ first, second, attributes, firstAlone: false, secondAlone: false, decided: new Set(), regions: [] }];
    }));
  }

  see(region: Region): void {
    const places = measuresAmong(this.#policy, region.holds);
    const { acuity } = region.facts;
    const outcome = outcomeFor(this.#policy, places, acuity);
    for (const place of places) this.#asleep.delete(place);
    for (const place of places) {
      if (this.#idle.has(place) && this.#matters(place, places, outcome, acuity)) this.#idle.delete(place);
      if (this.#announced.includes(place)) this.#note(place, outcome, acuity);
    }
    for (const rivals of this.#rivals) {
      const [first, second] = [places.includes(rivals.first), places.includes(rivals.second)];
      if (first !== second) rivals[first ? 'firstAlone' : 'secondAlone'] = true;
      if (!first || !second) continue;
      const decided = rivals.attributes.filter((attribute) => winnerOf(outcome, attribute, acuity) === this.#policy.measures[rivals.first]);
      for (const attribute of decided) rivals.decided.add(attribute);
      if (decided.length > 0) rivals.regions.push(region);
    }
  }

  report(findings: Findings): void {
    const { measures } = this.#policy;
    for (const place of this.#asleep) findings.add(neverApplies(measures[place]!));
    for (const place of this.#announced) {
      const measure = measures[place]!;
      if (measure.then.service !== undefined && measure.then.venue === undefined) findings.add(serviceWithoutVenue(measure));
      if (this.#asleep.has(place)) continue;
      if (this.#idle.has(place)) {
        findings.add(changesNothing(measure));
        continue;
      }
      for (const attribute of this.#overruled.get(place) ?? []) if (!this.#heard.get(place)?.has(attribute)) findings.add(spokenOver(measure, attribute));
      for (const attribute of this.#heard.get(place) ?? []) if (isStandIn(attribute) && !this.#reached.get(place)?.has(attribute)) findings.add(standInUnreached(measure, attribute));
    }
    this.#reportOrder(findings);
  }

  #reportOrder(findings: Findings): void {
    const { measures } = this.#policy;
    const usedOver = new Set<string>();
    for (const { first, second, firstAlone, secondAlone, decided, regions } of this.#rivals) {
      const [one, other] = [measures[first]!, measures[second]!];
      if (decided.size === 0) continue;
      if (one.over?.includes(other.id)) usedOver.add(`${one.id} ${other.id}`);
      // Whoever speaks of fewer people is the exception, and stands first for that reason.
      else if (firstAlone && secondAlone) for (const region of regions) findings.add(contradiction(one, other, [...decided]), region);
    }
    for (const place of this.#announced) {
      const measure = measures[place]!;
      for (const other of measure.over ?? []) if (!usedOver.has(`${measure.id} ${other}`)) findings.add(overInVain(measure, other));
    }
  }

  /** Whether deleting it changes how somebody is treated here, or what they are told. */
  #matters(place: number, places: readonly number[], outcome: Outcome, acuity: Region['facts']['acuity']): boolean {
    const without = settle(places.filter((other) => other !== place).map((other) => this.#policy.measures[other]!), acuity);
    return changesBetween(outcome, without) !== undefined || otherReasons(outcome, without) !== undefined;
  }

  #note(place: number, outcome: Outcome, acuity: Region['facts']['acuity']): void {
    const measure = this.#policy.measures[place]!;
    for (const [attribute, value] of this.#claims[place]!) {
      const winner = winnerOf(outcome, attribute, acuity);
      if (winner === undefined) continue;
      if (winner === measure) {
        add(this.#heard, place, attribute);
        if (isStandIn(attribute) && canBeReached(outcome, attribute)) add(this.#reached, place, attribute);
      }
      else if (claimsOf(winner.then).get(attribute) !== value) add(this.#overruled, place, attribute);
    }
  }
}

function add(map: Map<number, Set<string>>, place: number, attribute: string): void {
  const known = map.get(place);
  if (known) known.add(attribute);
  else map.set(place, new Set([attribute]));
}

const isStandIn = (attribute: string): boolean => attribute.startsWith('otherwise.');

/** Whether what it stands in for is an option there that something comes after, be it only the way back into a circle. */
function canBeReached({ venues, transports, circle = [] }: Outcome, attribute: string): boolean {
  const option = attribute.slice('otherwise.'.length);
  const replaced: readonly string[] = [...venues.slice(0, -1).map(({ venue }) => venue), ...transports.slice(0, -1), ...circle];
  return replaced.includes(option);
}

/** Who settled it; undefined for a deadline of another acuity. */
function winnerOf({ by }: Outcome, attribute: string, acuity: string): Measure | undefined {
  const [, kind, of] = /^(\w+\.within)\.(\w+)$/.exec(attribute) ?? [];
  if (kind === undefined) return by[attribute as keyof typeof by];
  return of === acuity ? by[kind as keyof typeof by] : undefined;
}

const neverApplies = (measure: Measure): Fault => fault('neverApplies', [measure],
  `措施${measure.id}不适用于任何人；请改正条件或删去`, `measure ${measure.id} applies to nobody; correct its when, or remove it`);

const changesNothing = (measure: Measure): Fault => fault('changesNothing', [measure],
  `没有措施${measure.id}，所有人的安排和说明都一样；请把它放到更前面，或删去`,
  `without measure ${measure.id} everybody is treated and told the same; put it before the one that always speaks first, or remove it`);

const serviceWithoutVenue = (measure: Measure): Fault => fault('serviceWithoutVenue', [measure],
  `措施${measure.id}写了科室却没有写就诊地点，永远不起作用；请补上地点`, `measure ${measure.id} names a service and no venue, so it is never heard; add the venue`);

function spokenOver(measure: Measure, attribute: string): Fault {
  const { zh, en } = sayAttribute(attribute);
  return fault('spokenOver', [measure], `措施${measure.id}所写的“${zh}”总被更前面的措施盖过；请调整次序，或删去这一项`,
    `what measure ${measure.id} says of ${en} is always spoken over; put it first, or take it out`, attribute);
}

function standInUnreached(measure: Measure, attribute: string): Fault {
  const { zh, en } = sayAttribute(attribute);
  return fault('standInUnreached', [measure], `措施${measure.id}写了“${zh}”，但没有人先被安排到那里，永远轮不到；请删去，或改正措施的条件`,
    `measure ${measure.id} says ${en}, and nobody it speaks of is sent there first, so its turn never comes; take it out, or correct the when`, attribute);
}

function contradiction(first: Measure, second: Measure, attributes: readonly string[]): Fault {
  const { zh, en } = join(attributes.map(sayAttribute), '、', ', ');
  return fault('contradiction', [first, second], `措施${first.id}与${second.id}对同一些人的“${zh}”说法不同；请改条件，或在${first.id}里写明它优先于${second.id}`,
    `measures ${first.id} and ${second.id} say different things of ${en} to the same people; change a when, or write over: [${second.id}] into ${first.id}`);
}

const overInVain = (measure: Measure, other: string): Fault => fault('overInVain', [measure],
  `措施${measure.id}写明优先于${other}，但从未起作用；请删去，或调整次序`, `measure ${measure.id} claims to go over ${other}, and never does; take it out, or put ${measure.id} first`, other);
