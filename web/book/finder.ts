import type { FreeDaysView, FreeSeatsView, FreeSeatView } from '../../src/appointments/index.ts';
import { get, Problem } from '../shared/api.ts';
import { t } from '../shared/words.ts';
import { DAYS_AHEAD, type Choice } from './choice.ts';
import { startOf } from './day.ts';
import { cityNow } from '../shared/clock.ts';
import { cityDay } from '../shared/time.ts';

/** What has been found so far for the day on show. */
export interface Found {
  readonly answer: FreeSeatsView | undefined;
  readonly failed: string | undefined;
  /** A seat that somebody else took while this person typed. */
  readonly lost: FreeSeatView | undefined;
  /** City days with any seat for this wish; undefined while that is not known. */
  readonly days: ReadonlySet<number> | undefined;
}

/** For whom seats are looked for. */
export interface Seeker {
  readonly service: string;
  /** Empty: the way is not known. */
  readonly town: string;
  readonly groups: readonly string[];
}

export interface Finder {
  /** What is known for this wish; another wish is asked for by itself, and drawn when its answer is there. */
  found(choice: Choice, seeker: Seeker): Found;
  again(): void;
  /** This seat is gone: the next look says so. Without one, nothing is. */
  lose(seat: FreeSeatView | undefined): void;
}

const DAY_MS = 86_400_000;
/** As many hours of a day as a page can show; the server sends the nearest first. */
const SEATS_MOST = 80;

/**
 * @param drawn called when an answer has come for what is on show
 * @param marked called when it is known which days are free; nothing else may move then, because somebody may be pressing an hour
 */
export function openFinder(drawn: () => void, marked: (found: Found) => void, helpNumber: () => string): Finder {
  let asked = '';
  let askedDays = '';
  let found: Found = { answer: undefined, failed: undefined, lost: undefined, days: undefined };

  async function look(query: string): Promise<void> {
    asked = query;
    found = { ...found, answer: undefined, failed: undefined };
    const settled = await get<FreeSeatsView>(`/api/appointments/free?${query}`).then(
      (answer) => ({ answer, failed: undefined }),
      (problem: unknown) => ({ answer: undefined, failed: problem instanceof Problem ? problem.message : t('problem.server', { number: helpNumber() }) }));
    // Another day has been pressed meanwhile: its own answer is on the way.
    if (asked !== query) return;
    found = { ...found, ...settled };
    drawn();
  }

  /** A strip that cannot say which days are free is a strip still. */
  async function lookAtDays(query: string): Promise<void> {
    askedDays = query;
    found = { ...found, days: undefined };
    const answer = await get<FreeDaysView>(`/api/appointments/free/days?${query}`).catch(() => undefined);
    if (askedDays !== query || !answer) return;
    found = { ...found, days: new Set(answer.days.map(cityDay)) };
    marked(found);
  }

  return {
    found(choice, seeker) {
      const wish = wishOf(choice, seeker);
      const query = queryOf(choice, wish);
      const days = daysOf(wish);
      if (query !== asked) void look(query);
      if (days !== askedDays) void lookAtDays(days);
      return found;
    },
    again() {
      void look(asked);
      void lookAtDays(askedDays);
      drawn();
    },
    lose(seat) {
      if (seat) asked = askedDays = '';
      found = { ...found, lost: seat };
    },
  };
}

type Wish = Readonly<Record<string, string>>;

function wishOf({ stepFree, child, language }: Choice, { service, town, groups }: Seeker): Wish {
  const green = groups.filter((group) => group !== 'none');
  return {
    service, ...(town && { town }), ...(stepFree && { stepFree: 'true' }), ...(child && { child: 'true' }), ...(language && { language }), ...(green.length > 0 && { groups: green.join(',') }),
  };
}

/** The same for the same wish. The server leaves out what has begun already. */
function queryOf({ day }: Choice, wish: Wish): string {
  return new URLSearchParams({ ...wish, from: String(startOf(day)), to: String(startOf(day) + DAY_MS), limit: String(SEATS_MOST) }).toString();
}

/** Every day the strip can show. */
function daysOf(wish: Wish): string {
  const today = cityDay(cityNow());
  return new URLSearchParams({ ...wish, from: String(startOf(today)), to: String(startOf(today + DAYS_AHEAD)) }).toString();
}
