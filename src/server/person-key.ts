import { createHash } from 'node:crypto';

const DIGITS_MIN = 4;

/**
 * The same person wherever the city meets them during one incident: a booking, a panel, a dispensed medicine. Made of name and telephone
 * number as people write them (width, case, blanks and punctuation do not count), and of the incident, so that nothing can be followed from
 * one incident into the next. Two people who share a phone differ by name; taking one for two harms less than taking two for one.
 *
 * @returns 22 characters of base64url; no name or number can be read from it
 */
export function personKey(incident: string, { name, phone }: { readonly name: string; readonly phone: string }): string {
  return keyOf([incident, name.normalize('NFKD').toLowerCase().replace(/[\s\p{P}\p{S}\p{C}\p{M}]/gu, ''), digitsOf(phone)]);
}

/** Whoever answers this telephone: what one person books for others is counted by it. */
export function phoneKey(incident: string, phone: string): string {
  return keyOf([incident, digitsOf(phone)]);
}

/** The country's code in front is the same number. */
function digitsOf(phone: string): string {
  const digits = phone.normalize('NFKC').replace(/\D/g, '');
  const local = digits.replace(/^(?:(?:00)?86)?0?(?=1\d{10}$)/, '');
  return local.length < DIGITS_MIN ? phone.trim() : local;
}

function keyOf(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);
}
