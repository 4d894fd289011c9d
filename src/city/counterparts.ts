import { metersBetween, within, type Instant } from '../base/index.ts';
import type { City, Counterpart, Institution, Service } from './city.ts';

/**
 * The institutions that answer for a town's need, in order: those named for this very service first, then those named for
 * everything that run it. Whether they are open today is asked of the live status, not here.
 */
export function counterpartsOf(city: City, town: string, service: Service, instant: Instant): readonly Institution[] {
  const inForce = namedFor(city, town).filter(({ period }) => period === undefined || within(period, instant));
  const codes = new Set([
    ...inForce.filter((counterpart) => counterpart.service === service).flatMap(({ institutions }) => institutions),
    ...inForce.filter((counterpart) => counterpart.service === undefined).flatMap(({ institutions }) => institutions),
  ]);
  return [...codes].map((code) => city.institutions.get(code)!).filter(({ services }) => services.has(service));
}

/** Everyone named for the town at that moment for all services, whether or not they run a given one. */
export function designatedFor(city: City, town: string, instant: Instant): readonly Institution[] {
  const general = namedFor(city, town).filter(({ service, period }) =>
    service === undefined && (period === undefined || within(period, instant)));
  return general.flatMap(({ institutions }) => institutions.map((code) => city.institutions.get(code)!));
}

/** Towns whose centres lie nearer than this are neighbours, whichever districts command them. Chosen by us: about twenty minutes by car. */
const NEIGHBOURS_METERS = 10_000;

/** Codes of those who answer for this service in the towns of the same district and around. */
export function neighbouringCounterparts(city: City, town: string, service: Service, instant: Instant): ReadonlySet<string> {
  const here = city.towns.get(town);
  if (!here) return new Set();
  const around = [...city.towns.values()].filter(({ code, district, centre }) => code !== town && (district === here.district || metersBetween(centre, here.centre) <= NEIGHBOURS_METERS));
  return new Set(around.flatMap(({ code }) => counterpartsOf(city, code, service, instant).map((institution) => institution.code)));
}

/** Those named for this very service where there are any, otherwise those named for everything: who is meant to answer first. */
export function namedFirst(city: City, town: string, service: Service, instant: Instant): readonly Institution[] {
  const inForce = namedFor(city, town).filter(({ period }) => period === undefined || within(period, instant));
  const own = inForce.filter((counterpart) => counterpart.service === service);
  const codes = new Set((own.length > 0 ? own : inForce.filter((counterpart) => counterpart.service === undefined)).flatMap(({ institutions }) => institutions));
  return [...codes].map((code) => city.institutions.get(code)!).filter(({ services }) => services.has(service));
}

/** Moments at which some counterpart of the city begins or ends: between two of them the answers above do not change. */
export function counterpartEpoch(city: City, instant: Instant): number {
  return edgesOf(city).findLastIndex((edge) => edge <= instant);
}

const BY_TOWN = new WeakMap<City, ReadonlyMap<string, readonly Counterpart[]>>();
const EDGES = new WeakMap<City, readonly Instant[]>();

function namedFor(city: City, town: string): readonly Counterpart[] {
  let byTown = BY_TOWN.get(city);
  if (!byTown) BY_TOWN.set(city, (byTown = Map.groupBy(city.counterparts, (counterpart) => counterpart.town)));
  return byTown.get(town) ?? [];
}

function edgesOf(city: City): readonly Instant[] {
  let edges = EDGES.get(city);
  if (!edges) {
    const all = city.counterparts.flatMap(({ period }) => (period ? [period.from, period.to ?? period.from] : []));
    EDGES.set(city, (edges = [...new Set(all)].sort((a, b) => a - b)));
  }
  return edges;
}
