import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metersBetween, type Place } from '../../base/index.ts';
import { at, gridOfStreets } from '../../../tests/roads/streets.ts';
import { driveBetween } from './ask.ts';
import { placeOf, prepareRoads } from './map.ts';
import { readRestrictions, roadsMet, stretchesOf, type Restriction } from './restriction.ts';
import { LiveRoads, roadTimes } from './times.ts';

/** A grid of 11 × 11 crossings, 100 m apart; (0, 0) is its south-western corner. */
const map = prepareRoads(gridOfStreets(11, 11));
const NOON = 12;

const box = (west: number, south: number, east: number, north: number): { readonly ring: Place[] } => ({
  ring: [at(west, south), at(east, south), at(east, north), at(west, north)],
});
const everyone = (passage: Restriction['passage']['car']): Restriction['passage'] => ({ ambulance: passage, car: passage, permitCar: passage });
const restriction = (kind: Restriction['kind'], area: Restriction['area'], passage: Restriction['passage']): Restriction => ({ id: kind, kind, area, passage });

function seconds(from: Place, to: Place, restrictions: readonly Restriction[], profile: 'car' | 'ambulance' | 'permitCar' = 'car'): number | string {
  const drive = driveBetween(roadTimes(map, profile, NOON, restrictions), from, to);
  return 'seconds' in drive ? drive.seconds : drive.why;
}

const southWest = at(0, 0);
const northEast = at(1_000, 1_000);
const middle = at(500, 500);

describe('a closure', () => {
  it('is driven around', () => {
    const flooded = restriction('closure', box(150, -50, 850, 950), everyone('closed'));
    expect(seconds(southWest, northEast, [flooded])).toBe(seconds(southWest, northEast, []));
    expect(seconds(southWest, at(1_000, 0), [flooded])).toBeGreaterThan(2 * (seconds(southWest, at(1_000, 0), []) as number));
  });

  it('across the whole city leaves no way, and says so', () => {
    const river = restriction('closure', box(440, -100, 460, 1_100), everyone('closed'));
    expect(seconds(southWest, northEast, [river])).toBe('noWayOpen');
    expect(seconds(southWest, at(400, 1_000), [river])).toBe(seconds(southWest, at(400, 1_000), []));
  });

  it('that a street only passes through, without a point inside, is met', () => {
    expect(roadsMet(map, restriction('closure', box(440, 490, 460, 510), everyone('closed')))).toBe(2);
    expect(roadsMet(map, restriction('closure', { centre: at(450, 500), radiusMeters: 10 }, everyone('closed')))).toBe(2);
  });
});

describe('any area', () => {
  const point = fc.record({ east: fc.integer({ min: -100, max: 1_100 }), north: fc.integer({ min: -100, max: 1_100 }) }).map(({ east, north }) => at(east + 0.5, north + 0.5));
  const area = fc.oneof(
    fc.array(point, { minLength: 3, maxLength: 7 }).map((ring) => ({ ring })),
    fc.record({ centre: point, radiusMeters: fc.integer({ min: 5, max: 600 }) }),
  );
  const { network } = map;

  /** By walking along a piece of road in steps of two metres. */
  const steps = (arc: number): Place[] => {
    const [from, to] = [placeOf(network, network.tail[arc]!), placeOf(network, network.head[arc]!)];
    return Array.from({ length: 51 }, (_, step) => ({ lon: from.lon + ((to.lon - from.lon) * step) / 50, lat: from.lat + ((to.lat - from.lat) * step) / 50 }));
  };
  /** A metre at the edge of a circle is left to either side. */
  const inside = (drawn: Restriction['area'], place: Place): boolean =>
    'ring' in drawn ? windingOdd(drawn.ring, place) : metersBetween(drawn.centre, place) < drawn.radiusMeters - 1;
  const outside = (drawn: Restriction['area'], place: Place): boolean =>
    'ring' in drawn ? !windingOdd(drawn.ring, place) : metersBetween(drawn.centre, place) > drawn.radiusMeters + 1;

  it('closes every road that lies in it, and a cordon or checkpoint there is felt by whoever comes in', () => {
    fc.assert(fc.property(area, (drawn) => {
      const met = (kind: Restriction['kind']): ReadonlySet<number> => new Set(stretchesOf(map, restriction(kind, drawn, everyone('closed'))).map(({ arc }) => arc));
      const [closed, cordoned, checked] = [met('closure'), met('cordon'), met('checkpoint')];
      for (const arc of network.head.keys()) {
        const walked = steps(arc);
        if (!walked.some((place) => inside(drawn, place))) continue;
        expect(closed.has(arc)).toBe(true);
        if (outside(drawn, walked[0]!)) expect(checked.has(arc)).toBe(true);
        if (walked.some((place) => outside(drawn, place))) expect(cordoned.has(arc)).toBe(true);
      }
      for (const arc of checked) expect(cordoned.has(arc)).toBe(true);
      for (const arc of cordoned) expect(closed.has(arc)).toBe(true);
    }), { numRuns: 60 });
  });
});

/** Is it inside, by counting the sides that a line to the north meets? */
function windingOdd(ring: readonly Place[], { lon, lat }: Place): boolean {
  let odd = false;
  ring.forEach((a, index) => {
    const b = ring[(index + 1) % ring.length]!;
    if (a.lon > lon !== b.lon > lon && lat < a.lat + ((lon - a.lon) / (b.lon - a.lon)) * (b.lat - a.lat)) odd = !odd;
  });
  return odd;
}

describe('a cordon', () => {
  const around = box(250, 250, 750, 750);

  it('is felt at its edge alone: inside and outside one drives as ever', () => {
    const cordon = restriction('cordon', around, everyone({ delaySeconds: 600 }));
    const [inside, alsoInside] = [at(300, 300), at(700, 700)];
    expect(seconds(inside, alsoInside, [cordon])).toBe(seconds(inside, alsoInside, []));
    expect(seconds(southWest, northEast, [cordon])).toBe(seconds(southWest, northEast, []));
    expect(seconds(southWest, middle, [cordon])).toBe((seconds(southWest, middle, []) as number) + 600);
    expect(seconds(middle, southWest, [cordon])).toBe((seconds(middle, southWest, []) as number) + 600);
  });

  it('may hold cars and let ambulances and permits pass', () => {
    const cordon = restriction('cordon', around, { ambulance: 'free', car: 'closed', permitCar: { delaySeconds: 120 } });
    expect(seconds(southWest, middle, [cordon])).toBe('noWayOpen');
    expect(seconds(southWest, middle, [cordon], 'permitCar')).toBe((seconds(southWest, middle, []) as number) + 120);
    expect(seconds(southWest, middle, [cordon], 'ambulance')).toBe(seconds(southWest, middle, [], 'ambulance'));
  });
});

describe('a door on the street where a cordon begins', () => {
  // Given a cordon of which the edge crosses the street between (100, 0) and (200, 0) at 150 m
  const cordon = restriction('cordon', box(150, -50, 450, 450), everyone('closed'));

  it('is reached from its own side, and not from the other', () => {
    expect(seconds(southWest, at(140, 0), [cordon])).toBe(seconds(southWest, at(140, 0), []));
    expect(seconds(at(140, 0), southWest, [cordon])).toBe(seconds(at(140, 0), southWest, []));
    expect(seconds(at(400, 0), at(160, 0), [cordon])).toBe(seconds(at(400, 0), at(160, 0), []));
    expect(seconds(southWest, at(160, 0), [cordon])).toBe('noWayOpen');
    expect(seconds(at(140, 0), at(160, 0), [cordon])).toBe('noWayOpen');
    expect(seconds(at(110, 0), at(140, 0), [cordon])).toBe(seconds(at(110, 0), at(140, 0), []));
  });

  it('pays for the guard only where the guard is passed', () => {
    const guard = restriction('checkpoint', { centre: at(150, 0), radiusMeters: 10 }, everyone({ delaySeconds: 60 }));
    const away = restriction('closure', box(-50, 40, 1_050, 60), everyone('closed'));
    const extra = (from: Place, to: Place): number => (seconds(from, to, [away, guard]) as number) - (seconds(from, to, [away]) as number);
    expect(extra(southWest, at(130, 0))).toBe(0);
    expect(extra(at(170, 0), at(400, 0))).toBe(0);
    expect(extra(southWest, at(170, 0))).toBe(60);
    expect(extra(at(170, 0), southWest)).toBe(60);
    expect(extra(at(130, 0), at(170, 0))).toBe(60);
  });
});

describe('a checkpoint', () => {
  it('holds up whoever passes, once, in either direction', () => {
    // Given a ring of closures with one street left open at (500, 450), and a checkpoint in it
    const walls = [
      restriction('closure', box(-50, 440, 480, 460), everyone('closed')),
      restriction('closure', box(520, 440, 1_050, 460), everyone('closed')),
    ];
    const checkpoint = restriction('checkpoint', { centre: at(500, 450), radiusMeters: 30 }, everyone({ delaySeconds: 300 }));
    const there = seconds(southWest, northEast, walls) as number;
    expect(seconds(southWest, northEast, [...walls, checkpoint])).toBe(there + 300);
    expect(seconds(northEast, southWest, [...walls, checkpoint])).toBe(there + 300);
  });

  it('at a crossing is charged once, however many streets meet in it', () => {
    const gate = restriction('gate', { centre: at(500, 0), radiusMeters: 40 }, everyone({ delaySeconds: 60 }));
    const away = restriction('closure', box(-50, 40, 1_050, 60), everyone('closed'));
    expect(seconds(southWest, at(1_000, 0), [away, gate])).toBe((seconds(southWest, at(1_000, 0), [away]) as number) + 60);
  });

  it('adds to others, and where no road is it meets none', () => {
    const near = (id: string): Restriction => ({ ...restriction('checkpoint', { centre: at(50, 0), radiusMeters: 20 }, everyone({ delaySeconds: 45 })), id });
    const away = restriction('closure', box(-50, 40, 1_050, 60), everyone('closed'));
    const alone = seconds(at(100, 0), southWest, [away]) as number;
    expect(seconds(at(100, 0), southWest, [away, near('a'), near('b')])).toBe(alone + 90);
    expect(roadsMet(map, restriction('checkpoint', { centre: at(50, 50), radiusMeters: 20 }, everyone('closed')))).toBe(0);
  });
});

describe('roads while the city changes', () => {
  it('answer with the new cordon at once, and whoever asked before keeps one picture', () => {
    const roads = new LiveRoads(map);
    const noon = Date.UTC(2022, 10, 25, 4);
    const before = roads.times('car', noon);
    roads.restrict([restriction('cordon', box(250, 250, 750, 750), everyone('closed'))]);
    expect(driveBetween(roads.times('car', noon), southWest, middle)).toEqual({ why: 'noWayOpen' });
    expect(driveBetween(before, southWest, middle)).toHaveProperty('seconds');
    roads.restrict([]);
    expect(driveBetween(roads.times('car', noon), southWest, middle)).toEqual(driveBetween(before, southWest, middle));
  });

  it('prepare a traveller\'s hour once', () => {
    const roads = new LiveRoads(map);
    const noon = Date.UTC(2022, 10, 25, 4);
    const times = roads.times('car', noon);
    expect(roads.times('car', noon + 59 * 60_000)).toBe(times);
    expect(roads.times('car', noon + 60 * 60_000)).not.toBe(times);
    expect(roads.times('permitCar', noon)).not.toBe(times);
  });
});

describe('a restriction from outside', () => {
  const good = { id: 'north', kind: 'cordon', area: { centre: { lon: 113.6, lat: 34.7 }, radiusMeters: 500 }, passage: { ambulance: 'free', car: 'closed', permitCar: { delaySeconds: 60 } } };

  it('is read as it was meant', () => {
    expect(readRestrictions([good])).toEqual({ restrictions: [good] });
    expect(readRestrictions([])).toEqual({ restrictions: [] });
  });

  it.each([
    ['no list', { id: 'x' }, 'restrictions'],
    ['no name', [{ ...good, id: '' }], '0.id'],
    ['an unknown kind', [{ ...good, kind: 'wall' }], '0.kind'],
    ['a ring of two corners', [{ ...good, area: { ring: [{ lon: 1, lat: 1 }, { lon: 2, lat: 2 }] } }], '0.area'],
    ['a place off the earth', [{ ...good, area: { centre: { lon: 113, lat: 95 }, radiusMeters: 500 } }], '0.area'],
    ['a delay that is none', [{ ...good, passage: { ...good.passage, car: { delaySeconds: -1 } } }], '0.passage.car'],
    ['a traveller forgotten', [{ ...good, passage: { car: 'closed' } }], '0.passage'],
    ['a closure that only delays', [{ ...good, kind: 'closure' }], '0.passage.permitCar'],
    ['one name twice', [good, good], '1.id'],
    ['an unknown field', [{ ...good, colour: 'red' }], '0'],
  ])('with %s is refused, and its field is named', (_, input, field) => {
    const read = readRestrictions(input);
    const problems = 'problems' in read ? read.problems : [];
    expect(problems.some((problem) => problem.startsWith(field))).toBe(true);
  });

  it('tells every mistake at once', () => {
    const read = readRestrictions([{ ...good, id: '', kind: 'wall' }, { ...good, id: '' }]);
    expect('problems' in read && read.problems).toHaveLength(3);
  });
});
