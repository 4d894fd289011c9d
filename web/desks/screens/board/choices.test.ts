import { describe, expect, it } from 'vitest';
import type { BoardCall, BoardView } from '../../../../src/dispatch/index.ts';
import { choicesFor } from './choices.ts';

const MINUTE_MS = 60_000;
const call = (given: Partial<BoardCall>): BoardCall => ({
  journey: 'a', mission: 'ma', name: 'Worse', need: 'emergency', acuity: 'I', place: { lon: 0, lat: 0 }, district: '1', town: '11', askedAt: 0,
  perhapsSame: [], nearby: [], ...given,
});
const unit = (name: string, given: Partial<BoardView['units'][number]> = {}): BoardView['units'][number] => ({
  unit: name, state: 'idle', station: 's', stationName: { zh: '站', en: 'Station' }, district: '1', place: { lon: 0, lat: 0 }, placeAt: 0,
  equipment: 'advanced', negativePressure: false, since: 0, ...given,
});
const board = (calls: readonly BoardCall[], units: BoardView['units']): BoardView => ({
  at: 0, mode: { mode: 'recommended', since: 0 }, calls, units, moves: [], posts: [], watched: [], aid: [], done: [], travel: 'roads',
});
const option = (name: string, minutes: number, equipment: 'advanced' | 'basic' = 'advanced') => ({ unit: name, etaSeconds: minutes * 60, equipment, negativePressure: false });

describe('the units that could go', () => {
  it('given a unit on its way to a lesser call is recommended, then it stands first, with the patient it would be taken from', () => {
    const worse = call({ answer: { mission: 'ma', unit: 'U7', etaSeconds: 240, takenFrom: 'mb', reasons: [], shortfalls: [] } });
    const [first, second] = choicesFor(worse, [option('U1', 9)], board([worse], [unit('U7'), unit('U1')]));
    expect(first).toMatchObject({ unit: 'U7', recommended: true, takenFrom: 'mb', equipment: 'advanced' });
    expect(second).toMatchObject({ unit: 'U1', recommended: false, against: [{ code: 'later', minutes: 5 }] });
  });

  it('given a nearer unit is kept back or needed by somebody else, then that is why it is second', () => {
    const worse = call({ answer: { mission: 'ma', unit: 'U2', etaSeconds: 600, reasons: [{ code: 'nearerOneKept', facts: { unit: 'U1' } }], shortfalls: [] } });
    const other = call({ journey: 'b', mission: 'mb', name: 'Other', answer: { mission: 'mb', unit: 'U3', etaSeconds: 60, reasons: [], shortfalls: [] } });
    const [, kept, needed] = choicesFor(worse, [option('U1', 4), option('U3', 5)], board([worse, other], []));
    expect(kept?.against).toEqual([{ code: 'keptForEmergencies' }]);
    expect(needed?.against).toEqual([{ code: 'neededBy', name: 'Other' }]);
  });

  it('given closed roads, lost contact, a basic unit and a shift about to end, then each is said', () => {
    const worse = call({});
    const units = [unit('U4', { lostContact: true, shiftEndsAt: 30 * MINUTE_MS })];
    const [only] = choicesFor(worse, [{ ...option('U4', 5, 'basic'), noWayOpen: true }], board([worse], units));
    expect(only?.against.map(({ code }) => code)).toEqual(['noWayOpen', 'lostContact', 'basic', 'shiftEnds']);
  });

  it('given the unit on its way stays the best, then it is not offered a second time', () => {
    const running = call({ unit: 'U7', answer: { mission: 'ma', unit: 'U7', etaSeconds: 120, reasons: [], shortfalls: [] } });
    expect(choicesFor(running, [option('U7', 2), option('U1', 9)], board([running], [])).map(({ unit }) => unit)).toEqual(['U1']);
  });
});
