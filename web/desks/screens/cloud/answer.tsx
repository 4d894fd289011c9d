import { useState, type FormEvent } from 'react';
import type { JourneyView } from '../../../../src/journey/index.ts';
import { usePost } from '../../data/post.ts';
import { useWords } from '../../shell/language.tsx';
import { answerBody, startOf, wrongAt, type AnswerDraft } from './draft.ts';
import { WrongList } from './items.tsx';
import { Prescribing } from './prescribing.tsx';

/** Advice in plain words, and what is prescribed. Advice alone is an answer; everything wrong is said at once, each at its field. */
export function AnswerForm({ journey }: { readonly journey: JourneyView }) {
  const { t, word } = useWords();
  const [draft, setDraft] = useState<AnswerDraft>(() => startOf(journey.clinical?.medicine, journey.visit?.allergies));
  const send = usePost('journey', 'clinic', 'journeys');
  const change = (part: Partial<AnswerDraft>): void => setDraft((now) => ({ ...now, ...part }));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    send.now(`/api/journeys/${encodeURIComponent(journey.id)}/answer-visit`, answerBody(draft));
  };
  return (
    <form className="answer-form" onSubmit={submit} noValidate aria-label={t('cloud.answer-form')}>
      <h3>{t('cloud.answer-form')}</h3>
      <label>{word('field', 'advice')}<textarea rows={3} maxLength={4_000} value={draft.advice} aria-invalid={wrongAt(send.fields, 'advice').length > 0} onChange={(event) => change({ advice: event.target.value })} /></label>
      <WrongList wrong={wrongAt(send.fields, 'advice')} />
      <Prescribing journey={journey} draft={draft} change={change} refused={send.fields} />
      {send.problem && <p role="alert" className="problem">{send.problem}</p>}
      <div className="actions"><button type="submit" className="primary" disabled={send.busy}>{send.busy ? t('act.sending') : t(draft.items.length > 0 ? 'cloud.answer-prescribe' : 'cloud.answer-only')}</button></div>
    </form>
  );
}
