import type { Text } from '../base/index.ts';
import { AVAILABILITIES } from './availability.ts';
import type { Measure } from './document.ts';
import type { Facts } from './facts.ts';
import { distanceFromPlain } from './regions.ts';
import type { Region } from './regions.ts';
import { sayFacts } from './say-case.ts';

export type FindingCode =
  // A combination of facts that breaks a promise.
  | 'unsettled' | 'noOwnerOrDeadline' | 'noWayBack' | 'fallbackCircle'
  | 'emergencyPathway' | 'emergencyWaits' | 'slower' | 'testBeforeEmergency' | 'slotBeforeEmergency' | 'underThreeTested' | 'groundBlocks'
  | 'visitWithoutWay' | 'visitWithoutDoor' | 'remoteWithVehicle' | 'remoteNeedsHands' | 'driverWithoutCar' | 'serviceUnlikeVenue'
  | 'cannotTreat' | 'pathwayUnlikeVenue' | 'pathwayUnlikeTransport'
  | 'visitWithoutRelease' | 'remoteWithoutGuardian' | 'unknownBesideOthers'
  | 'ownWayInClosedLoop' | 'ownWayLyingDown' | 'ownWayRestricted' | 'positiveBesideOthers'
  // Nothing is proven, and so nothing can be adopted: the one finding that no reason explains away.
  | 'tooComplex'
  // The document by itself.
  | 'contradiction' | 'overInVain' | 'spokenOver' | 'serviceWithoutVenue' | 'standInUnreached' | 'neverApplies' | 'changesNothing'
  // The policy in a city.
  | 'counterpartCannot' | 'nobodyRuns';

export interface CheckFinding {
  /** The same fault has the same key in every check: code, what it is about, and the measures it comes from. */
  readonly key: string;
  readonly code: FindingCode;
  /** Those that led to it; empty where the fault is that none did. */
  readonly measures: readonly string[];
  readonly clauses: readonly string[];
  readonly message: Text;
  /** The plainest combination that shows it; absent for findings about the document. */
  readonly example?: { readonly facts: Facts; readonly text: Text };
  /** How many combinations show it, counting what is available as well. */
  readonly combinations: number;
}

/** What is wrong, before anybody has counted how often. */
export interface Fault {
  readonly code: FindingCode;
  /** What it is about within its code: a link, an attribute, a town. */
  readonly about?: string;
  readonly measures: readonly (Measure | undefined)[];
  readonly message: Text;
  /** In how many of the 32 availabilities; all of them when absent. */
  readonly availabilities?: number;
}

export function fault(code: FindingCode, measures: Fault['measures'], zh: string, en: string, about?: string): Fault {
  return { code, ...(about !== undefined && { about }), measures, message: { zh, en } };
}

/** The same fault under several availabilities is one, with their number. */
export class Tally {
  readonly #counted = new Map<string, Fault & { availabilities: number }>();

  add(item: Fault): void {
    const key = `${item.code} ${item.about}`;
    const known = this.#counted.get(key);
    if (known) known.availabilities += 1;
    else this.#counted.set(key, { ...item, availabilities: 1 });
  }

  list(): readonly Fault[] {
    return [...this.#counted.values()];
  }
}

/** Collects faults: each once, with its smallest example and with how many combinations show it. */
export class Findings {
  readonly #found = new Map<string, { readonly fault: Fault; readonly measures: readonly Measure[]; facts: Facts | undefined; combinations: number }>();

  add(found: Fault, region?: Pick<Region, 'facts' | 'combinations'>): void {
    const measures = [...new Set(found.measures.filter((measure) => measure !== undefined))];
    const key = [found.code, ...(found.about === undefined ? [] : [found.about]), ...measures.map(({ id }) => id).sort()].join(' ');
    const combinations = (region?.combinations ?? 0) * (found.availabilities ?? AVAILABILITIES.length);
    const known = this.#found.get(key);
    if (!known) this.#found.set(key, { fault: found, measures, facts: region?.facts, combinations });
    else {
      known.combinations += combinations;
      if (region && known.facts && distanceFromPlain(region.facts) < distanceFromPlain(known.facts)) known.facts = region.facts;
    }
  }

  list(): readonly CheckFinding[] {
    return [...this.#found].map(([key, { fault: { code, message }, measures, facts, combinations }]): CheckFinding => ({
      key, code, measures: measures.map(({ id }) => id), clauses: measures.map(({ clause }) => clause), message,
      ...(facts && { example: { facts, text: sayFacts(facts) } }), combinations,
    }));
  }
}
