/**
 * Withdrawn passes as a checkpoint keeps them without a network: each code is a number of at most 39 bits, five bytes in order, so that a
 * hundred thousand of them are half a megabyte and none is taken for another. (A filter that may err would stop somebody whose pass is good.)
 */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
export const CODE_LENGTH = 8;
const BYTES = 5;

/** A code as it is kept, however it was said or typed: in groups, in small letters, in the wide letters of a Chinese keyboard. */
export const codeOf = (text: string): string => text.normalize('NFKC').replace(/[\s\p{Pd}.·]/gu, '').toUpperCase();

/** @returns undefined for what is no code of a pass */
export function numberOfCode(code: string): number | undefined {
  if (code.length !== CODE_LENGTH) return undefined;
  let number = 0;
  for (const letter of code.toUpperCase()) {
    const digit = ALPHABET.indexOf(letter);
    if (digit < 0) return undefined;
    number = number * ALPHABET.length + digit;
  }
  return number;
}

/** What is no code is left out: no pass carries it. */
export function packRevoked(codes: Iterable<string>): Uint8Array<ArrayBuffer> {
  const numbers = Float64Array.from(new Set([...codes].flatMap((code) => numberOfCode(code) ?? []))).sort();
  const packed = new Uint8Array(numbers.length * BYTES);
  const view = new DataView(packed.buffer);
  numbers.forEach((number, index) => {
    view.setUint8(index * BYTES, Math.floor(number / 2 ** 32));
    view.setUint32(index * BYTES + 1, number % 2 ** 32);
  });
  return packed;
}

export function isRevoked(packed: Uint8Array, code: string): boolean {
  const wanted = numberOfCode(code);
  if (wanted === undefined) return false;
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  let [low, high] = [0, Math.floor(packed.byteLength / BYTES) - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const number = view.getUint8(middle * BYTES) * 2 ** 32 + view.getUint32(middle * BYTES + 1);
    if (number === wanted) return true;
    if (number < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}
