import { metersBetween } from '../base/index.ts';
import type { City } from '../city/index.ts';

/** The municipal hospitals that support the designated ones: tertiary, public, nearest first. */
export function hospitalsToAsk(from: string, city: City): readonly string[] {
  const asking = city.institutions.get(from);
  if (!asking) return [];
  return [...city.institutions.values()]
    .filter(({ code, level, ownership }) => code !== from && givesConsults({ level, ownership }))
    .map(({ code, place }) => ({ code, meters: metersBetween(place, asking.place) }))
    .sort((a, b) => a.meters - b.meters || a.code.localeCompare(b.code))
    .map(({ code }) => code);
}

export function givesConsults({ level, ownership }: { readonly level: string; readonly ownership: string }): boolean {
  return level === 'tertiary' && ownership === 'public';
}
