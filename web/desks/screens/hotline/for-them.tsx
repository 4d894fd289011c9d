import { useState } from 'react';
import type { JourneyView } from '../../../../src/journey/index.ts';
import { usePost } from '../../data/post.ts';
import { useWords } from '../../shell/language.tsx';
import { useNow } from '../../shell/now.ts';
import { OtherSeat } from './other-seat.tsx';

/** What a resident presses beside the buttons of their request: another hour, a link for the family. The line does it for them, under its own name. */
export function ForThem({ journey }: { readonly journey: JourneyView }) {
  const { t } = useWords();
  const now = useNow();
  const move = usePost('journeys');
  const share = usePost<{ url: string }>();
  const [moving, setMoving] = useState(false);
  const [url, setUrl] = useState<string>();
  const { id, booking, closed, custody, out, back, town, person, arrival } = journey;
  const atHome = custody.length === 0 || custody.at(-1)?.holder === 'home';
  const movable = booking !== undefined && !booking.cancelled && !closed && atHome && booking.slot.startsAt > now;
  const leg = arrival?.treatedAt === undefined ? 'out' : 'back';
  const ride = leg === 'out' ? out : back;
  const rides = ride?.car !== undefined && !ride.cancelled && !closed;
  if (!movable && !rides) return null;
  return (
    <div>
      <p className="actions">
        {movable && <button type="button" aria-expanded={moving} onClick={() => setMoving(!moving)}>{t('calls.move')}</button>}
        {rides && <button type="button" disabled={share.busy} onClick={() => share.now(`/api/journeys/${id}/share-ride`, { leg }, (answer) => setUrl(new URL(answer.url, location.origin).href))}>{t('calls.share')}</button>}
      </p>
      {moving && booking && <OtherSeat wish={{ service: booking.slot.service, town: town.code, groups: person.groups }} busy={move.busy} onChoose={(slot) => move.now(`/api/journeys/${id}/move-booking`, { slot }, () => setMoving(false))} />}
      {url && <p role="status">{t('calls.share-tell')} <span className="code">{url}</span></p>}
      {[move.problem, share.problem].map((problem) => problem && <p key={problem} role="alert" className="problem">{problem}</p>)}
    </div>
  );
}
