import { useState, type FormEvent } from 'react';
import type { StatementView } from '../../../src/reception/index.ts';
import { usePost } from '../data/post.ts';
import { useWords } from '../shell/language.tsx';
import { dayAndTime } from '../shell/now.ts';

/** What our house says to the public. It stands there once the district has read it. */
export function OurStatement({ statements: [now] }: { readonly statements: readonly StatementView[] }) {
  const { t } = useWords();
  const send = usePost('refusals');
  const [text, setText] = useState<string>();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    send.now('/api/refusals/statement', { text: text!.trim() }, () => setText(undefined));
  };
  return (
    <section aria-label={t('refusal.our-word')}>
      <h2>{t('refusal.our-word')}</h2>
      {now && <blockquote><p>{now.text}</p><footer>{now.publishedAt === undefined ? t('refusal.unread') : t('refusal.published', { time: dayAndTime(now.publishedAt), by: now.publishedBy ?? '' })}</footer></blockquote>}
      {text === undefined ? <p className="actions"><button type="button" onClick={() => setText(now?.text ?? '')}>{t(now ? 'refusal.word-change' : 'refusal.word-write')}</button></p> : (
        <form className="change" onSubmit={submit}>
          <label>{t('refusal.word-text')}<textarea rows={4} required maxLength={2000} value={text} onChange={(event) => setText(event.target.value)} /></label>
          <p className="actions"><button type="submit" className="primary" disabled={send.busy || text.trim() === ''}>{t('refusal.word-send')}</button><button type="button" onClick={() => setText(undefined)}>{t('act.cancel')}</button></p>
        </form>
      )}
      {send.problem && <p role="alert" className="problem">{send.problem}</p>}
    </section>
  );
}

/** A second person reads it for one thing: that nobody can be found in it. */
export function StatementsToRead({ statements }: { readonly statements: readonly StatementView[] }) {
  const { t, say } = useWords();
  const send = usePost('refusals');
  const unread = statements.filter(({ publishedAt }) => publishedAt === undefined);
  if (unread.length === 0) return null;
  return (
    <section aria-label={t('refusal.to-read')}>
      <h2>{t('refusal.to-read')}</h2>
      <ul className="plain-rows">
        {unread.map(({ institution, name, text, by, at }) => (
          <li key={institution}>
            <b>{say(name)}</b> <span className="quiet">{by}, {dayAndTime(at)}</span>
            <blockquote><p>{text}</p></blockquote>
            <p className="actions"><button type="button" disabled={send.busy} onClick={() => send.now('/api/refusals/statement/publish', { institution, writtenAt: at })}>{t('refusal.publish')}</button></p>
          </li>
        ))}
      </ul>
      {send.problem && <p role="alert" className="problem">{send.problem}</p>}
    </section>
  );
}
