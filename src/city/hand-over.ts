import type { Instant } from '../base/index.ts';
import type { City } from './city.ts';
import { PROFILES, type Profile } from './roads/profiles.ts';
import type { TownTravel, TravelTables } from './town-travel.ts';
import { estimateSeconds } from './travel.ts';

/** Seconds from an ambulance's arrival to the hand-over, by institution: what was measured lately. */
export type HandOverSeconds = ReadonlyMap<string, number>;

/**
 * Drives with the hand-over at their end, for ambulances: ten minutes nearer is no gain where crews stand at the door for an hour.
 * Where nothing was measured lately the usual of the city counts, or a house would be preferred for being unknown.
 * @param tables of the roads of this moment; without them drives are estimated
 */
export function withHandOver(city: City, tables: TravelTables | undefined, measured: HandOverSeconds, at: Instant): TravelTables | undefined {
  if (measured.size === 0) return tables;
  const usual = medianOf([...measured.values()]);
  const handOverSeconds = (institution: string): number => measured.get(institution) ?? usual;
  const drive = (town: string, institution: string): number | undefined => {
    const known = tables?.ambulance.seconds(town, institution);
    const [from, to] = [city.towns.get(town)?.centre, city.institutions.get(institution)?.place];
    return known ?? (from && to && estimateSeconds(from, to, at, 'ambulance'));
  };
  const ambulance: TownTravel = {
    profile: 'ambulance', handOverSeconds,
    seconds: (town, institution) => {
      const seconds = drive(town, institution);
      return seconds === undefined ? undefined : seconds + handOverSeconds(institution);
    },
  };
  return { ...(tables ?? ESTIMATED), ambulance };
}

/** Nobody knows: whoever asks estimates. */
const ESTIMATED = Object.fromEntries(PROFILES.map((profile): [Profile, TownTravel] => [profile, { profile, seconds: () => undefined }])) as Record<Profile, TownTravel>;

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}
