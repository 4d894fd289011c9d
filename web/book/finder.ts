import type { FreeSeatsView, FreeSeatView } from '../../src/appointments/index.ts';
import { get, Problem } from '../shared/api.ts';
import { t } from '../shared/words.ts';
import type { Choice } from './choice.ts';
import { startOf } from './day.ts';

/** What has been found so far for the day on show. */
export interface Found {
  readonly answer: FreeSeatsView | undefined;
  readonly failed: string | undefined;
  /** A seat that somebody else took while this person typed. */
  readonly lost: FreeSeatView | undefined;
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

/** @param drawn called when an answer has come for what is on show */
export function openFinder(drawn: () => void, helpNumber: () => string): Finder {
  let asked = '';
  let found: Found = { answer: undefined, failed: undefined, lost: undefined };

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

  return {
    found(choice, seeker) {
      const query = queryOf(choice, seeker);
      if (query !== asked) void look(query);
      return found;
    },
    again() {
      void look(asked);
      drawn();
    },
    lose(seat) {
      if (seat) asked = '';
      found = { ...found, lost: seat };
    },
  };
}

/** The same for the same wish. The server leaves out what has begun already. */
function queryOf({ day, stepFree, child, language }: Choice, { service, town, groups }: Seeker): string {
  const green = groups.filter((group) => group !== 'none');
  return new URLSearchParams({
    service, from: String(startOf(day)), to: String(startOf(day) + DAY_MS), limit: String(SEATS_MOST), ...(town && { town }),
    ...(stepFree && { stepFree: 'true' }), ...(child && { child: 'true' }), ...(language && { language }), ...(green.length > 0 && { groups: green.join(',') }),
  }).toString();
}
