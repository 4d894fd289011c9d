import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type FormEvent } from 'react';
import type { AppointmentView, FreeSeatsView, FreeSeatView } from '../../../src/appointments/index.ts';
import { NEED_OF, OFFERED, type OfferedService } from '../../book/choice.ts';
import { grouped } from '../../book/seats.ts';
import { seatLine, wayOf } from '../../book/words.ts';
import { get, newIntent, post, Problem, type Intent } from '../../shared/api.ts';
import { cityNow } from '../../shared/clock.ts';
import { cityDay, clockTime } from '../../shared/time.ts';
import { useWords } from '../shell/language.tsx';
import { dayAndTime } from '../shell/now.ts';
import { Asking, Empty } from '../shell/states.tsx';
import { EMPTY, intakeOf, problemsOf, type Draft } from './draft.ts';
import { PersonPart, PlacePart, SituationPart } from './parts.tsx';
import './book-for.css';

interface BookForProps {
  readonly onClose: () => void;
  readonly phone?: string;
  /** A ward books into its own clinics alone. */
  readonly institution?: string;
}
interface Wish {
  readonly service: OfferedService | '';
  readonly date: string;
}

const DAY_MS = 86_400_000;
/** Of one house so many hours are enough to choose from while somebody waits on the telephone. */
const HOURS_SHOWN = 10;
const HOUSES_SHOWN = 5;
const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** Somebody without a phone of their own, or on the telephone: their place first, then an hour near it, then who they are and who asks for them. */
export function BookFor({ onClose, phone = '', institution }: BookForProps) {
  const { t, word } = useWords();
  const queries = useQueryClient();
  const [draft, setDraft] = useState<Draft>({ ...EMPTY, phone });
  const [wish, setWish] = useState<Wish>({ service: '', date: dateOf(cityDay(cityNow()) + 1) });
  const [seat, setSeat] = useState<FreeSeatView>();
  const [missing, setMissing] = useState<readonly string[]>([]);
  // The same wish keeps its key through every try of the same form: pressed twice, it is one seat.
  const intent = useRef<Intent>(newIntent());
  const send = useMutation({
    mutationFn: ({ path, body }: { path: string; body: object }) => post<Partial<AppointmentView> & { url?: string }>(path, body, { intent: intent.current }),
    onSettled: () => void queries.invalidateQueries({ queryKey: ['appointments'] }),
  });
  const changed = (): void => {
    intent.current = newIntent();
    send.reset();
  };
  const change = (part: Partial<Draft>): void => {
    changed();
    setDraft((now) => ({ ...now, ...part }));
  };
  const want = (part: Partial<Wish>): void => {
    changed();
    setSeat(undefined);
    setWish((now) => ({ ...now, ...part }));
  };
  const care = (): object => intakeOf({ ...draft, need: wish.service && NEED_OF[wish.service] });
  const problems = (): readonly string[] => problemsOf({ ...draft, need: wish.service });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const wrong = [...problems(), ...(seat ? [] : ['seat'])];
    setMissing(wrong);
    if (wrong.length === 0) send.mutate({ path: '/api/appointments', body: { slot: seat!.slot, care: care() } });
  };
  const wait = (): void => {
    const wrong = problems();
    setMissing(wrong);
    const from = Date.parse(`${wish.date}T00:00:00+08:00`);
    if (wrong.length === 0) send.mutate({ path: '/api/waiting', body: { service: wish.service, ...(institution && { institutions: [institution] }), from: Math.max(from, cityNow()), to: from + 7 * DAY_MS, care: care() } });
  };
  const parts = { draft, change, missing };
  if (send.isSuccess) return <Done answer={send.data} name={draft.name.trim()} onClose={onClose} />;
  return (
    <section className="new-request" aria-label={t('bookfor.title')}>
      <form onSubmit={submit} noValidate>
        <header className="panel-head">
          <h2>{t('bookfor.title')}</h2>
          <button type="button" className="plain" onClick={onClose}>{t('act.cancel')}</button>
        </header>
        <PlacePart {...parts} />
        <fieldset className="grid">
          <legend>{t('bookfor.seats')}</legend>
          <label className="field">{t('bookfor.service')}
            <select value={wish.service} aria-invalid={missing.includes('need')} onChange={(event) => want({ service: event.target.value as Wish['service'] })}>
              <option value="">{t('act.choose')}</option>
              {OFFERED.map((service) => <option key={service} value={service}>{word('service', service)}</option>)}
            </select>
          </label>
          <label className="field">{t('bookfor.on')}<input type="date" value={wish.date} onChange={(event) => want({ date: event.target.value })} /></label>
          <div className="wide">
            {wish.service !== '' && <Seats wish={wish} draft={draft} institution={institution} chosen={seat?.slot} onChoose={(one) => { changed(); setSeat(one); }} />}
            {seat && <p role="status"><b>{t('bookfor.chosen', { seat: seatLine(seat) })}</b></p>}
            {missing.includes('seat') && !seat && <p className="problem">{t('act.needed')}</p>}
          </div>
        </fieldset>
        <p className="quiet">{t('bookfor.proxy')}</p>
        <PersonPart {...parts} />
        <SituationPart {...parts} />
        {missing.length > 0 && <p role="alert" className="problem">{t('new.missing', { fields: missing.map((name) => (name === 'seat' ? t('bookfor.seat-missing') : word('new-field', name))).join(', ') })}</p>}
        {send.error && (
          <div role="alert" className="problem">
            <p>{send.error.message}</p>
            {send.error instanceof Problem && <ul>{send.error.fields.map(({ field, detail }) => <li key={field}>{detail || field}</li>)}</ul>}
          </div>
        )}
        <div className="actions sticky">
          <button type="submit" className="primary" disabled={send.isPending}>{t(send.isPending ? 'act.sending' : 'bookfor.book')}</button>
          {wish.service !== '' && <button type="button" disabled={send.isPending} onClick={wait}>{t('bookfor.wait')}</button>}
        </div>
      </form>
    </section>
  );
}

interface SeatsProps {
  readonly wish: Wish;
  readonly draft: Draft;
  readonly institution: string | undefined;
  readonly chosen: string | undefined;
  readonly onChoose: (seat: FreeSeatView) => void;
}

/** Free hours of the day, nearest house first; when there are none, what comes next. */
function Seats({ wish: { service, date }, draft: { town, groups }, institution, chosen, onChoose }: SeatsProps) {
  const { t, say } = useWords();
  const from = Date.parse(`${date}T00:00:00+08:00`);
  const query = new URLSearchParams({
    service, ...(Number.isNaN(from) ? {} : { from: String(from), to: String(from + DAY_MS) }), ...(town && { town }), ...(institution && { institution }), ...(groups.length > 0 && { groups: groups.join(',') }),
  }).toString();
  const asked = useQuery({ queryKey: ['appointments', 'free', query], queryFn: () => get<FreeSeatsView>(`/api/appointments/free?${query}`), placeholderData: (before) => before });
  return (
    <Asking asked={asked}>
      {({ seats, otherDay, notYet }) => (
        <>
          {seats.length === 0 && <Empty>{t('bookfor.seats-empty')}</Empty>}
          {notYet && <p><b>{t('bookfor.not-yet', { time: dayAndTime(notYet.releasedAt) })}</b></p>}
          {otherDay && <p>{t('bookfor.other', { seat: seatLine(otherDay) })} <button type="button" aria-pressed={otherDay.slot === chosen} onClick={() => onChoose(otherDay)}>{t('bookfor.take')}</button></p>}
          <ul className="plain-rows seat-houses">
            {grouped(seats).slice(0, HOUSES_SHOWN).map((house) => (
              <li key={house.key}>
                <p><b>{say(house.institutionName)}</b> {house.clinicName} <span className="quiet">{wayOf(house)}</span></p>
                <p className="seat-hours">
                  {house.seats.slice(0, HOURS_SHOWN).map((one) => (
                    <button key={one.slot} type="button" aria-pressed={one.slot === chosen} aria-label={seatLine(one)} onClick={() => onChoose(one)}>{clockTime(one.startsAt)} <span className="quiet">{one.seatsLeft}</span></button>
                  ))}
                </p>
              </li>
            ))}
          </ul>
        </>
      )}
    </Asking>
  );
}

/** What to read to them before they hang up. */
function Done({ answer, name, onClose }: { readonly answer: Partial<AppointmentView> & { readonly url?: string }; readonly name: string; readonly onClose: () => void }) {
  const { t } = useWords();
  const { startsAt, institutionName, clinicName, url } = answer;
  return (
    <section className="new-request" aria-label={t('bookfor.title')} role="status">
      <h2>{startsAt !== undefined && institutionName ? t('bookfor.done', { seat: seatLine({ startsAt, institutionName, clinicName }) }) : t('bookfor.done-wait', { name })}</h2>
      {url && <><p>{t('bookfor.tell')}</p><p className="code book-link">{new URL(url, location.origin).href}</p></>}
      <div className="actions"><button type="button" className="primary" onClick={onClose}>{t('clinics.done')}</button></div>
    </section>
  );
}
