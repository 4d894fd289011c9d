import { describe, expect, it } from 'vitest';
import { alongside, bodyOf, KINDS, newDraft, placesOf, problemsOf, withKind, withoutLastPlace, withPlace, type Draft } from './draft.ts';

const HERE = { lon: 113.65, lat: 34.75 };
const corner = (east: number, north: number): { lon: number; lat: number } => ({ lon: HERE.lon + east, lat: HERE.lat + north });
const area = [corner(0, 0), corner(0.01, 0), corner(0.01, 0.01)].reduce(withPlace, newDraft('cordon'));

describe('what is pressed on the map', () => {
  it('stands in the list as it would be written by hand, and the last one can be taken back', () => {
    expect(area.places).toBe('113.650000, 34.750000\n113.660000, 34.750000\n113.660000, 34.760000');
    expect(placesOf({ places: ' 113.65 34.75 \n\n113.66，34.75\n' })).toEqual({ read: [HERE, corner(0.01, 0)].map(({ lon, lat }) => ({ lon: expect.closeTo(lon), lat: expect.closeTo(lat) })), unreadable: [] });
    expect(placesOf(withoutLastPlace(area)).read).toHaveLength(2);
  });

  it('for a spot is its one place', () => {
    expect(placesOf([HERE, corner(0.1, 0)].reduce(withPlace, newDraft('gate'))).read).toEqual([{ lon: 113.75, lat: 34.75 }]);
  });

  it('goes when another kind has another shape, and stays when it has the same', () => {
    expect(withKind(area, 'gate').places).toBe('');
    expect(withKind(withPlace(newDraft('gate'), HERE), 'checkpoint').places).not.toBe('');
  });
});

describe('what keeps it from being drawn', () => {
  it('is said all at once', () => {
    const wrong: Draft = {
      ...area, places: 'here\n113.6, 34.7\n34.7', passage: { ...area.passage, ambulance: { way: 'delayed', minutes: '' } }, from: '2022-11-25T09:00', until: '2022-11-25T08:00', dailyFrom: '22:00',
    };
    expect(problemsOf(wrong)).toEqual([
      { field: 'places', code: 'unreadable', lines: '1, 3' }, { field: 'ambulance', code: 'minutes' }, { field: 'until', code: 'endFirst' }, { field: 'daily', code: 'hours' },
    ]);
    expect(problemsOf({ ...newDraft('gate'), radiusMeters: '2' }).map(({ code }) => code)).toEqual(['spot', 'radius']);
    expect(problemsOf(newDraft('closure')).map(({ code }) => code)).toEqual(['line']);
  });

  it.each(KINDS)('is nothing in a %s as it mostly is', (kind) => {
    expect(problemsOf([corner(0, 0), corner(0.01, 0), corner(0.01, 0.01)].reduce(withPlace, newDraft(kind)))).toEqual([]);
  });
});

describe('what is sent', () => {
  it('has minutes as seconds, the city\'s time as an instant, and nothing that was left empty', () => {
    expect(bodyOf({ ...area, from: '2022-11-25T08:00', dailyFrom: '22:00', dailyTo: '06:00', reason: 'flood' })).toMatchObject({
      kind: 'cordon', passage: { ambulance: { delaySeconds: 120 }, permitCar: { delaySeconds: 300 }, car: 'closed' }, from: Date.UTC(2022, 10, 25), daily: { from: '22:00', to: '06:00' }, reason: 'flood',
    });
    expect(Object.keys(bodyOf(area))).toEqual(['kind', 'reason', 'passage', 'area']);
  });

  it('is a narrow area for a line, 12 m wide, a little longer than the line', () => {
    const ring = alongside([HERE, corner(0.01, 0)]);
    const [lons, lats] = [ring.map(({ lon }) => lon), ring.map(({ lat }) => lat)];
    expect(ring).toHaveLength(4);
    expect((Math.max(...lats) - Math.min(...lats)) * 111_195).toBeCloseTo(12, 1);
    expect(Math.min(...lons)).toBeLessThan(HERE.lon);
    expect(Math.max(...lons)).toBeGreaterThan(HERE.lon + 0.01);
  });
});
