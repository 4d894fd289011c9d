import { describe, expect, it } from 'vitest';
import { cityInstant, minuteOf, patternFrom, startPattern, timeOfMinute } from './pattern.ts';

describe('on which days somebody comes', () => {
  it('given three days and a time, then they stand in order, in minutes after midnight', () => {
    expect(patternFrom({ ...startPattern(), days: [5, 1, 3], time: '07:30' })).toEqual({ days: [1, 3, 5], startMinute: 450 });
  });

  it('given no day or no time, then there is no pattern: nothing is sent that somebody would have to guess', () => {
    expect(patternFrom({ ...startPattern(), days: [], time: '07:30' })).toBeUndefined();
    expect(patternFrom({ ...startPattern(), days: [1], time: '' })).toBeUndefined();
    expect(patternFrom({ ...startPattern(), kind: 'interval', everyDays: '21', firstAt: '' })).toBeUndefined();
  });

  it('given every 21 days from a day of the city on, then the first is at that hour there; made rarer, the first stays', () => {
    const firstAt = Date.UTC(2022, 10, 25, 0, 30);
    expect(patternFrom({ ...startPattern(), kind: 'interval', everyDays: '21', firstAt: '2022-11-25T08:30' })).toEqual({ everyDays: 21, firstAt });
    const before = { everyDays: 21, firstAt };
    expect(patternFrom({ ...startPattern(before), everyDays: '28' }, before)).toEqual({ everyDays: 28, firstAt });
  });

  it('reads back what it shows', () => {
    expect([0, 450, 1_439].map((minute) => minuteOf(timeOfMinute(minute)))).toEqual([0, 450, 1_439]);
    expect(['24:00', '7:30', 'soon'].map(minuteOf)).toEqual([undefined, undefined, undefined]);
    expect(cityInstant('nonsense')).toBeUndefined();
  });
});
