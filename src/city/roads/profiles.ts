import { CAR_KMH_BY_HOUR } from '../speeds.ts';
import { ACCESS, ROAD_CLASSES, type RoadClass, type RoadNetwork } from './network.ts';

/** Who drives. A car with a permit is a car that a cordon may let pass. */
export const PROFILES = ['ambulance', 'car', 'permitCar'] as const;
export type Profile = (typeof PROFILES)[number];

/** km/h on an empty road, crossings included: the car profile of OSRM (BSD-2-Clause), in use for a decade. `track` is assumed. */
const FREE_KMH: Readonly<Record<RoadClass, number>> = {
  motorway: 90, trunk: 85, primary: 65, secondary: 55, tertiary: 40, unclassified: 25, residential: 25, living_street: 10,
  service: 15, road: 25, motorway_link: 45, trunk_link: 40, primary_link: 30, secondary_link: 25, tertiary_link: 20, track: 10,
};

/** Of the posted limit a car keeps about this much over a whole street: OSRM's reduction. */
const LIMIT_SHARE = 0.8;

/** Roads that carry the city's traffic follow the hour fully; small streets half, they are slow at any hour. Assumed. */
const CARRIES_TRAFFIC: readonly RoadClass[] = [
  'motorway', 'trunk', 'primary', 'secondary', 'motorway_link', 'trunk_link', 'primary_link', 'secondary_link',
];

/**
 * Lights and siren: the fifth that `travelEstimate` assumes on wide roads, a tenth on small ones. Assumed; promised too early
 * is the worse error, since then the nearer unit is left standing.
 */
const AMBULANCE_GAIN = { wide: 1.2, small: 1.1 } as const;

/** Driveways and compounds at a crawl, so that they are a way in and never a short cut. Assumed. */
const PRIVATE_KMH = { ambulance: 15, car: 8 } as const;

/** Whatever a sign says or an hour costs. */
const KMH_MIN = 5;
const KMH_MAX = 130;

/** km/h of a kind of road at an hour. */
function speedKmh(name: RoadClass, limitKmh: number, isPrivate: boolean, profile: Profile, hour: number): number {
  const ambulance = profile === 'ambulance';
  if (isPrivate) return ambulance ? PRIVATE_KMH.ambulance : PRIVATE_KMH.car;
  const wide = CARRIES_TRAFFIC.includes(name);
  const busy = CAR_KMH_BY_HOUR[hour]! / Math.max(...CAR_KMH_BY_HOUR);
  const free = limitKmh > 0 ? Math.min(limitKmh * LIMIT_SHARE, KMH_MAX) : FREE_KMH[name];
  const gain = !ambulance ? 1 : wide ? AMBULANCE_GAIN.wide : AMBULANCE_GAIN.small;
  return Math.max(free * (wide ? busy : (1 + busy) / 2), KMH_MIN) * gain;
}

/** Milliseconds per arc, whole and rounded up, at least 1; `closedMillis` where this profile may not drive. */
export function drivingMillis(network: RoadNetwork, profile: Profile, hour: number, closedMillis: number): Int32Array {
  const speeds = new Map<number, number>();
  return network.head.map((_, arc) => {
    const [kind, limit, access] = [network.roadClass[arc]!, network.limitKmh[arc]!, network.access[arc]!];
    if (profile !== 'ambulance' && (access & ACCESS.emergencyOnly) !== 0) return closedMillis;
    const isPrivate = (access & ACCESS.private) !== 0;
    const key = (kind * 256 + limit) * 2 + Number(isPrivate);
    let kmh = speeds.get(key);
    if (kmh === undefined) speeds.set(key, (kmh = speedKmh(ROAD_CLASSES[kind]!, limit, isPrivate, profile, hour)));
    return Math.max(1, Math.ceil((network.decimeters[arc]! * 360) / kmh));
  });
}
