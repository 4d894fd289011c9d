import type { JourneyView } from '../../../../src/journey/index.ts';

/** Digits as a caller says them: the last four are enough; spaces and dashes say nothing. */
const digits = (text: string): string => text.replace(/\D/g, '');

/** Journeys by name, number, request or address, within what this desk may see. */
export function matching(journeys: readonly JourneyView[], letters: string): readonly JourneyView[] {
  const wanted = letters.trim().toLowerCase();
  const number = digits(letters);
  const isNumber = number.length >= 3 && /^[\d+\s-]+$/.test(letters.trim());
  return journeys.filter(({ id, person, address, town }) => isNumber
    ? [person.phone, person.proxy?.phone].some((phone) => phone !== undefined && digits(phone).endsWith(number))
    : [id, person.name, person.proxy?.name, address, town.name.zh, town.name.en].some((text) => text?.toLowerCase().includes(wanted)));
}
