import { lookAtBoard, type Picture } from './picture.ts';
import type { House } from '../house.ts';
import type { News } from '../journeys/store.ts';
import type { Live } from '../live.ts';
import { messageOf } from '../start-problem.ts';

/** The 120 board in memory of one server, made anew when something changed and somebody needs it. */
export interface DispatchBoard {
  /** A picture of now: what has been stored when this is asked is in it. */
  fresh(): Promise<Picture>;
  /** A picture that misses nothing this server has heard of, a second old at most. */
  now(): Promise<Picture>;
  /** Calls it with each new picture. */
  follow(see: (picture: Picture) => void): void;
  /** Something was done here: whoever looks next must see it. */
  moved(): void;
  stop(): Promise<void>;
}

/** News comes in bursts: a decision for each of a hundred would be ninety-nine that nobody sees. */
const SETTLES_MS = 200;
const OLD_MS = 1_000;
/** Time alone changes answers as well: who has waited, which unit is ready, who was not heard of. */
const LOOK_EVERY_MS = 5_000;
/** What moves a unit, a call or a road; everything else leaves the board as it is. */
const MOVES: ReadonlySet<string> = new Set(['units', 'positions', 'status', 'restrictions', 'policies', 'board']);

export function openDispatchBoard(house: House, live: Live): DispatchBoard {
  const cache = new Map();
  const followers: ((picture: Picture) => void)[] = [];
  let picture: Picture | undefined;
  /** Pieces of news heard, and how many of them the picture knows: one that is being made may have looked before the last came. */
  let heard = 0;
  let known = -1;
  let running: Promise<Picture> | undefined;
  let next: Promise<Picture> | undefined;
  let settling: NodeJS.Timeout | undefined;
  let stopped = false;

  const look = async (): Promise<Picture> => {
    const before = picture;
    const heardBefore = heard;
    picture = await lookAtBoard(house, cache);
    known = heardBefore;
    if (saysOf(picture) !== (before && saysOf(before))) live.tell('board');
    for (const see of followers) see(picture);
    return picture;
  };
  /** Whoever asks while one is being made gets the one after it: it may have looked already. All of them get the same. */
  const fresh = (): Promise<Picture> => {
    if (!running) {
      running = look().finally(() => { running = undefined; });
      return running;
    }
    next ??= running.catch(() => undefined).then(() => {
      next = undefined;
      return fresh();
    });
    return next;
  };
  const wanted = (): boolean => !stopped && (picture?.mode.mode !== 'recommended' || live.isHeard('board'));
  const soon = (): void => {
    if (settling || !wanted()) return;
    settling = setTimeout(() => {
      settling = undefined;
      void fresh().catch((error: unknown) => house.log(`The board could not be made: ${messageOf(error)}`));
    }, SETTLES_MS);
  };
  const hear = (news?: News): void => {
    if (news && !news.changes && !MOVES.has(news.kind ?? '')) return;
    heard += 1;
    // Another server may have switched to automatic, and nobody looks here.
    if (news?.kind === 'board' && !settling && !stopped) void fresh().catch(() => undefined);
    else soon();
  };
  live.follow(hear);
  const timer = setInterval(() => {
    heard += 1;
    soon();
  }, LOOK_EVERY_MS);

  return {
    fresh,
    now: async () => (picture && known === heard && house.clock.now() - picture.at < OLD_MS ? picture : fresh()),
    follow: (see) => { followers.push(see); },
    moved: () => hear({ city: house.city.id, changes: [] }),
    async stop() {
      stopped = true;
      clearInterval(timer);
      clearTimeout(settling);
      while (running) await running.catch(() => undefined);
    },
  };
}

/** What a screen would show differently; seconds of a drive that grow by one are no news. */
function saysOf({ mode, assignment, calls, units }: Picture): string {
  return JSON.stringify([
    mode, [...calls.values()].map(({ id, version }) => [id, version]), assignment.answers.map(({ mission, unit, takenFrom, instead, reasons, shortfalls }) =>
      [mission, unit, takenFrom, instead, reasons.map(({ code }) => code), shortfalls.map(({ code }) => code)]),
    assignment.moves.map(({ unit, post }) => [unit, post]), units.map(({ unit, state, lostContact }) => [unit, state, lostContact]),
  ]);
}
