import { usePromises } from '../../data/queries.ts';
import { useWords } from '../../shell/language.tsx';
import { Asking, Empty } from '../../shell/states.tsx';

/** What the whole house promises and does not keep at this moment. An empty list is the aim and says so. */
export function Promises({ onSelect }: { readonly onSelect: (journey: string) => void }) {
  const { t, word } = useWords();
  const asked = usePromises();
  return (
    <section>
      <h2>{t('office.promises')}</h2>
      <Asking asked={asked}>
        {({ broken }) => broken.length === 0 ? <Empty>{t('office.promises-empty')}</Empty> : (
          <ul className="plain-rows">
            {broken.map(({ promise, journey, seen }) => (
              <li key={`${promise}${journey}`}>
                <button type="button" className="row-open" onClick={() => onSelect(journey)}>
                  <b>{word('promise', promise)}</b> <span className="code">{journey}</span> <span className="quiet">{seen}</span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </Asking>
    </section>
  );
}
