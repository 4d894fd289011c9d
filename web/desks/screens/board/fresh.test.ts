import { describe, expect, it } from 'vitest';
import type { BoardCall } from '../../../../src/dispatch/index.ts';
import { justChanged, shownNow } from './fresh.ts';

const call = (unit: string, takenFrom?: string): BoardCall => ({
  journey: 'a', mission: 'm', name: 'Demo', need: 'emergency', acuity: 'I', place: { lon: 0, lat: 0 }, district: '1', town: '11', askedAt: 0, perhapsSame: [], nearby: [],
  answer: { mission: 'm', unit, etaSeconds: 60, reasons: [], shortfalls: [], ...(takenFrom !== undefined && { takenFrom }) },
});

describe('an answer that changes under the hand', () => {
  it('given another unit is recommended, then it is not sent by a key pressed in the same moment, and is once it could be read', () => {
    const first = shownNow(new Map(), [call('U1')], 1_000);
    const second = shownNow(first, [call('U2')], 5_000);
    expect(justChanged(second, 'a', 5_100)).toBe(true);
    expect(justChanged(second, 'a', 5_500)).toBe(false);
  });

  it('given the same unit would now be taken from somebody, then that is another answer', () => {
    const shown = shownNow(shownNow(new Map(), [call('U1')], 1_000), [call('U1', 'mb')], 2_000);
    expect(justChanged(shown, 'a', 2_100)).toBe(true);
  });

  it('given a call is new, or its answer the same as before, then the key counts at once', () => {
    const first = shownNow(new Map(), [call('U1')], 1_000);
    expect(justChanged(first, 'a', 1_000)).toBe(false);
    expect(justChanged(shownNow(first, [call('U1')], 1_400), 'a', 1_400)).toBe(false);
    expect(justChanged(first, 'somebody else', 1_000)).toBe(false);
  });
});
