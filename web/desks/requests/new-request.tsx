import { useMutation } from '@tanstack/react-query';
import { useRef, useState, type FormEvent } from 'react';
import type { JourneyView } from '../../../src/journey/index.ts';
import { newIntent, post, Problem, type Intent } from '../../shared/api.ts';
import { useWords } from '../shell/language.tsx';
import { EMPTY, intakeOf, problemsOf, type Draft } from './draft.ts';
import { Questions } from './questions.tsx';
import { PersonPart, PlacePart, SituationPart, WrongPart } from './parts.tsx';

interface NewRequestProps {
  readonly onClose: () => void;
  readonly onSent: (journey: JourneyView) => void;
  readonly phone?: string;
}

/**
 * A request for somebody without a phone of their own, or on the telephone: number and place first, in case the line drops;
 * awake and breathing before anything else.
 */
export function NewRequest({ onClose, onSent, phone = '' }: NewRequestProps) {
  const { t, word } = useWords();
  const [draft, setDraft] = useState<Draft>({ ...EMPTY, phone });
  const [missing, setMissing] = useState<readonly string[]>([]);
  // The same request keeps its key through every try of the same form: pressed twice, it is received once.
  const intent = useRef<Intent>(newIntent());
  const send = useMutation({
    mutationFn: (body: object) => post<{ journey: JourneyView }>('/api/requests', body, { intent: intent.current }),
    onSuccess: ({ journey }) => onSent(journey),
  });
  const change = (part: Partial<Draft>): void => {
    intent.current = newIntent();
    setDraft((now) => ({ ...now, ...part }));
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const problems = problemsOf(draft);
    setMissing(problems);
    if (problems.length === 0) send.mutate(intakeOf(draft));
  };
  const parts = { draft, change, missing };
  return (
    <section className="new-request" aria-label={t('new.title')}>
      <form onSubmit={submit} noValidate>
        <header className="panel-head">
          <h2>{t('new.title')}</h2>
          <button type="button" className="plain" onClick={onClose}>{t('act.cancel')}</button>
        </header>
        <PlacePart {...parts} />
        <Questions draft={draft} change={change} />
        <WrongPart {...parts} />
        <PersonPart {...parts} />
        <SituationPart {...parts} />
        {missing.length > 0 && <p role="alert" className="problem">{t('new.missing', { fields: missing.map((name) => word('new-field', name)).join(', ') })}</p>}
        {send.error && (
          <div role="alert" className="problem">
            <p>{send.error.message}</p>
            {send.error instanceof Problem && <ul>{send.error.fields.map(({ field, detail }) => <li key={field}>{detail || field}</li>)}</ul>}
          </div>
        )}
        <div className="actions sticky">
          <button type="submit" className="primary" disabled={send.isPending}>{t(send.isPending ? 'act.sending' : 'new.send')}</button>
        </div>
      </form>
    </section>
  );
}
