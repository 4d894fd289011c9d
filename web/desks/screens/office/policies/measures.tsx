import { sayDemands, sayMeasure, type Measure } from '../../../../../src/policy/index.ts';
import { listed } from '../../../../shared/words.ts';
import type { PolicyAnswer } from '../../../data/contract.ts';
import { Facts } from '../../../journey/panel.tsx';
import { useWords, type Words } from '../../../shell/language.tsx';
import { Empty } from '../../../shell/states.tsx';

interface MeasuresProps {
  readonly policy: PolicyAnswer;
  /** What is looked for; kept by whoever shows this, so that a finding can lead to its measure. */
  readonly search: string;
  readonly onSearch: (search: string) => void;
}

/** An announcement as a health official reads it: what is said to people, the clause, whom it concerns, what follows, who acts. */
export function Measures({ policy, search, onSearch }: MeasuresProps) {
  const words = useWords();
  const { t, word } = words;
  const wanted = search.trim().toLowerCase();
  const measures = policy.measures.filter((measure) => wanted === '' || readable(words, measure).toLowerCase().includes(wanted));
  const demands = (policy.demands ?? []).filter(({ id, clause, text, says }) => wanted === '' || [id, clause, text.zh, text.en, ...sayDemands(says).flatMap(({ what }) => [what.zh, what.en])].join('\n').toLowerCase().includes(wanted));
  const notEncoded = policy.notEncoded.filter(({ clause, reason }) => wanted === '' || `${clause} ${reason}`.toLowerCase().includes(wanted));
  return (
    <section>
      <label className="search">
        {t('policy.search')}
        <input type="search" value={search} autoComplete="off" onChange={(event) => onSearch(event.target.value)} />
      </label>
      <p className="quiet" role="status">{t('policy.measures-shown', { shown: measures.length, all: policy.measures.length })}</p>
      {measures.length === 0 && <Empty>{t('policy.measures-none')}</Empty>}
      <ol className="measures">{measures.map((measure) => <MeasureItem key={measure.id} measure={measure} />)}</ol>
      {demands.length > 0 && (
        <>
          <h3>{t('policy.demands', { count: demands.length })}</h3>
          <ul className="measures">
            {demands.map(({ id, clause, text, says }) => (
              <li key={id}>
                <h4>{words.say(text)}</h4>
                <p className="clause-text">{clause}</p>
                <Facts rows={[...sayDemands(says).map(({ what, value }): [string, string] => [words.say(what), words.say(value)]), [t('policy.measure'), <span className="code">{id}</span>]]} />
              </li>
            ))}
          </ul>
        </>
      )}
      {notEncoded.length > 0 && (
        <>
          <h3>{t('policy.not-encoded', { count: notEncoded.length })}</h3>
          <p className="quiet">{t('policy.not-encoded-why')}</p>
          <ul className="measures">
            {notEncoded.map(({ clause, reason, room }) => (
              <li key={clause}>
                <p className="clause-text">{clause}</p>
                <p>{reason}{room && <span className="quiet"> · {t('policy.kept-by', { room: word('room', room) })}</span>}</p>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function MeasureItem({ measure }: { readonly measure: Measure }) {
  const { t, say, word } = useWords();
  const { id, clause, text, rooms = [], over = [] } = measure;
  const { who, what } = sayMeasure(measure);
  return (
    <li>
      <h3>{say(text)}</h3>
      <p className="clause-text">{clause}</p>
      <Facts rows={[
        [t('policy.who'), say(who)],
        [t('policy.what'), say(what)],
        [t('policy.rooms'), listed(...rooms.map((room) => word('room', room)))],
        [t('policy.over'), listed(...over)],
        [t('policy.measure'), <span className="code">{id}</span>],
      ]} />
    </li>
  );
}

/** Everything that stands on the screen of a measure, in both languages: the clause is quoted in one of them only. */
function readable({ word }: Words, measure: Measure): string {
  const { who, what } = sayMeasure(measure);
  const texts = [measure.text, who, what].flatMap(({ zh, en }) => [zh, en]);
  return [measure.id, measure.clause, ...texts, ...(measure.rooms ?? []).map((room) => word('room', room))].join('\n');
}
