import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, parseInstant } from '../base/index.ts';
import { decide, initialStatus, STATUS_RULES, statusOf, withStatus, type City, type LiveStatus, type ReportStatus } from './index.ts';
import { loadCity } from './load.ts';

const { city } = loadCity(join(import.meta.dirname, '../../cities/toytown')) as { city: City };
const morning = parseInstant('2022-11-25 08:00')!;
const openCity = initialStatus(city);

const closing: ReportStatus = {
  type: 'reportStatus', instant: morning, institution: 'T-H1', service: 'haemodialysis', state: 'closed',
  until: morning + DAY_MS, reason: 'disinfection', standIn: 'T-H2', reportedBy: 'ward T-H1', confirmedBy: 'district T1',
};
const without = (field: keyof ReportStatus): ReportStatus => {
  const { [field]: _, ...rest } = closing;
  return rest as ReportStatus;
};

describe('a ward reports how a service stands', () => {
  it('given an open unit, when it closes with an end and a stand-in, then that is reported', () => {
    expect(decide(city, openCity, closing)).toEqual({
      ok: true,
      value: {
        type: 'StatusReported',
        status: {
          institution: 'T-H1', service: 'haemodialysis', state: 'closed', since: morning, until: morning + DAY_MS,
          reason: 'disinfection', standIn: 'T-H2', reportedBy: 'ward T-H1', reportedAt: morning,
        },
      },
    });
  });

  it('given a closed unit, when it opens early, then nothing but the state has to be said', () => {
    const opening: ReportStatus = { type: 'reportStatus', instant: morning + HOUR_MS, institution: 'T-H1', service: 'haemodialysis', state: 'open', reportedBy: 'ward' };
    const answer = decide(city, given(closing), opening);
    expect(answer).toMatchObject({ ok: true, value: { status: { state: 'open' } } });
  });

  it('when a service becomes limited, then neither end nor stand-in is demanded', () => {
    expect(decide(city, openCity, { ...without('until'), state: 'limited' })).toMatchObject({ ok: true });
  });

  it.each<[string, ReportStatus, string, string]>([
    ['an institution nobody knows', { ...closing, institution: 'T-H9' }, 'unknownInstitution', 'institution'],
    ['a service that is not run there', { ...closing, institution: 'T-H3' }, 'serviceNotRun', 'service'],
    ['an end before the beginning', { ...closing, until: morning }, 'periodBackwards', 'until'],
    ['a closure without an end', without('until'), 'closureWithoutEnd', 'until'],
    ['a closure longer than two days', { ...closing, until: morning + 2 * DAY_MS + 1 }, 'closureTooLong', 'until'],
    ['a closure without a stand-in', without('standIn'), 'closureWithoutStandIn', 'standIn'],
    ['a stand-in nobody knows', { ...closing, standIn: 'T-H9' }, 'standInCannot', 'standIn'],
    ['a stand-in for itself', { ...closing, standIn: 'T-H1' }, 'standInCannot', 'standIn'],
    ['a stand-in that does not run the service', { ...closing, standIn: 'T-H3' }, 'standInCannot', 'standIn'],
    ['a stand-in that sees no children where children came', { ...closing, institution: 'T-H2', service: 'feverClinic', standIn: 'T-H1' }, 'standInCannot', 'standIn'],
  ])('%s is refused by name', (_, command, code, field) => {
    expect(decide(city, openCity, command)).toEqual({ ok: false, refusal: expect.objectContaining({ code, field }) });
  });

  it('given its stand-in is closed itself, when it closes, then that is refused: two closed units cannot send to each other', () => {
    const status = given({ ...closing, institution: 'T-H2', standIn: 'T-H1' });
    expect(decide(city, status, closing)).toMatchObject({ ok: false, refusal: { code: 'standInCannot' } });
  });

  it('given it is prolonged, also from its very end, then it began when it began, and longer than is allowed only with a second person', () => {
    const fever = { ...closing, service: 'feverClinic' as const, institution: 'T-H1', confirmedBy: undefined as never, until: morning + DAY_MS };
    const { confirmedBy: _, ...alone } = fever;
    const longer = { ...alone, instant: morning + 20 * HOUR_MS, since: morning + DAY_MS, until: morning + 2 * DAY_MS };
    expect(decide(city, given(alone), longer)).toMatchObject({ ok: true, value: { type: 'StatusReported', status: { since: morning, until: morning + 2 * DAY_MS } } });
    const again = { ...longer, until: morning + 2 * DAY_MS + HOUR_MS };
    expect(decide(city, given(alone), again)).toMatchObject({ ok: true, value: { type: 'ClosingAsked' } });
    expect(decide(city, given(alone), { ...again, confirmedBy: 'district T1' })).toMatchObject({ ok: true, value: { type: 'StatusReported', status: { since: morning } } });
    expect(decide(city, given(alone), { ...again, until: again.instant + 2 * DAY_MS + 1 })).toMatchObject({ ok: false, refusal: { code: 'closureTooLong' } });
  });

  it('given it is closed now, when another day is reported, then that is refused: the door that is shut would be shown open', () => {
    const tomorrow = { ...closing, since: morning + 2 * DAY_MS, until: morning + 3 * DAY_MS, instant: morning + HOUR_MS };
    expect(decide(city, given(closing), tomorrow)).toMatchObject({ ok: false, refusal: { code: 'otherReportStands', field: 'since', facts: { since: morning, until: morning + DAY_MS } } });
    expect(decide(city, given(closing), { ...tomorrow, instant: morning + DAY_MS })).toMatchObject({ ok: true });
    expect(decide(city, given({ ...closing, since: morning + DAY_MS, until: morning + 2 * DAY_MS }), { ...closing, until: morning + HOUR_MS }), 'and the day that was announced is not forgotten').toMatchObject({ ok: false, refusal: { code: 'otherReportStands' } });
  });

  it('exactly two days is not too long, and the limit is the caller\'s', () => {
    expect(decide(city, openCity, { ...closing, until: morning + 2 * DAY_MS })).toMatchObject({ ok: true });
    expect(decide(city, openCity, closing, { ...STATUS_RULES, closureDaysMax: 0.5 })).toMatchObject({ ok: false, refusal: { code: 'closureTooLong', facts: { daysMax: 0.5 } } });
  });
});

describe('the live status', () => {
  const status = given(closing);
  const state = (instant: number): string => statusOf(status, 'T-H1', 'haemodialysis', instant).state;

  it('holds from the closure\'s beginning up to its end, and not a moment longer', () => {
    expect([morning - 1, morning, morning + DAY_MS - 1, morning + DAY_MS].map(state)).toEqual(['open', 'closed', 'closed', 'open']);
  });

  it('is open wherever nothing was reported', () => {
    expect(statusOf(status, 'T-H1', 'emergency', morning)).toEqual({ state: 'open' });
    expect(statusOf(status, 'T-H2', 'haemodialysis', morning)).toEqual({ state: 'open' });
  });

  it('is never changed, only replaced', () => {
    const later = withStatus(status, { ...statusOf(status, 'T-H1', 'haemodialysis', morning), state: 'open', institution: 'T-H1', service: 'haemodialysis', since: morning, reportedBy: 'ward', reportedAt: morning });
    expect(state(morning)).toBe('closed');
    expect(statusOf(later, 'T-H1', 'haemodialysis', morning).state).toBe('open');
    expect(openCity.size).toBe(0);
  });

  it('begins with the closures of the city\'s files', () => {
    const closure = statusOf(status, 'T-H1', 'haemodialysis', morning) as City['closures'][number];
    const opened = initialStatus({ ...city, closures: [closure] });
    expect(statusOf(opened, 'T-H1', 'haemodialysis', morning).standIn).toBe('T-H2');
  });
});

/** The open city after one accepted report. */
function given(command: ReportStatus): LiveStatus {
  const answer = decide(city, initialStatus(city), command);
  if (!answer.ok) throw new Error(answer.refusal.code);
  return withStatus(initialStatus(city), answer.value.status);
}
