import { useState, type FormEvent } from 'react';
import type { JourneyView } from '../../../../src/journey/index.ts';
import { usePost } from '../../data/post.ts';
import { useWords } from '../../shell/language.tsx';
import { dayAndTime } from '../../shell/now.ts';
import { answerBody, startOf, wrongAt, type AnswerDraft } from './draft.ts';
import { Prescribing } from './prescribing.tsx';

/** The pharmacist asked: the prescriber changes what they wrote, or says why it stands. Nobody else substitutes anything. */
export function Amend({ journey }: { readonly journey: JourneyView }) {
  const { t } = useWords();
  const { visit } = journey;
  const [draft, setDraft] = useState<AnswerDraft>(() => ({
    ...startOf(undefined, visit?.allergies), assessment: visit?.prescription?.long?.assessment ?? '', agreed: visit?.prescription?.long?.agreed ?? false,
    items: (visit?.prescription?.items ?? []).map(({ medicine, dose, days, quantity }) => ({ medicine, dose, days: String(days), quantity: quantity === undefined ? '' : String(quantity) })),
  }));
  const [reason, setReason] = useState('');
  const send = usePost('journey', 'clinic', 'journeys');
  if (!visit?.query) return null;
  const { question, by, at, item } = visit.query;
  const { advice: _asBefore, ...prescribed } = answerBody(draft);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    send.now(`/api/journeys/${encodeURIComponent(journey.id)}/amend-prescription`, { ...prescribed, reason: reason.trim() });
  };
  return (
    <form className="answer-form" onSubmit={submit} noValidate aria-label={t('cloud.amend')}>
      <p className="what-happens">{by} · {dayAndTime(at)} · <b>{visit.prescription?.items[item]?.medicine}</b>: “{question}”</p>
      <Prescribing journey={journey} draft={draft} change={(part) => setDraft((now) => ({ ...now, ...part }))} refused={send.fields} />
      <label>{t('cloud.amend-reason')}<input maxLength={500} value={reason} aria-invalid={wrongAt(send.fields, 'reason').length > 0} onChange={(event) => setReason(event.target.value)} /></label>
      {send.problem && <p role="alert" className="problem">{send.problem}</p>}
      <div className="actions"><button type="submit" className="primary" disabled={send.busy || reason.trim() === ''}>{send.busy ? t('act.sending') : t('cloud.amend')}</button></div>
    </form>
  );
}
