import type { BoardView } from '../../../../src/dispatch/index.ts';
import { spoken } from '../../journey/countdown.tsx';
import { useWords, type Words } from '../../shell/language.tsx';
import { useNow } from '../../shell/now.ts';
import { minutesOf } from './notes.ts';

type Travel = BoardView['travel'];

/** Minutes as every screen says them: an estimate never passes for a known time. */
export function driveTime({ t }: Words, seconds: number, travel: Travel): string {
  return t(travel === 'roads' ? 'drive.minutes' : 'drive.about', { minutes: minutesOf(seconds) });
}

/** How long somebody has waited since they first called. */
export function Waited({ since }: { readonly since: number }) {
  const words = useWords();
  const now = useNow();
  return <time className="waited" dateTime={new Date(since).toISOString()}>{words.t('board.waits', { time: spoken(words, Math.max(0, now - since)) })}</time>;
}

/** When the unit on its way should be there; past that, by how much, so that somebody asks. */
export function Due({ sentAt, etaSeconds, travel }: { readonly sentAt: number; readonly etaSeconds: number; readonly travel: Travel }) {
  const words = useWords();
  const left = sentAt + etaSeconds * 1000 - useNow();
  if (left >= 0) return <span>{words.t('board.there-in', { time: driveTime(words, left / 1000, travel) })}</span>;
  return <span className="countdown countdown-over"><time>{words.t('board.there-since', { time: spoken(words, left) })}</time></span>;
}
