import { useState, type FormEvent } from 'react';
import type { SeriesService } from '../../../../../src/appointments/index.ts';
import { GAP_RULES, SERIES_SERVICES } from '../../../../../src/appointments/safe-gap.ts';
import { usePost } from '../../../data/post.ts';
import { useCity, useMe } from '../../../data/queries.ts';
import { EMPTY, intakeOf, problemsOf, type Draft } from '../../../requests/draft.ts';
import { PersonPart, PlacePart, SituationPart } from '../../../requests/parts.tsx';
import { cityInstant, patternFrom, startPattern } from '../../../series/pattern.ts';
import { dayAndTime } from '../../../shell/now.ts';
import { useWords } from '../../../shell/language.tsx';
import { CohortChoice } from './cohort-choice.tsx';
import { PatternInput } from './pattern-input.tsx';


interface Enrolled {
  readonly placed: number;
  readonly notPlaced: number;
  readonly beyondGap: boolean;
  readonly extraAt?: number;
}

/** Somebody of ours whose treatment comes again and again: their chairs of the next fourteen days are taken at once. */
export function Enrol({ onClose }: { readonly onClose: () => void }) {
  const { t, word } = useWords();
  const me = useMe();
  const city = useCity();
  const institution = me.data?.actor.scope.split(':')[1] ?? '';
  const runs: readonly string[] = city.data?.institutions.find(({ code }) => code === institution)?.services ?? [];
  const services = SERIES_SERVICES.filter((service) => runs.includes(service));
  const [service, setService] = useState<SeriesService | undefined>(services[0]);
  const [draft, setDraft] = useState<Draft>(EMPTY);
  const [missing, setMissing] = useState<readonly string[]>([]);
  const [pattern, setPattern] = useState(() => startPattern());
  const [cohort, setCohort] = useState('other');
  const [last, setLast] = useState('');
  const [gap, setGap] = useState('');
  const [done, setDone] = useState<Enrolled>();
  const send = usePost<Enrolled>('series');
  const change = (part: Partial<Draft>): void => setDraft((now) => ({ ...now, ...part }));
  const parts = { draft, change, missing };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (service === undefined) return;
    const whole = { ...draft, need: service };
    const chosen = patternFrom(pattern);
    const lacking = [...problemsOf(whole), ...(chosen ? [] : ['pattern']), ...(Number(gap) > 0 ? [] : ['safeGap'])];
    setMissing(lacking);
    if (lacking.length > 0 || !chosen) return;
    const lastStartAt = last ? cityInstant(last) : undefined;
    const { ownInstitution: _ours, ...care } = intakeOf(whole) as { ownInstitution?: string };
    send.now('/api/series', { care, service, institution, pattern: chosen, cohort, safeGapHours: Number(gap), ...(lastStartAt !== undefined && { lastStartAt }) }, setDone);
  };
  return (
    <section className="new-request" aria-label={t('series.enrol-title')}>
      <form onSubmit={submit} noValidate>
        <header className="panel-head">
          <h2>{t('series.enrol-title')}</h2>
          <button type="button" className="plain" onClick={onClose}>{t(done ? 'series.enrol-close' : 'act.cancel')}</button>
        </header>
        {done ? (
          <div role="status">
            <p><b>{t(done.notPlaced === 0 ? 'series.enrolled' : 'series.enrolled-some', { placed: done.placed, notPlaced: done.notPlaced })}</b></p>
            {done.extraAt !== undefined && <p>{t('series.extra-placed', { time: dayAndTime(done.extraAt) })}</p>}
            {done.beyondGap && <p className="problem">{t('series.beyond-gap')}</p>}
          </div>
        ) : (
          <>
            {services.length === 0 && <p className="problem">{t('series.no-service')}</p>}
            <PlacePart {...parts} />
            <PersonPart {...parts} />
            <fieldset className="grid">
              <legend>{t('series.what')}</legend>
              <label className="field">{t('series.service')}<select value={service ?? ''} onChange={(event) => setService(event.target.value as SeriesService)}>{services.map((each) => <option key={each} value={each}>{word('service', each)}</option>)}</select></label>
              <CohortChoice cohort={cohort} onChange={setCohort} />
              <div className="wide"><PatternInput draft={pattern} onChange={setPattern} /></div>
              <label className="field">{t('series.last')}<input type="datetime-local" value={last} onChange={(event) => setLast(event.target.value)} /></label>
              <div className="field">
                <label>{t('series.gap-hours')}<input type="number" min={1} max={2000} value={gap} aria-invalid={missing.includes('safeGap')} onChange={(event) => setGap(event.target.value)} /></label>
                {service && <button type="button" className="plain" onClick={() => setGap(String(GAP_RULES[service].usualHours))}>{t('series.gap-usual', { hours: GAP_RULES[service].usualHours })}</button>}
                {missing.includes('safeGap') && <p className="problem">{t('series.gap-needed')}</p>}
              </div>
              {missing.includes('pattern') && <p className="problem wide">{t('series.pattern-needed')}</p>}
            </fieldset>
            <SituationPart {...parts} />
            {missing.length > 0 && <p role="alert" className="problem">{t('series.incomplete')}</p>}
            {send.problem && <div role="alert" className="problem"><p>{send.problem}</p>{send.fields.length > 0 && <ul>{send.fields.map(({ field, detail }) => <li key={field}>{detail || field}</li>)}</ul>}</div>}
            <div className="actions sticky"><button type="submit" className="primary" disabled={send.busy || service === undefined}>{send.busy ? t('act.sending') : t('series.enrol-now')}</button></div>
          </>
        )}
      </form>
    </section>
  );
}
