import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { FreeSeatsView } from '../../../../src/appointments/index.ts';
import { seatLine } from '../../../book/words.ts';
import { get } from '../../../shared/api.ts';
import { cityNow } from '../../../shared/clock.ts';
import { cityDay } from '../../../shared/time.ts';
import { useWords } from '../../shell/language.tsx';
import { Asking, Empty } from '../../shell/states.tsx';

const DAY_MS = 86_400_000;
const SHOWN = 12;
const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

interface OtherSeatProps {
  readonly wish: { readonly service: string; readonly town?: string | undefined; readonly groups: readonly string[] };
  readonly busy: boolean;
  readonly onChoose: (slot: string) => void;
}

/** Other hours for the same thing, one press each: the old one stays theirs until the new one is. */
export function OtherSeat({ wish: { service, town, groups }, busy, onChoose }: OtherSeatProps) {
  const { t } = useWords();
  const [date, setDate] = useState(dateOf(cityDay(cityNow()) + 1));
  const from = Date.parse(`${date}T00:00:00+08:00`);
  const query = new URLSearchParams({ service, ...(Number.isNaN(from) ? {} : { from: String(from), to: String(from + DAY_MS) }), ...(town && { town }), ...(groups.length > 0 && { groups: groups.join(',') }) }).toString();
  const asked = useQuery({ queryKey: ['appointments', 'free', query], queryFn: () => get<FreeSeatsView>(`/api/appointments/free?${query}`), placeholderData: (before) => before });
  return (
    <div>
      <label>{t('bookfor.on')} <input type="date" className="inline" value={date} onChange={(event) => setDate(event.target.value)} /></label>
      <Asking asked={asked}>
        {({ seats, otherDay }) => {
          const offered = seats.length > 0 ? seats.slice(0, SHOWN) : otherDay ? [otherDay] : [];
          if (offered.length === 0) return <Empty>{t('bookfor.seats-empty')}</Empty>;
          return <ul className="plain-rows">{offered.map((seat) => <li key={seat.slot}><button type="button" disabled={busy} onClick={() => onChoose(seat.slot)}>{seatLine(seat)}</button></li>)}</ul>;
        }}
      </Asking>
    </div>
  );
}
