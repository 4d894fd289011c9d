import { readPreference, writePreference } from './words.ts';

/** How a page looks to one reader: night or day, big or ordinary type. Remembered, because it says nothing about anybody. */
export interface Look {
  readonly theme: 'light' | 'dark';
  readonly bigText: boolean;
}
const THEME = 'greenlane.theme';
const BIG = 'greenlane.bigText';

export function look(): Look {
  const stored = readPreference(THEME);
  const night = typeof matchMedia === 'function' && matchMedia('(prefers-color-scheme: dark)').matches;
  return { theme: stored === 'dark' || (stored !== 'light' && night) ? 'dark' : 'light', bigText: readPreference(BIG) === 'yes' };
}

export function setLook(change: Partial<Look>): void {
  const next = { ...look(), ...change };
  if (change.theme) writePreference(THEME, next.theme);
  if (change.bigText !== undefined) writePreference(BIG, next.bigText ? 'yes' : 'no');
  show(next);
}

/** Called once before a page draws. */
export function show({ theme, bigText }: Look = look()): void {
  document.documentElement.dataset['theme'] = theme;
  document.documentElement.dataset['big'] = bigText ? 'yes' : 'no';
}
