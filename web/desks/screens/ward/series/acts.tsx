import { useState, type FormEvent, type ReactNode } from 'react';
import type { SeriesPattern, SeriesView } from '../../../../../src/appointments/index.ts';
import { cityNow } from '../../../../shared/clock.ts';
import { usePost } from '../../../data/post.ts';
import { FindingPicker } from '../../../requests/finding-picker.tsx';
import { cityInstant, patternFrom, patternOf, startPattern } from '../../../series/pattern.ts';
import { useWords } from '../../../shell/language.tsx';
import { CohortChoice } from './cohort-choice.tsx';
import { PatternInput } from './pattern-input.tsx';

const ACTS = ['session-started', 'symptom', 'time', 'cohort', 'thin', 'pause', 'end'] as const;
type Act = (typeof ACTS)[number];

/** What a clinician of the unit does with one series. Fewer sessions, a pause and an end carry their name and a reason; nothing else takes one away. */
export function Acts({ series }: { readonly series: SeriesView }) {
  const words = useWords();
  const { t, word } = words;
  const [act, setAct] = useState<Act>();
  const send = usePost('series', 'journeys');
  const now = (name: Act | 'resume', body: object): void => send.now(`/api/series/${encodeURIComponent(series.id)}/${name}`, body, () => setAct(undefined));
  const pattern = series.pattern as SeriesPattern;
  return (
    <div className="series-acts">
      <p className="quiet">{patternOf(words, pattern)} · {t('series.safe-gap-of', { hours: series.safeGapHours })}</p>
      <div className="actions">
        <button type="button" disabled={send.busy} onClick={() => now('session-started', { at: cityNow() })}>{t('series.started-now')}</button>
        {ACTS.filter((each) => each !== 'pause' || !series.paused).map((each) => <button key={each} type="button" className={each === 'end' || each === 'thin' ? 'grave' : ''} aria-expanded={act === each} onClick={() => setAct(act === each ? undefined : each)}>{word('series-act', each)}</button>)}
        {series.paused && <button type="button" disabled={send.busy} onClick={() => now('resume', {})}>{word('series-act', 'resume')}</button>}
      </div>
      {act !== undefined && <Form key={act} act={act} pattern={pattern} cohort={series.cohort} busy={send.busy} onSend={(body) => now(act, body)} id={series.id} />}
      {send.problem && <p role="alert" className="problem">{send.problem} {send.fields.map(({ detail }) => detail).join(' ')}</p>}
    </div>
  );
}

interface FormProps {
  readonly act: Act;
  readonly pattern: SeriesPattern;
  readonly cohort: string;
  readonly id: string;
  readonly busy: boolean;
  readonly onSend: (body: object) => void;
}

function Form({ act, pattern, cohort: now, id, busy, onSend }: FormProps) {
  const { t, word } = useWords();
  const [reason, setReason] = useState('');
  const [findings, setFindings] = useState<readonly string[]>([]);
  const [at, setAt] = useState('');
  const [draft, setDraft] = useState(() => startPattern(pattern));
  const [gap, setGap] = useState('');
  const [cohort, setCohort] = useState(now);
  const next = patternFrom(draft, pattern);
  const body = ((): object | undefined => {
    const instant = at ? cityInstant(at) : undefined;
    switch (act) {
      case 'session-started': return instant === undefined ? undefined : { at: instant };
      case 'symptom': return findings.length > 0 ? { findings } : undefined;
      case 'time': return next && { pattern: next };
      case 'cohort': return cohort === now ? undefined : { cohort };
      case 'thin': return next && reason.trim() ? { pattern: next, reason: reason.trim(), ...(Number(gap) > 0 && { safeGapHours: Number(gap) }) } : undefined;
      case 'pause': return instant !== undefined && reason.trim() ? { until: instant, reason: reason.trim() } : undefined;
      case 'end': return reason.trim() ? { reason: reason.trim() } : undefined;
    }
  })();
  const fields: Readonly<Record<Act, ReactNode>> = {
    'session-started': <label>{t('series.started-at')}<input type="datetime-local" value={at} onChange={(event) => setAt(event.target.value)} /></label>,
    symptom: <><label htmlFor={`symptom-${id}`}>{t('fact.findings')}</label><FindingPicker id={`symptom-${id}`} chosen={findings} onChange={setFindings} /></>,
    time: <PatternInput draft={draft} onChange={setDraft} />,
    cohort: <CohortChoice cohort={cohort} onChange={setCohort} />,
    thin: (
      <>
        <PatternInput draft={draft} onChange={setDraft} />
        <label>{t('series.gap-hours-new')}<input type="number" min={1} max={2000} value={gap} onChange={(event) => setGap(event.target.value)} /></label>
      </>
    ),
    pause: <label>{t('series.pause-until')}<input type="datetime-local" value={at} onChange={(event) => setAt(event.target.value)} /></label>,
    end: null,
  };
  return (
    <form className="inset change" onSubmit={(event: FormEvent) => { event.preventDefault(); if (body) onSend(body); }}>
      {fields[act]}
      {(act === 'thin' || act === 'pause' || act === 'end') && <label>{t('series.reason')}<input value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} /></label>}
      <p className="what-happens">{word('series-happens', act)}</p>
      <div className="actions"><button type="submit" className="primary" disabled={busy || body === undefined}>{busy ? t('act.sending') : word('series-do', act)}</button></div>
    </form>
  );
}

