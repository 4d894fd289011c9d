import { metersBetween, SECOND_MS, type Instant, type Place } from '../base/index.ts';
import { plainAddress } from '../city/index.ts';
import type { PerhapsSame } from './board-view.ts';

/** Half a compound: two who call about one accident stand within it, and a point on a phone is wrong by a few houses. */
const SAME_PLACE_METERS = 80;
/** Two calls about one accident come within minutes; after an hour it is another one, or the same person who is worse. */
const SAME_WITHIN_MS = 3_600 * SECOND_MS;
/** A Chinese mobile number; what stands before it is the country. */
const PHONE_DIGITS = 11;

/** Buildings, gates and rooms: every compound of a town has a building 3, so alone they tell nobody apart. */
const WITHIN_A_COMPOUND = /(?:building|block|gate|entrance|unit|floor|room|flat)(?:\d+|[a-z]$)|(?:[甲乙丙丁一二三四五六七八九十东西南北]+|\d+|^[a-z])号?(?:楼|门|单元|层|室|户)|\d+/gu;
/** What is left has to be a name: of a street or a compound. */
const PLACE_NAME_LENGTH_MIN = 2;

/** A call as far as "is it the same one?" goes. */
export interface ComparedCall {
  readonly journey: string;
  readonly calledAt: Instant;
  readonly place: Place;
  /** The caller's point, not the middle of a town: two of those are the same for everybody there. */
  readonly pointed: boolean;
  readonly town: string;
  readonly address: string;
  /** The person's and that of whoever speaks for them. */
  readonly phones: readonly string[];
  readonly apartFrom?: readonly string[];
}

/**
 * Calls that may be about the same person or the same accident, each with the others and why. A hint that is wrong costs a
 * look; one that is missing costs a unit. What it leads to is always a person's decision.
 */
export function perhapsSame(calls: readonly ComparedCall[]): ReadonlyMap<string, readonly PerhapsSame[]> {
  const keys = calls.map(({ phones, town, address }) => ({ phones: phones.map(phoneKey).filter((key) => key !== ''), address: addressKey(town, address) }));
  const hints = new Map<string, PerhapsSame[]>();
  const add = (journey: string, hint: PerhapsSame): void => void hints.set(journey, [...(hints.get(journey) ?? []), hint]);
  calls.forEach((a, i) => {
    for (let j = i + 1; j < calls.length; j += 1) {
      const b = calls[j]!;
      const apartMs = Math.abs(a.calledAt - b.calledAt);
      if (apartMs > SAME_WITHIN_MS || a.apartFrom?.includes(b.journey) || b.apartFrom?.includes(a.journey)) continue;
      const meters = metersBetween(a.place, b.place);
      const why = [
        ...(keys[i]!.phones.some((phone) => keys[j]!.phones.includes(phone)) ? ['samePhone' as const] : []),
        ...(keys[i]!.address !== undefined && keys[i]!.address === keys[j]!.address ? ['sameAddress' as const] : []),
        ...(a.pointed && b.pointed && meters <= SAME_PLACE_METERS ? ['samePlace' as const] : []),
      ];
      if (why.length === 0) continue;
      const hint = { why, meters: Math.round(meters), apartSeconds: Math.round(apartMs / SECOND_MS) };
      add(a.journey, { journey: b.journey, ...hint });
      add(b.journey, { journey: a.journey, ...hint });
    }
  });
  for (const found of hints.values()) found.sort((a, b) => b.why.length - a.why.length || a.apartSeconds - b.apartSeconds || (a.journey < b.journey ? -1 : 1));
  return hints;
}

/** +86 138-0013-8000 is 13800138000. */
function phoneKey(phone: string): string {
  return phone.replace(/\D/g, '').slice(-PHONE_DIGITS);
}

function addressKey(town: string, address: string): string | undefined {
  const plain = plainAddress(address);
  return plain.replace(WITHIN_A_COMPOUND, '').length < PLACE_NAME_LENGTH_MIN ? undefined : `${town} ${plain}`;
}
