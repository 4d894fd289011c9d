import { useState } from 'react';
import type { JourneyView } from '../../../src/journey/index.ts';
import { clockTime } from '../../shared/time.ts';
import { useJourney } from '../data/queries.ts';
import { useWords } from '../shell/language.tsx';
import { Asking } from '../shell/states.tsx';

/** Everything that happened, as it was recorded; fetched only when somebody wants to read it. */
export function EventLog({ journey }: { readonly journey: JourneyView }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('journey.log')}</summary>
      {open && <Entries id={journey.id} />}
    </details>
  );
}

function Entries({ id }: { readonly id: string }) {
  const { word } = useWords();
  const asked = useJourney(id);
  return (
    <Asking asked={asked}>
      {({ timeline }) => (
        <ol className="record">
          {timeline.map(({ seq, at, type, by }) => (
            <li key={seq}>
              <time>{clockTime(at)}</time> {word('event', type)} <span className="quiet">{word('role', by.role)}</span>
            </li>
          ))}
        </ol>
      )}
    </Asking>
  );
}
