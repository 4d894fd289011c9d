import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, intake, startCity, type RunningCity, type Visitor } from '../running-city.ts';

const UNIT = 'ZZ-H-001';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let city: RunningCity;
let ward: Visitor;
let people = 0;
beforeAll(async () => {
  city = await startCity();
  ward = await city.as(`ward@institution:${UNIT}`);
}, 60_000);
afterAll(() => city.stop());

const query = async <T>(text: string, values: readonly unknown[] = []): Promise<readonly T[]> => (await city.database.pool.query(text, [...values])).rows as T[];
const now = async (): Promise<number> => (await city.visitor().get('/health')).body.at;

async function enrolment(given: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
  people += 1;
  return {
    care: intake({ person: { name: `Resident 1${people}`, phone: `1380000${1000 + people}` }, need: 'haemodialysis', patientKind: 'greenCode', test: 'valid', ageYears: 50 }),
    service: 'haemodialysis', institution: UNIT, pattern: { days: [1, 3, 5], startMinute: 420 }, cohort: 'other', lastStartAt: await now() - 20 * HOUR_MS, safeGapHours: 72, ...given,
  };
}

/** The next regular session is two days away, and the last was fifty hours ago. */
function late(at: number): Record<string, unknown> {
  const today = new Date(at + 8 * HOUR_MS).getUTCDay();
  return { pattern: { days: [2, 4, 6].map((ahead) => ((today + ahead) % 7) || 7).sort(), startMinute: 750 }, lastStartAt: at - 50 * HOUR_MS };
}

const sessions = (id: string): Promise<readonly any[]> => query<any>(`select n.*, l.starts_at::float8 as at, l.cohort as chair, l.institution from series_session n
  left join booking b on b.city = n.city and b.id = n.booking left join slot l on l.city = b.city and l.id = b.slot where n.series = $1 order by n.starts_at`, [id]);

describe('somebody is enrolled in a standing series', () => {
  it('given their own unit, then each session of fourteen days has its chair at the same hour, of their cohort, and the ward sees the next', async () => {
    const { status, body } = await ward.post('/api/series', await enrolment({ pattern: { days: [1, 2, 3, 4, 5, 6, 7], startMinute: 420 } }));
    expect([status, body.notPlaced, body.beyondGap]).toEqual([201, 0, false]);
    const rows = await sessions(body.id);
    expect(rows.length).toBeGreaterThanOrEqual(5);
    for (const row of rows) {
      expect([row.state === 'booked' || row.state === 'begun', row.chair, row.institution]).toEqual([true, 'other', UNIT]);
      expect((row.at + 8 * HOUR_MS) % DAY_MS).toBe(7 * HOUR_MS);
    }
    const { series } = (await ward.get('/api/series')).body;
    expect(series.find(({ id }: { id: string }) => id === body.id)).toMatchObject({ state: 'safe', institution: UNIT, safeGapHours: 72, next: { institution: UNIT } });
  });

  it('given two cohorts, then they never share a chair time', async () => {
    for (const cohort of ['contact', 'positive']) {
      const { status, body } = await ward.post('/api/series', await enrolment({ cohort, pattern: { days: [2, 4, 6], startMinute: 1_080 } }));
      expect(status).toBe(201);
      for (const row of await sessions(body.id)) if (row.booking) expect(row.chair).toBe(cohort);
    }
    expect(await query(`select b.slot from booking b join series s on s.city = b.city and s.id = b.series where b.state = 'booked' group by b.city, b.slot having count(distinct s.cohort) > 1`)).toEqual([]);
  });

  it('given no safe gap, a pattern beyond it and a need of another service, then all of it is said at once', async () => {
    const wrong = await enrolment({ safeGapHours: undefined });
    const { status, body } = await ward.post('/api/series', { ...wrong, care: { ...(wrong.care as object), need: 'fever' } });
    expect(status).toBe(400);
    expect(body.errors.map(({ code }: { code: string }) => code).sort()).toEqual(['needOfOtherService', 'safeGapMissing']);
  });

  it('given the same person once more, or another ward, then it is refused', async () => {
    const body = await enrolment();
    expect((await ward.post('/api/series', body)).status).toBe(201);
    expect((await ward.post('/api/series', body)).body.code).toBe('alreadyEnrolled');
    const other = await city.as('ward@institution:ZZ-H-002');
    expect((await other.post('/api/series', await enrolment())).status).toBe(403);
  });

  it('given the same key again, then it is the same series', async () => {
    const body = await enrolment();
    const [first, again] = [await ward.post('/api/series', body, 'enrol-once-please'), await ward.post('/api/series', body, 'enrol-once-please')];
    expect(again.body).toEqual(first.body);
  });
});

describe('only a named clinician takes a session away', () => {
  it('given a reason, then two sessions a week are left, by name on the record; without one it is refused', async () => {
    const { body: { id } } = await ward.post('/api/series', await enrolment());
    const pattern = { days: [1, 5], startMinute: 420 };
    expect((await ward.post(`/api/series/${id}/thin`, { pattern, safeGapHours: 96 })).body.code).toBe('reasonMissing');
    expect((await ward.post(`/api/series/${id}/thin`, { pattern, safeGapHours: 96, reason: 'residual function' })).status).toBe(200);
    const rows = await sessions(id);
    expect(rows.filter(({ state }) => state === 'dropped').length).toBeGreaterThan(0);
    expect(await query(`select 1 from audit where what = 'series.thin' and facts ->> 'series' = $1`, [id])).toHaveLength(1);
    const district = await city.as('district@district:410102');
    expect((await district.post(`/api/series/${id}/thin`, { pattern, reason: 'no staff' })).status).toBe(403);
    const other = await city.as('ward@institution:ZZ-H-002');
    expect((await other.post(`/api/series/${id}/thin`, { pattern, reason: 'no staff' })).status).toBe(404);
  });

  it('given it ends, then its chairs are free again', async () => {
    const { body: { id } } = await ward.post('/api/series', await enrolment());
    expect((await ward.post(`/api/series/${id}/end`, { reason: 'transplanted' })).status).toBe(200);
    expect(await query(`select id from booking where series = $1 and state = 'booked' and journey is null`, [id])).toEqual([]);
    expect(await query(`select s.id from slot s where s.taken <> (select count(*) from booking b where b.city = s.city and b.slot = s.id and b.state <> 'cancelled')`)).toEqual([]);
  });
});

describe('their unit says that they belong to another cohort now', () => {
  it('given other times of the same unit, then the sessions lie there, as many as before, and they are told', async () => {
    const { body: { id } } = await ward.post('/api/series', await enrolment({ pattern: { days: [1, 3, 5], startMinute: 420 } }));
    expect((await ward.post(`/api/series/${id}/time`, { pattern: { days: [1, 5], startMinute: 750 } })).body.code).toBe('patternBeyondSafeGap');
    expect((await ward.post(`/api/series/${id}/time`, { pattern: { days: [1, 3, 5], startMinute: 1_080 } })).status).toBe(200);
    const open = (await sessions(id)).filter(({ state, starts_at }) => (state === 'booked' || state === 'begun') && (Number(starts_at) + 8 * HOUR_MS) % DAY_MS === 18 * HOUR_MS);
    expect(open.length).toBeGreaterThanOrEqual(5);
    for (const { at, starts_at } of open) expect(at).toBe(Number(starts_at));
    expect((await query(`select 1 from outbox where code = 'seriesChanged' and audience = $1`, [`series:${id}`])).length).toBe(1);
  });

  it('given sessions ahead and one that has begun, then every chair is among their own, the request goes in no car with others, and they are told', async () => {
    const { body: { id } } = await ward.post('/api/series', await enrolment({ pattern: { days: [1, 2, 3, 4, 5, 6, 7], startMinute: 420 } }));
    // One of the sessions has become a request already.
    await query(`update booking set call_up_at = 1 where id = (select booking from series_session where series = $1 and state = 'booked' and starts_at > $2 order by starts_at limit 1)`, [id, await now() + 12 * HOUR_MS]);
    const journey = await eventually(async () => (await query<{ journey: string }>(`select journey from series_session where series = $1 and state = 'begun'`, [id]))[0]?.journey);
    const before = await sessions(id);
    expect((await ward.post(`/api/series/${id}/cohort`, { cohort: 'positive' })).status).toBe(200);
    await eventually(async () => {
      const open = (await sessions(id)).filter(({ state }) => state === 'booked' || state === 'begun');
      return open.length === before.length && open.every(({ chair }) => chair === 'positive') ? true : undefined;
    }, 20);
    const { story } = await eventually(async () => (await query<{ story: any }>(`select story from journey where id = $1 and story #>> '{request,seatedWith}' = 'positive'`, [journey]))[0]);
    expect([story.booking.cancelled, story.decision.entry.via]).toEqual([undefined, 'bufferZone']);
    expect([story.out, story.back].filter((ride) => ride && !ride.cancelled).every((ride) => ride.cohort === 'positive')).toBe(true);
    expect((await query(`select 1 from outbox where code = 'sessionMoved' and audience = $1`, [`series:${id}`])).length).toBeGreaterThan(0);
    expect((await ward.post(`/api/series/${id}/cohort`, { cohort: 'positive' })).body.code).toBe('cohortIsTheirs');
    expect((await (await city.as('ward@institution:ZZ-H-002')).post(`/api/series/${id}/cohort`, { cohort: 'other' })).status).toBe(404);
  }, 40_000);
});

describe('nobody goes beyond the safe gap unseen', () => {
  it('given 72 hours since the last start, then ward and district hear it, with an owner and a deadline', async () => {
    const { body: { id } } = await ward.post('/api/series', await enrolment({ lastStartAt: await now() - 73 * HOUR_MS }));
    const seen = await eventually(async () => (await ward.get('/api/series')).body.series.find((each: any) => each.id === id && each.state === 'alarm'));
    expect(seen.owed).toMatchObject({ owner: { role: 'ward', scope: `institution:${UNIT}` } });
    const told = await query<{ audience: string }>(`select audience from outbox where code = 'seriesAlarm' and facts ->> 'about' = $1 order by audience`, [id]);
    expect(told.map(({ audience }) => audience)).toEqual(['district:410102', `institution:${UNIT}`]);
    const started = await ward.post(`/api/series/${id}/session-started`, { at: await now() - 60_000 });
    expect(started.status).toBe(200);
    expect((await ward.get('/api/series')).body.series.find((each: any) => each.id === id)).toMatchObject({ state: 'safe' });
  });

  it('given 96 hours, then a request begins at once, as an emergency', async () => {
    const { body: { id } } = await ward.post('/api/series', await enrolment({ lastStartAt: await now() - 97 * HOUR_MS, pattern: { days: [1, 3, 5], startMinute: 750 } }));
    const row = await eventually(async () => (await query<any>(`select gap, red_journey from series where id = $1 and gap = 'red' and red_journey is not null`, [id]))[0]);
    const journey = await eventually(async () => (await query<any>('select pathway, acuity from journey where id = $1', [row.red_journey])).find(({ pathway }) => pathway === 'emergency'));
    expect(['I', 'II']).toContain(journey.acuity);
  });

  it('given the first session comes only after the safe gap, then one more is placed before it', async () => {
    const { status, body } = await ward.post('/api/series', await enrolment(late(await now())));
    expect([status, body.notPlaced, body.beyondGap]).toEqual([201, 0, false]);
    const [first] = await sessions(body.id);
    expect(first).toMatchObject({ state: 'booked', at: body.extraAt, institution: UNIT });
    const [{ alarm_at: alarmAt }] = await query<any>('select alarm_at::float8 as alarm_at from series where id = $1', [body.id]) as [{ alarm_at: number }];
    expect(body.extraAt).toBeLessThanOrEqual(alarmAt);
  });

  it('given their unit has no chair before the gap ends, then the ward has it while there is time; given a seat is found, then nobody', async () => {
    const at = await now();
    const closed = await query<{ id: string }>(`update slot set closed_at = 1 where institution = $1 and service = 'haemodialysis' and closed_at is null and starts_at between $2 and $3 returning id`, [UNIT, at, at + 23 * HOUR_MS]);
    const { status, body } = await ward.post('/api/series', await enrolment(late(at)));
    expect([status, body.notPlaced, body.beyondGap]).toEqual([201, 0, true]);
    const owned = await eventually(async () => (await query<any>('select gap, owner_role, due_at::float8 as due_at, alarm_at::float8 as alarm_at from series where id = $1 and owner_role is not null', [body.id]))[0], 20);
    expect(owned).toMatchObject({ gap: 'alarm', owner_role: 'ward' });
    expect(owned.due_at).toBeLessThan(owned.alarm_at);
    await query('update series set alarm_at = alarm_at + $2 where id = $1', [body.id, 2 * DAY_MS]);
    await eventually(async () => (await query<any>('select 1 from series where id = $1 and owner_role is null and gap = $2', [body.id, 'safe']))[0], 20);
    await query('update slot set closed_at = null where id = any($1)', [closed.map(({ id }) => id)]);
  });

  it('given a session that began before somebody reported a symptom is entered late, then it stays red; given one after it, then it is safe', async () => {
    const at = await now();
    const { body: { id } } = await ward.post('/api/series', await enrolment());
    await ward.post(`/api/series/${id}/symptom`, { findings: ['severeBreathlessness'] });
    await ward.post(`/api/series/${id}/session-started`, { at: at - HOUR_MS });
    expect((await query<any>(`select series -> 'symptom' as symptom from series where id = $1`, [id]))[0].symptom).not.toBeNull();
    await ward.post(`/api/series/${id}/session-started`, { at: await now() });
    expect((await query<any>(`select series -> 'symptom' as symptom, gap from series where id = $1`, [id]))[0]).toEqual({ symptom: null, gap: 'safe' });
  });

  it('given a symptom, then it is red at once, whatever the hour', async () => {
    const { body: { id } } = await ward.post('/api/series', await enrolment());
    expect((await ward.post(`/api/series/${id}/symptom`, { findings: ['severeBreathlessness'] })).status).toBe(200);
    expect((await query<any>('select gap, red_journey from series where id = $1', [id]))[0]).toMatchObject({ gap: 'red' });
  });

  it('given no chair in the whole city before the gap ends, then the command centre has them by name, and a request begins before it does', async () => {
    await query(`update slot set closed_at = 1 where service = 'haemodialysis'`);
    const { body: { id, placed, notPlaced } } = await ward.post('/api/series', await enrolment({ lastStartAt: await now() - 68 * HOUR_MS, pattern: { days: [1, 2, 3, 4, 5, 6, 7], startMinute: 1_080 } }));
    expect([placed, notPlaced > 0]).toEqual([0, true]);
    const office = await city.as('city@city');
    const waiting = await eventually(async () => {
      const [run] = (await office.get('/api/replacements')).body.replacements;
      const theirs = run?.state === 'done' ? run.unplaced.filter((each: any) => each.series === id) : [];
      return theirs.length === notPlaced ? theirs : undefined;
    });
    expect(waiting[0]).toMatchObject({ name: expect.stringContaining('Resident'), owed: { owner: { role: 'city', scope: 'city' } } });
    expect(waiting[0].missing).not.toBe('');
    const row = await eventually(async () => (await query<any>(`select gap, red_journey from series where id = $1 and red_journey is not null`, [id]))[0]);
    expect(row.gap).toBe('red');
    expect((await query<any>('select state, due_at from journey where id = $1', [row.red_journey]))[0].due_at).not.toBeNull();
  });
});
