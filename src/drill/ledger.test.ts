import { describe, expect, it } from 'vitest';
import { DAY_MS, parseInstant } from '../base/index.ts';
import { Ledger } from './ledger.ts';
import { cityOf } from './load.ts';

const city = cityOf('toytown');
const at = parseInstant('2022-11-25 08:00')!;

describe('The ledger', () => {
  it('gives a unit once, and again only when the mission that holds it gives it back', () => {
    const ledger = new Ledger(city);
    const take = { thing: 'unit', take: true, unit: 'T-A1', mission: 'M1' } as const;
    expect(ledger.make([take])).toBeUndefined();
    expect(ledger.hasUnit('T-A1')).toBe(false);
    expect(ledger.make([{ ...take, mission: 'M2' }])).toMatchObject({ heldBy: 'M1' });
    ledger.make([{ ...take, take: false, mission: 'M2' }]);
    expect(ledger.hasUnit('T-A1')).toBe(false);
    ledger.make([{ ...take, take: false }]);
    expect(ledger.hasUnit('T-A1')).toBe(true);
  });

  it('never gives more seats than a session has, and a cancelled booking gives its seat back once', () => {
    const ledger = new Ledger(city);
    const window = { from: at, to: at + DAY_MS };
    const slot = ledger.freeSlot('T-H2', 'radiotherapy', window)!;
    const take = (booking: string, taken = true) => ({ thing: 'slot', take: taken, slot: slot.id, booking }) as const;
    expect(ledger.make([take('B1'), take('B2')])).toBeUndefined();
    expect(ledger.make([take('B3')])).toBeDefined();
    expect(ledger.freeSlot('T-H2', 'radiotherapy', window)!.startsAt).toBeGreaterThan(slot.startsAt);
    ledger.make([take('B1', false), take('B1', false)]);
    expect(ledger.make([take('B3')])).toBeUndefined();
    expect(ledger.make([take('B4')])).toBeDefined();
  });
});
