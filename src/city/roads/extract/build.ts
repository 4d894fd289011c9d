import { metersBetween } from '../../../base/index.ts';
import { ACCESS, networkOf, ROAD_CLASSES, type RoadNetwork, type RoadPoint } from '../network.ts';
import { splitAtTurnBans, type TurnBan, type WayArc } from './turns.ts';

export type Tags = Readonly<Record<string, string>>;

/** What an extract says, as far as cars are concerned. Ids are OpenStreetMap's: whole numbers up to 2^53. */
export interface ExtractWay {
  readonly id: number;
  readonly refs: readonly number[];
  readonly rules: WayRules;
}

export interface Extract {
  readonly ways: readonly ExtractWay[];
  /** Those that may be used: what lies outside the city's surroundings is not among them. */
  readonly points: { readonly get: (id: number) => RoadPoint | undefined };
  /** Points that stop a car: bollards, blocks. */
  readonly blocked: ReadonlySet<number>;
  readonly bans: readonly TurnBan[];
}

/** What `access` in its most specific spelling means for a car. */
const NO = ['no', 'agricultural', 'forestry', 'military'];
const PRIVATE = ['private', 'destination', 'delivery', 'customers', 'permit', 'residents', 'permissive'];
const EMERGENCY = ['yes', 'designated', 'official'];
/** Barriers that no driver opens. A gate stays open here: what a guard costs is a live delay, not a property of the map. */
const BLOCKS = ['block', 'bollard', 'jersey_barrier', 'chain', 'log', 'debris', 'cycle_barrier', 'turnstile', 'kissing_gate'];

export const isBlocking = (tags: Tags): boolean =>
  BLOCKS.includes(tags['barrier'] ?? '') && !['yes', 'permissive'].includes(tags['motor_vehicle'] ?? tags['access'] ?? '');

export interface WayRules {
  readonly roadClass: number;
  readonly limitKmh: number;
  readonly access: number;
  readonly forward: boolean;
  readonly backward: boolean;
}

/** How cars may use a way; undefined when they may not. */
export function rulesOf(tags: Tags): WayRules | undefined {
  const roadClass = (ROAD_CLASSES as readonly string[]).indexOf(tags['highway'] ?? '');
  if (roadClass < 0 || tags['area'] === 'yes') return undefined;
  const allowed = tags['motorcar'] ?? tags['motor_vehicle'] ?? tags['vehicle'] ?? tags['access'] ?? 'yes';
  const forEmergency = EMERGENCY.includes(tags['emergency'] ?? '') || tags['service'] === 'emergency_access';
  if (NO.includes(allowed) && !forEmergency) return undefined;
  const access = NO.includes(allowed) || tags['service'] === 'emergency_access' ? ACCESS.emergencyOnly
    : PRIVATE.includes(allowed) ? ACCESS.private : 0;
  const oneWay = directionOf(tags);
  return { roadClass, limitKmh: limitOf(tags['maxspeed']), access, forward: oneWay >= 0, backward: oneWay <= 0 };
}

/** 1 along the way only, -1 against it only, 0 both. */
function directionOf(tags: Tags): -1 | 0 | 1 {
  const oneWay = tags['oneway:motor_vehicle'] ?? tags['oneway'];
  if (oneWay === '-1' || oneWay === 'reverse') return -1;
  if (oneWay === 'yes' || oneWay === 'true' || oneWay === '1') return 1;
  if (oneWay !== undefined) return 0;
  const implied = ['roundabout', 'circular'].includes(tags['junction'] ?? '') || tags['highway'] === 'motorway';
  return implied ? 1 : 0;
}

/** `50`, `30 mph`; 0 for words such as `walk` or `signals`, which are left to the class. */
function limitOf(text: string | undefined): number {
  const [, value, mph] = /^(\d{1,3})(?:\s*(mph)|\s*km\/h)?$/.exec(text ?? '') ?? [];
  const kmh = Math.round(Number(value ?? 0) * (mph ? 1.609_344 : 1));
  return kmh >= 5 && kmh <= 255 ? kmh : 0;
}

/** Ways that are cut by the edge of the extract keep the pieces of which both ends are known. */
export function buildNetwork({ ways, points, blocked, bans }: Extract): RoadNetwork {
  const places: RoadPoint[] = [];
  const numbers = new Map<number, number>();
  const usable = (id: number): boolean => numbers.has(id) || (!blocked.has(id) && points.get(id) !== undefined);
  const numberOf = (id: number): number => {
    const known = numbers.get(id);
    if (known !== undefined) return known;
    numbers.set(id, places.length);
    return places.push(points.get(id)!) - 1;
  };
  const arcs: WayArc[] = [];
  for (const { id, refs, rules } of ways) {
    const { roadClass, limitKmh, access } = rules;
    for (let index = 1; index < refs.length; index += 1) {
      const [from, to] = [refs[index - 1]!, refs[index]!];
      if (from === to || !usable(from) || !usable(to)) continue;
      const [a, b] = [numberOf(from), numberOf(to)];
      const decimeters = Math.max(1, Math.round(metersBetween(places[a]!, places[b]!) * 10));
      const piece = { decimeters, roadClass, limitKmh, access, way: id };
      if (rules.forward) arcs.push({ ...piece, tail: a, head: b });
      if (rules.backward) arcs.push({ ...piece, tail: b, head: a });
    }
  }
  const split = splitAtTurnBans(places, arcs, bans.flatMap((ban) => {
    const via = numbers.get(ban.via);
    return via === undefined ? [] : [{ ...ban, via }];
  }));
  return networkOf(split.points, split.arcs);
}
