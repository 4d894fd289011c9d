import { candidatesFor, counterpartsOf } from '../city/index.ts';
import type { City, LiveStatus, Service } from '../city/index.ts';
import type { Instant } from '../base/index.ts';
import type { CompiledPolicy } from './compile.ts';
import type { Condition, Measure } from './document.ts';
import { fault } from './findings.ts';
import type { Findings } from './findings.ts';
import { boxOf, peopleInBoth } from './regions.ts';
import type { Region } from './regions.ts';
import type { Outcome } from './settle.ts';
import { SERVICE_WORDS } from './words.ts';

/** As `needsChildren` has it: by age, and where nobody gave one by need or group. */
const CHILDREN: readonly Condition[] = [
  { age: ['underThree', 'threeToFive', 'sixToThirteen'] }, { age: ['unknown'], need: ['paediatrics'] }, { age: ['unknown'], group: ['child', 'underThree'] },
];
const CHILD_BOXES = CHILDREN.map(boxOf);
const GROWN_UP = boxOf({ age: ['fourteenAndOver'] });

/** A service the policy sends somebody to, and whether the town's counterpart is who has to give it. */
interface Demand {
  readonly service: Service;
  readonly children: boolean;
  readonly fromCounterpart: boolean;
  readonly measures: Set<Measure>;
  facts: Region['facts'];
  combinations: number;
}

const NOTHING_REPORTED: LiveStatus = new Map();

/** Watches where a policy sends people, and asks the city at the end whether somebody there can do it. */
export class CityWatch {
  readonly #policy: CompiledPolicy;
  readonly #city: City;
  readonly #demands = new Map<string, Demand>();

  constructor(policy: CompiledPolicy, city: City) {
    this.#policy = policy;
    this.#city = city;
  }

  see(region: Region, outcome: Outcome): void {
    // Outside its period or districts others answer for what holds.
    if (this.#policy.coverage && region.facts.period !== 'inForce') return;
    for (const children of [true, false]) {
      const people = (children ? CHILD_BOXES : [GROWN_UP]).map((box) => peopleInBoth(region.box, box)).find((found) => found !== undefined);
      if (!people) continue;
      for (const { service } of outcome.venues) this.#demand(service, children, outcome, people);
    }
  }

  #demand(service: Service, children: boolean, { effects, by }: Outcome, { facts, combinations }: Pick<Region, 'facts' | 'combinations'>): void {
    const fromCounterpart = effects.choice === 'counterpartFirst';
    const key = `${service} ${children} ${fromCounterpart}`;
    let demand = this.#demands.get(key);
    if (!demand) this.#demands.set(key, (demand = { service, children, fromCounterpart, measures: new Set(), facts, combinations: 0 }));
    demand.combinations += combinations;
    for (const measure of [by.venue, fromCounterpart ? by.choice : undefined]) if (measure) demand.measures.add(measure);
  }

  report(findings: Findings): void {
    for (const demand of this.#demands.values()) {
      const { service, children, measures, fromCounterpart } = demand;
      const who = children ? { zh: `儿童${SERVICE_WORDS[service].zh}`, en: `${SERVICE_WORDS[service].en} for children` } : SERVICE_WORDS[service];
      const about = `${service}${children ? ' children' : ''}`;
      for (const town of this.#towns()) {
        for (const instant of this.#instants()) {
          const { candidates } = candidatesFor(this.#city, NOTHING_REPORTED, { town, service, instant, children, rule: 'nearest' });
          if (candidates.length === 0) {
            findings.add(fault('nobodyRuns', [...measures], `${this.#city.name.zh}没有机构提供${who.zh}`,
              `no institution of ${this.#city.name.en} gives ${who.en}; name one in institutions.yaml, or send these people elsewhere`, about), demand);
            break;
          }
          if (!fromCounterpart) continue;
          const counterparts = counterpartsOf(this.#city, town, service, instant);
          if (counterparts.some((institution) => candidates.some((candidate) => candidate.institution === institution))) continue;
          const name = this.#city.towns.get(town)!.name;
          const named = counterparts.map((institution) => institution.name);
          const [zh, en] = named.length === 0 ? ['', ''] : [`（${named.map((one) => one.zh).join('、')}）`, ` (${named.map((one) => one.en).join(', ')})`];
          findings.add(fault('counterpartCannot', [...measures], `${name.zh}的对口机构${zh}不提供${who.zh}`,
            `no counterpart of ${name.en}${en} gives ${who.en}; name one in counterparts.yaml`, `${about} ${town}`), demand);
          break;
        }
      }
    }
  }

  #towns(): readonly string[] {
    const { coverage } = this.#policy;
    const towns = [...this.#city.towns.values()];
    return towns.filter(({ district }) => coverage?.districts.has(district) ?? true).map(({ code }) => code);
  }

  /** Who is whose counterpart changes only at the edges of a period: its first moment and each of those within it are all there is to ask. */
  #instants(): readonly Instant[] {
    const period = this.#policy.coverage?.period ?? { from: 0 };
    const edges = this.#city.counterparts.flatMap((counterpart) => (counterpart.period ? [counterpart.period.from, counterpart.period.to ?? counterpart.period.from] : []));
    return [...new Set([period.from, ...edges.filter((edge) => edge > period.from && (period.to === undefined || edge < period.to))])];
  }
}
