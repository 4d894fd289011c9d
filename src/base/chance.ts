/**
 * Seeded chance: the same seed gives the same story. sfc32 (Chris Doty-Humphrey's PractRand), seeded through splitmix32;
 * not for secrets.
 */
export interface Chance {
  /** Uniform in [0, 1). */
  next(): number;
  /** Whole number in [0, below). */
  below(below: number): number;
  pick<T>(items: readonly T[]): T;
  /** Exponential with the given mean: time to the next arrival. */
  exponential(mean: number): number;
  /** An identifier of `length` characters from an alphabet without look-alikes. */
  code(length: number): string;
}

const ALPHABET = '23456789abcdefghjkmnpqrstvwxyz';

export function seededChance(seed: number): Chance {
  let mix = seed >>> 0;
  const splitmix = (): number => {
    mix = (mix + 0x9e3779b9) >>> 0;
    let z = mix;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
  let [a, b, c, counter] = [splitmix(), splitmix(), splitmix(), splitmix()];
  const next = (): number => {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    return (t >>> 0) / 4_294_967_296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    next,
    below,
    pick: (items) => items[below(items.length)]!,
    exponential: (mean) => -Math.log(1 - next()) * mean,
    code: (length) => Array.from({ length }, () => ALPHABET[below(ALPHABET.length)]).join(''),
  };
}
