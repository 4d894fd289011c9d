import { useRoads } from '../../../data/queries.ts';
import { useWords } from '../../../shell/language.tsx';
import { dayAndTime } from '../../../shell/now.ts';
import { Asking } from '../../../shell/states.tsx';

/** Where travel times come from, and how old that is: an estimate that passes for a road is the worse mistake. */
export function Origin() {
  const { t, word } = useWords();
  const asked = useRoads();
  return (
    <section className="roads-origin">
      <h2>{t('roads.origin')}</h2>
      <Asking asked={asked}>
        {(roads) => roads.travel === 'estimate' ? <p className="told-here">{word('roads-estimate', roads.because)}</p> : (
          <>
            <p>{t('roads.extract', { extract: roads.extract, time: dayAndTime(Date.parse(roads.importedAt)), points: roads.points.toLocaleString(), pieces: roads.pieces.toLocaleString() })}</p>
            {roads.refused && <p className="problem" role="alert">{word('roads-refused', roads.refused)}</p>}
          </>
        )}
      </Asking>
    </section>
  );
}
