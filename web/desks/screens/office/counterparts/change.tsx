import { useEffect, useId, useRef, useState, type FormEvent } from 'react';
import type { CounterpartChangeView, CounterpartsView, Service } from '../../../../../src/city/index.ts';
import { cityNow } from '../../../../shared/clock.ts';
import type { CityAnswer } from '../../../data/contract.ts';
import { usePost } from '../../../data/post.ts';
import { useWords } from '../../../shell/language.tsx';
import { farOf } from './answering.tsx';
import { holdsAt, useAnswering, usePreview } from './queries.ts';
import { Would } from './would.tsx';

interface ChangeProps {
  readonly city: CityAnswer;
  readonly view: CounterpartsView;
  readonly towns: readonly string[];
  readonly service: Service | undefined;
  readonly onDone: (answer: CounterpartChangeView) => void;
  readonly onCancel: () => void;
}

const WHY_MIN = 3;
/** A hand that still chooses is not asked about every press. */
const RESTS_MS = 300;

/** Who is to answer, in which order, from when until when and why; what it would do and what is wrong with it is said while it is written. */
export function Change({ city, view, towns, service, onDone, onCancel }: ChangeProps) {
  const { t, word, say } = useWords();
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const [institutions, setInstitutions] = useState<readonly string[]>(() => namedNow(view, towns[0]!, service));
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [why, setWhy] = useState('');
  const [tried, setTried] = useState(false);
  const send = usePost<CounterpartChangeView>('counterparts', 'holes');
  const answering = useAnswering(towns).data?.services.find((one) => one.service === (service ?? 'emergency'));
  const changes = [{ towns, ...(service && { service }), institutions, ...(from !== '' && { from }), ...(to !== '' && { to }) }];
  const body = useRested(JSON.stringify({ changes }));
  const preview = usePreview(body);
  useEffect(() => form.current?.querySelector('select')?.focus(), []);

  const differ = towns.some((town) => namedNow(view, town, service).join() !== namedNow(view, towns[0]!, service).join());
  const nameOf = (code: string): string => say(city.institutions.find((one) => one.code === code)?.name) || code;
  const choices = answering?.choices ?? [];
  const others = city.institutions.filter(({ code, services }) => (service === undefined || services.includes(service)) && !choices.some((one) => one.institution === code));
  const farByCode = new Map(choices.map((one) => [one.institution, farOf(one, t)]));
  const move = (index: number, by: -1 | 1): void => {
    const next = [...institutions];
    next.splice(index + by, 0, ...next.splice(index, 1));
    setInstitutions(next);
  };
  const asked = body === JSON.stringify({ changes }) ? preview.data : undefined;
  const whyMissing = why.trim().length < WHY_MIN;
  const ready = asked !== undefined && asked.problems.length === 0 && asked.towns.length > 0;
  const wrong = (field: string): string | undefined => asked?.problems.find((problem) => problem.field.endsWith(`.${field}`))?.detail;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (ready && !whyMissing) return send.now('/api/counterparts', { base: view.version, why: why.trim(), changes }, onDone);
    setTimeout(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };
  return (
    <form ref={form} className="roads-draw" onSubmit={submit} noValidate aria-label={t('counterparts.change-form')}>
      <h2>{t('counterparts.change-of', { service: service ? word('service', service) : t('counterparts.all-services'), count: towns.length })}</h2>
      <fieldset>
        <legend>{t('counterparts.in-order')}</legend>
        {differ && <p className="quiet">{t('counterparts.differ')}</p>}
        <ol className="named">
          {institutions.map((code, index) => (
            <li key={code}>
              <span>{nameOf(code)} <span className="quiet">{farByCode.get(code)}</span></span>
              <button type="button" disabled={index === 0} aria-label={t('counterparts.earlier', { name: nameOf(code) })} onClick={() => move(index, -1)}>↑</button>
              <button type="button" disabled={index === institutions.length - 1} aria-label={t('counterparts.later', { name: nameOf(code) })} onClick={() => move(index, 1)}>↓</button>
              <button type="button" aria-label={t('counterparts.leave-out', { name: nameOf(code) })} onClick={() => setInstitutions(institutions.filter((each) => each !== code))}>×</button>
            </li>
          ))}
        </ol>
        {institutions.length === 0 && <p className="quiet">{t(service ? 'counterparts.none-of-service' : 'counterparts.nobody')}</p>}
        <label className="field">{t('counterparts.add')}
          <select value="" aria-invalid={wrong('institutions') !== undefined} onChange={({ target: { value } }) => { if (value !== '') setInstitutions([...institutions, value]); }}>
            <option value="" />
            {choices.filter(({ institution }) => !institutions.includes(institution)).map((one) => (
              <option key={one.institution} value={one.institution}>{`${nameOf(one.institution)} · ${farOf(one, t)}${one.state === 'open' ? '' : ` · ${word('service-state', one.state)}`}`}</option>
            ))}
            {others.filter(({ code }) => !institutions.includes(code)).map(({ code }) => <option key={code} value={code}>{nameOf(code)}</option>)}
          </select>
        </label>
      </fieldset>
      <fieldset className="grid">
        <legend>{t('counterparts.when')}</legend>
        <label className="field">{t('counterparts.from')}<input type="datetime-local" value={from} aria-invalid={wrong('from') !== undefined} onChange={({ target }) => setFrom(target.value)} /></label>
        <label className="field">{t('counterparts.to')}<input type="datetime-local" value={to} aria-invalid={wrong('to') !== undefined} onChange={({ target }) => { setTo(target.value); if (from === '') setFrom(localNow()); }} /></label>
      </fieldset>
      <label className="field" htmlFor={`${id}why`}>{t('counterparts.why')}</label>
      <input id={`${id}why`} value={why} maxLength={300} aria-invalid={tried && whyMissing} aria-describedby={`${id}why-problem`} onChange={({ target }) => setWhy(target.value)} />
      {tried && whyMissing && <p className="problem" id={`${id}why-problem`}>{t('counterparts.why-missing')}</p>}
      <Would city={city} answer={asked} error={preview.error} />
      {send.problem && <div role="alert" className="problem"><p>{send.problem}</p><ul>{send.fields.map(({ field, detail }) => <li key={field + detail}>{detail}</li>)}</ul></div>}
      <div className="actions">
        <button type="submit" className="primary" disabled={send.busy || !ready}>{send.busy ? t('act.sending') : t('counterparts.save')}</button>
        <button type="button" onClick={onCancel}>{t('act.cancel')}</button>
      </div>
    </form>
  );
}

/** Those named for this service, or for all of them where nobody is. */
function namedNow({ rows, at }: CounterpartsView, town: string, service: Service | undefined): readonly string[] {
  const inForce = rows.filter((row) => row.town === town && holdsAt(row, at));
  return (inForce.find((row) => row.service === service) ?? inForce.find((row) => row.service === undefined))?.institutions ?? [];
}

/** As a field for day and time has it, in the city's time. */
const localNow = (): string => new Date(cityNow() + 8 * 3_600_000).toISOString().slice(0, 16);

function useRested(text: string): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), RESTS_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return rested;
}
