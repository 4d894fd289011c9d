import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { DANGER_SIGNS, nameOfRow, ROWS, TABLE_VERSION } from './index.ts';
import { ON_OXYGEN_POINTS, SATURATION_SCALE_2, SCALES } from './news2.ts';

/** Every version there has been, with the fingerprint of its rows, scales and danger signs. A line is added, never changed. */
const FINGERPRINTS: Readonly<Record<string, string>> = {
  '2026-3': 'tp3kipWfMRx6CTYt',
  '2026-4': 'BsK5wnRfbBsaNox8',
  '2026-5': 'pUBhm3Z3Z7CjMcn3',
  '2026-6': 'iTW6gcf4Cby1CVSl',
  '2026-7': 'AgwBA1D30AFxPddS',
};

it('the tables are those of their version: whoever changes a row raises TABLE_VERSION and adds a line here', () => {
  // Infinity has no form in JSON; what a source is called decides nobody's level.
  const tables = JSON.stringify([ROWS.map(({ source: _, ...row }) => row), SCALES, SATURATION_SCALE_2, ON_OXYGEN_POINTS, DANGER_SIGNS], (_, value: unknown) => (value === Infinity ? 'Infinity' : value));
  expect(createHash('sha256').update(tables).digest('base64url').slice(0, 16)).toBe(FINGERPRINTS[TABLE_VERSION]);
});

it('every row but that of a need alone has words for the person it speaks of', () => {
  const bare = ROWS.filter(({ finding, notKnown, vital, consciousness, needs }) => finding ?? notKnown ?? vital ?? consciousness ?? !needs);
  expect(bare.filter(({ id }) => !nameOfRow(id)?.zh || !nameOfRow(id)?.en).map(({ id }) => id)).toEqual([]);
});
