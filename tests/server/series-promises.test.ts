import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { comingSessions, type Series } from '../../src/appointments/index.ts';
import { intake, startCity, type RunningCity, type Visitor } from '../running-city.ts';
import { broken, closeUnit, HOUR_MS, nowIn, queryOf, settled, UNIT } from '../standing-series.ts';

const DAY_MS = 24 * HOUR_MS;
const PEOPLE = 8;

let city: RunningCity;
let ward: Visitor;
const series: string[] = [];
beforeAll(async () => {
  city = await startCity();
  ward = await city.as(`ward@institution:${UNIT}`);
  // Few chairs, so that they run out.
  await queryOf(city.database)(`update slot set seats = case when institution = $1 then 3 when institution in ('ZZ-H-002', 'ZZ-H-003') then 2 else 0 end, kept = 0 where service = 'haemodialysis' and taken = 0`, [UNIT]);
  const at = await nowIn(city);
  for (let index = 0; index < PEOPLE; index++) {
    const { status, body } = await ward.post('/api/series', {
      care: intake({ person: { name: `Resident ${index}`, phone: `1390000${1_000 + index}` }, need: 'haemodialysis', patientKind: 'greenCode', test: 'valid', ageYears: 55 }),
      service: 'haemodialysis', institution: UNIT, pattern: { days: [1, 3, 5], startMinute: [420, 750, 1_080][index % 3] }, cohort: ['other', 'other', 'contact', 'positive'][index % 4], lastStartAt: at - 30 * HOUR_MS, safeGapHours: 72,
    });
    if (status !== 201) throw new Error(JSON.stringify(body));
    series.push(body.id);
  }
}, 60_000);
afterAll(() => city.stop());

type Act = { readonly who: number } & ({ readonly does: 'thin' | 'pause' | 'resume' | 'started' | 'end' | 'symptom' } | { readonly does: 'close'; readonly unit: string } | { readonly does: 'open' | 'again' });

const acts = fc.array(fc.oneof(
  { weight: 6, arbitrary: fc.record({ who: fc.nat(PEOPLE - 1), does: fc.constantFrom('thin' as const, 'pause' as const, 'resume' as const, 'started' as const) }) },
  { weight: 1, arbitrary: fc.record({ who: fc.nat(PEOPLE - 1), does: fc.constantFrom('end' as const, 'symptom' as const) }) },
  { weight: 3, arbitrary: fc.record({ who: fc.constant(0), does: fc.constant('close' as const), unit: fc.constantFrom(UNIT, 'ZZ-H-002') }) },
  { weight: 2, arbitrary: fc.record({ who: fc.constant(0), does: fc.constantFrom('open' as const, 'again' as const) }) },
), { minLength: 3, maxLength: 10 });

async function doIt(act: Act, at: number): Promise<number> {
  const post = async (address: string, body: object): Promise<number> => (await ward.post(`/api/series/${series[act.who]}/${address}`, body)).status;
  switch (act.does) {
    case 'thin': return post('thin', { pattern: { days: [1, 5], startMinute: 420 }, safeGapHours: 96, reason: 'residual function' });
    case 'pause': return post('pause', { until: at + 5 * DAY_MS, reason: 'in another hospital' });
    case 'resume': return post('resume', {});
    case 'started': return post('session-started', { at: at - HOUR_MS });
    case 'end': return post('end', { reason: 'transplanted' });
    case 'symptom': return post('symptom', { findings: ['severeBreathlessness'] });
    case 'close': return closeUnit(city, await city.as(`ward@institution:${act.unit}`), act.unit, at + 30 * HOUR_MS, act.unit === UNIT ? 'ZZ-H-003' : 'ZZ-H-005').then(() => 200);
    case 'open': return (await ward.post(`/api/institutions/${UNIT}/services/haemodialysis/status`, { state: 'open' })).status;
    case 'again': return (await ward.post('/api/replacements', { institution: UNIT, service: 'haemodialysis' })).status;
  }
}

/** Sessions of active series within the horizon that are neither booked, nor under way, nor on a list with owner and deadline. */
async function disappeared(): Promise<readonly unknown[]> {
  const query = queryOf(city.database);
  const at = await nowIn(city);
  const rows = await query<{ series: Series; sessions: readonly { at: number; state: string }[] | null }>(`select s.series, (select json_agg(json_build_object('at', n.starts_at, 'state', n.state)) from series_session n
    where n.series = s.id and n.state <> 'dropped') as sessions from series s where s.state <> 'ended'`);
  return rows.flatMap(({ series: each, sessions }) => comingSessions(each, at + 60_000, at + 14 * DAY_MS - 60_000).filter((start) => !sessions?.some((row) => row.at === start)).map((start) => [each.id, start]));
}

describe('no session disappears', () => {
  it('whatever wards do and whatever closes, in any order and two at a time', async () => {
    const query = queryOf(city.database);
    await fc.assert(fc.asyncProperty(acts, async (given) => {
      const at = await nowIn(city);
      for (let from = 0; from < given.length; from += 2) {
        const statuses = await Promise.all(given.slice(from, from + 2).map((act) => doIt(act, at)));
        expect(statuses.filter((status) => status >= 500)).toEqual([]);
      }
      await settled(query, 20);
      expect(await disappeared()).toEqual([]);
      expect(await broken(query)).toMatchObject({ lost: [], miscounted: [], cohortsMixed: [], twoChairs: [], wayElsewhere: [] });
    }), { numRuns: Number(process.env['RUNS'] ?? 6), endOnFailure: true });
  }, 120_000);
});
