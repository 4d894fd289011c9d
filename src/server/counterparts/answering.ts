import { counterpartsOf, estimateSeconds, givesKey, KEY_SERVICES, SERVICES, statusOf, type AnsweringView, type CounterpartsOfView, type Institution, type Service } from '../../city/index.ts';
import type { House } from '../house.ts';

/** Enough to choose from; farther ones are known by name and can be typed. */
const CHOICES_MAX = 15;

/** Who answers for these towns at this moment: how far the farthest of them has to go, and how each stands. */
export function answeringOf({ city, clock, travel, board }: House, towns: readonly string[]): CounterpartsOfView {
  const at = clock.now();
  const table = travel.tables()?.car;
  const status = board.now();
  const secondsFrom = (town: string, { code, place }: Institution): number => table?.seconds(town, code) ?? estimateSeconds(city.towns.get(town)!.centre, place, at, 'car');
  const viewOf = (institution: Institution, from: readonly string[], service: Service): AnsweringView => {
    const seconds = Math.max(...from.map((town) => secondsFrom(town, institution)));
    const { state, until } = statusOf(status, institution.code, service, at);
    return { institution: institution.code, secondsMax: seconds === Infinity ? null : seconds, state, ...(until !== undefined && { until }) };
  };
  const key = new Set<Service>(KEY_SERVICES);
  const services = SERVICES.flatMap((service): CounterpartsOfView['services'] => {
    const able = [...city.institutions.values()].filter((institution) => (key.has(service) ? givesKey(institution, service) : institution.services.has(service)));
    if (able.length === 0) return [];
    const answering = new Map<Institution, string[]>();
    for (const town of towns) for (const institution of counterpartsOf(city, town, service, at)) answering.set(institution, [...(answering.get(institution) ?? []), town]);
    const choices = able.map((institution) => viewOf(institution, towns, service)).sort((a, b) => (a.secondsMax ?? Infinity) - (b.secondsMax ?? Infinity) || (a.institution < b.institution ? -1 : 1));
    return [{ service, key: key.has(service), answering: [...answering].map(([institution, from]) => ({ ...viewOf(institution, from, service), towns: from.length })), choices: choices.slice(0, CHOICES_MAX) }];
  });
  return { at, towns, estimated: table === undefined, services };
}
