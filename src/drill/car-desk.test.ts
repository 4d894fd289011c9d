import { describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS, parseInstant, type Instant } from '../base/index.ts';
import type { Story } from '../journey/index.ts';
import { DECONTAMINATION_MS, type Cohort, type Planned, type Ride } from '../trips/index.ts';
import { CarDesk } from './car-desk.ts';
import { cityOf } from './load.ts';

const city = cityOf('toytown');
const at = parseInstant('2022-11-25 09:00')!;
const town = [...city.cars.values()][0]!.town;
const institution = [...city.institutions.values()][0]!.code;

interface Person {
  story: Story;
}

/** Somebody who is to be fetched in two hours. */
function person(id: string, cohort: Cohort = 'other'): Person {
  const out: Ride = {
    ride: `T${id}`, leg: 'out', town, institution, pickUpAt: at + 2 * HOUR_MS, travelSeconds: 600, cohort, seats: 1, wheelchair: false, stretcher: false, orderedAt: at, times: {},
  };
  return { story: { id, request: { town }, decision: { institution }, links: [{ kind: 'assignCar', state: 'open', missed: [] }], out } as unknown as Story };
}

const drivenBy = (someone: Person, planned: Planned, times: Ride['times'] = {}): void => {
  const { out } = someone.story;
  someone.story = { ...someone.story, links: [{ kind: 'pickUp', state: 'open', missed: [] }], out: { ...out!, car: planned.car, planned, times: { ...out!.times, ...times } } } as unknown as Story;
};

/** Gives everybody a place, one after the other. */
function placed(desk: CarDesk<Person>, people: readonly Person[], now: Instant = at): readonly Planned[] {
  return people.map((someone) => {
    const place = desk.place(someone, 'out', now)!;
    expect(place.faults).toEqual([]);
    for (const { journey, after } of place.moved) {
      drivenBy(journey, after!);
      desk.follow(journey, now);
    }
    drivenBy(someone, place.planned);
    desk.follow(someone, now);
    return place.planned;
  });
}

describe('The special cars of a rehearsed city', () => {
  it('given two of one cohort for one place and hour, then they share a car', () => {
    const [first, second] = placed(new CarDesk<Person>(city), [person('R1'), person('R2')]);
    expect(second!.car).toBe(first!.car);
    expect(second!.pickUpAt).toBeLessThan(first!.arriveAt);
  });

  it('given two of different cohorts, then never in one car before it was cleaned', () => {
    const people = [person('R1'), person('R2', 'fever')];
    const [first, second] = placed(new CarDesk<Person>(city), people);
    const apart = first!.car !== second!.car || second!.pickUpAt >= first!.arriveAt + DECONTAMINATION_MS || first!.pickUpAt >= second!.arriveAt + DECONTAMINATION_MS;
    expect(apart).toBe(true);
  });

  it('given somebody of another cohort sits in the car, or has just got out, then whoever gets in is seen', () => {
    const [first, second] = [person('R1', 'fever'), person('R2')];
    const desk = new CarDesk<Person>(city);
    const [plan] = placed(desk, [first]);
    drivenBy(second, plan!);
    desk.follow(second, at);
    drivenBy(first, plan!, { atDoor: at, aboard: at });
    desk.follow(first, at);
    expect(desk.contact(second, 'out', at + MINUTE_MS)).toContain('with fever');

    drivenBy(first, plan!, { arrived: at + 20 * MINUTE_MS });
    desk.follow(first, at + 20 * MINUTE_MS);
    expect(desk.contact(second, 'out', at + 21 * MINUTE_MS)).toContain('was not cleaned');
    expect(desk.contact(second, 'out', at + 20 * MINUTE_MS + DECONTAMINATION_MS)).toBeUndefined();
    expect(desk.earliest(second, 'out', 'atDoor', at + 21 * MINUTE_MS)).toBeGreaterThanOrEqual(at + 20 * MINUTE_MS + DECONTAMINATION_MS);
  });

  it('given a car stands at one door, then its driver is at no other', () => {
    const people = [person('R1'), person('R2')];
    const desk = new CarDesk<Person>(city);
    const [first, second] = placed(desk, people);
    const [mine, other] = first!.pickUpAt <= second!.pickUpAt ? people : people.toReversed();
    drivenBy(mine!, mine!.story.out!.planned!, { atDoor: at });
    desk.follow(mine!, at);
    expect(desk.earliest(other!, 'out', 'atDoor', at)).toBeGreaterThan(at);
  });
});
