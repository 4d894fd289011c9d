import type { OwedView } from '../../../src/appointments/index.ts';
import { useCity } from '../data/queries.ts';
import { Due } from '../journey/due.tsx';
import { useWords } from '../shell/language.tsx';

/** Who answers for it, and until when; how often it has gone further up because nobody did. */
export function Owed({ owed: { owner, dueAt, missedCount } }: { readonly owed: OwedView }) {
  const { t, word, say } = useWords();
  const city = useCity();
  const code = owner.scope.split(':')[1] ?? '';
  const place = [...(city.data?.institutions ?? []), ...(city.data?.districts ?? []), ...(city.data?.towns ?? [])].find((one) => one.code === code);
  return (
    <>
      {word('role', owner.role)}{place && ` · ${say(place.name)}`} <Due at={dueAt} />
      {missedCount > 0 && <span className="told">{t('series.missed', { count: missedCount })}</span>}
    </>
  );
}
