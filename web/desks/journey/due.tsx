import { useNow } from '../shell/now.ts';
import { useWords } from '../shell/language.tsx';
import { clockTime } from '../../shared/time.ts';
import { spoken } from './countdown.tsx';
import { latenessOf } from './lateness.ts';

/** Half an hour is what a desk is given as a rule; it decides only from when on a deadline is drawn as short. */
const USUAL_SECONDS = 30 * 60;

/** A deadline that belongs to no link of a journey: time left, or by how much it has passed. */
export function Due({ at }: { readonly at: number }) {
  const words = useWords();
  const left = at - useNow();
  const lateness = latenessOf(left, USUAL_SECONDS);
  return (
    <span className={`countdown countdown-${lateness}`}>
      <time dateTime={new Date(at).toISOString()} title={words.t('time.by', { time: clockTime(at) })}>
        {lateness === 'over' ? words.t('time.over', { time: spoken(words, left) }) : spoken(words, left)}
      </time>
    </span>
  );
}
