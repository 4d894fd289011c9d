import type { LinkView } from '../../../src/journey/index.ts';
import { clockTime } from '../../shared/time.ts';
import { useNow } from '../shell/now.ts';
import { useWords, type Words } from '../shell/language.tsx';
import { latenessOf, promiseOf, splitTime } from './lateness.ts';

/** Time left until a deadline; when it has passed: by how much, and who has been told. */
export function Countdown({ link, brief = false }: { readonly link: LinkView; readonly brief?: boolean }) {
  const words = useWords();
  const now = useNow();
  const { dueAt, missed } = promiseOf(link);
  if (dueAt === undefined) return null;
  const left = dueAt - now;
  const lateness = missed ? 'over' : latenessOf(left, link.dueSeconds);
  return (
    <span className={`countdown countdown-${lateness}`}>
      <time dateTime={new Date(dueAt).toISOString()} title={words.t('time.by', { time: clockTime(dueAt) })}>
        {lateness === 'over' ? words.t('time.over', { time: spoken(words, left) }) : spoken(words, left)}
      </time>
      {!brief && <Told link={link} />}
    </span>
  );
}

/** Who has been told that it is late. */
export function Told({ link }: { readonly link: LinkView }) {
  const { t, word, say } = useWords();
  const told = link.missed.at(-1)?.told;
  return told && <span className="told">{t('time.told', { who: word('role', told.role), where: say(told.name) })}</span>;
}

/** Hours and minutes far off, minutes and seconds close by: nobody reads the seconds of a day. */
export function spoken({ t }: Words, ms: number): string {
  const { hours, minutes, seconds } = splitTime(ms);
  if (hours >= 48) return t('time.days', { days: Math.floor(hours / 24) });
  if (hours > 0) return t('time.hoursMinutes', { hours, minutes });
  if (minutes >= 10) return t('time.minutes', { minutes });
  return `${minutes}:${String(seconds).padStart(2, '0')}`;
}

/** Without the seconds: an age that runs looks like a deadline. */
function roughly(words: Words, ms: number): string {
  return ms < 600_000 ? words.t('time.minutes', { minutes: Math.max(1, Math.floor(ms / 60_000)) }) : spoken(words, ms);
}

/** How long ago something was known: an old picture must never pass for a new one. */
export function AgeOf({ at, by }: { readonly at: number; readonly by?: string }) {
  const words = useWords();
  const now = useNow();
  const age = now - at;
  const when = age < 60_000 ? words.t('time.justNow') : words.t('time.ago', { time: roughly(words, age) });
  return <span className="age">{by ? words.t('time.by-whom', { when, who: by }) : when}</span>;
}
