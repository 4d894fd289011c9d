import { randomBytes, randomInt } from 'node:crypto';
import type { Chance } from '../base/index.ts';

const ALPHABET = '23456789abcdefghjkmnpqrstvwxyz';
const RESERVE_BYTES = 4_096;

let reserve = randomBytes(RESERVE_BYTES);
let used = 0;

/** Bytes above the largest multiple of the alphabet are thrown away: every letter is equally likely. */
const FAIR_BELOW = Math.floor(256 / ALPHABET.length) * ALPHABET.length;

function letter(): string {
  for (;;) {
    if (used === RESERVE_BYTES) {
      reserve = randomBytes(RESERVE_BYTES);
      used = 0;
    }
    const byte = reserve[used++]!;
    if (byte < FAIR_BELOW) return ALPHABET[byte % ALPHABET.length]!;
  }
}

/** Chance for the living city: not to be guessed and never repeated after a restart. Rehearsals use a seed instead. */
export const trueChance: Chance = {
  next: () => randomInt(2 ** 32) / 2 ** 32,
  below: (below) => randomInt(below),
  pick: (items) => items[randomInt(items.length)]!,
  exponential: (mean) => -Math.log(1 - randomInt(2 ** 32) / 2 ** 32) * mean,
  code: (length) => Array.from({ length }, letter).join(''),
};
