import { describe, expect, it } from 'vitest';
import type { JourneyView } from '../../../src/journey/index.ts';
import { expectedAt } from './when.ts';

const NOON = Date.UTC(2022, 10, 25, 4);
const minutes = (count: number): number => NOON + count * 60_000;
const coming = (more: object): JourneyView => ({ arrival: { institution: 'T-H1', expectedAt: minutes(40) }, ...more }) as unknown as JourneyView;

describe('when somebody will be at the door', () => {
  it('given a unit is on its way to them, then the ward is shown what the server has foreseen, before they are aboard as after', () => {
    expect(expectedAt(coming({ mission: { unit: 'T-A1', etaSeconds: 600, times: { sent: NOON } } }))).toBe(minutes(40));
    expect(expectedAt(coming({ mission: { unit: 'T-A1', etaSeconds: 600, times: { sent: NOON, aboard: minutes(20) } } }))).toBe(minutes(40));
  });

  it('given they come by themselves and nobody has said when, then no time is made up', () => {
    expect(expectedAt(coming({}))).toBeUndefined();
  });

  it('given the unit was stood down and a car fetches them, then the car\'s time holds', () => {
    expect(expectedAt(coming({ mission: { unit: 'T-A1', stoodDown: true, times: { sent: NOON } }, out: { car: 'C1', pickUpAt: minutes(10), travelSeconds: 900, times: {} } }))).toBe(minutes(25));
  });

  it('given a unit is to meet their car, then the car\'s time holds until they are aboard of it', () => {
    const out = { car: 'C1', pickUpAt: minutes(10), travelSeconds: 900, times: {} };
    expect(expectedAt(coming({ mission: { unit: 'T-A1', meets: 'C1', times: { sent: NOON } }, out }))).toBe(minutes(25));
    expect(expectedAt(coming({ mission: { unit: 'T-A1', meets: 'C1', times: { sent: NOON, aboard: minutes(5) } }, out }))).toBe(minutes(40));
  });

  it('given they stand at the door, then that is when', () => {
    expect(expectedAt(coming({ arrival: { expectedAt: minutes(40), arrivedAt: minutes(31) } }))).toBe(minutes(31));
  });
});
