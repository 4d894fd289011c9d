import { word } from './words.ts';

/**
 * What was ruled out, in a word: `transport:own` is "on their own". A house is not named here, because the sentence of why names
 * it; what this page does not know yet is shown as it is rather than hidden.
 */
export function optionName(option: string): string | undefined {
  const [kind = '', value = ''] = option.split(':');
  if (kind === 'institution') return undefined;
  if (kind === 'transport' || kind === 'pathway' || kind === 'venue') return word(kind, value);
  return option === 'entry:testRequired' ? word('option', value) : value || option;
}
