import { useEffect, useId, useRef, type ChangeEvent, type FormEvent, type RefObject } from 'react';
import type { FieldProblem } from '../../../../shared/api.ts';
import type { PolicyActAnswer } from '../../../data/contract.ts';
import { usePost } from '../../../data/post.ts';
import { useWords } from '../../../shell/language.tsx';

interface WriteProps {
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly onClose: () => void;
  readonly onDone: (answer: PolicyActAnswer) => void;
}

/**
 * A draft as text, typed, pasted or from a file. What is wrong with it is said line by line beside the text, which stays as it
 * is until it has been taken.
 */
export function Write({ text, onText, onClose, onDone }: WriteProps) {
  const { t } = useWords();
  const send = usePost<PolicyActAnswer>('policies');
  const source = useRef<HTMLTextAreaElement>(null);
  const problems = useRef<HTMLDivElement>(null);
  const id = useId();
  // On a phone the problems lie below the text: whoever pressed is taken there.
  useEffect(() => { if (send.problem) problems.current?.scrollIntoView({ block: 'center' }); }, [send.problem]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    send.now('/api/policies', { text }, onDone);
  };
  const takeFile = (event: ChangeEvent<HTMLInputElement>): void => {
    const [file] = event.target.files ?? [];
    // The same file can be chosen again after it was mended outside.
    event.target.value = '';
    if (file) void file.text().then(onText);
  };
  /** Puts the cursor where the problem is, and the line into sight. */
  const goTo = ({ line = 1, column = 1 }: FieldProblem): void => {
    const field = source.current;
    if (!field) return;
    const lines = text.split('\n');
    const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
    field.focus();
    field.setSelectionRange(start + column - 1, start + (lines[line - 1]?.length ?? 0));
    field.scrollTop = (line - 4) * (field.scrollHeight / lines.length);
  };
  return (
    <form className="write" onSubmit={submit}>
      <header className="panel-head">
        <h2>{t('policy.write')}</h2>
        <button type="button" className="plain" onClick={onClose}>{t('policy.write-later')}</button>
      </header>
      <p className="quiet">{t('policy.write-hint')}</p>
      <p>
        <label htmlFor={`${id}-file`}>{t('policy.file')}</label>
        <input id={`${id}-file`} type="file" accept=".yaml,.yml,text/yaml,text/plain" onChange={takeFile} />
      </p>
      <label htmlFor={`${id}-text`}>{t('policy.text')}</label>
      <div className="source">
        <LineNumbers count={text.split('\n').length} source={source} wrong={new Set(send.fields.map(({ line }) => line))} />
        <textarea
          id={`${id}-text`} ref={source} className="code" wrap="off" spellCheck={false} autoComplete="off" autoCapitalize="off" value={text}
          aria-invalid={send.problem !== undefined} aria-describedby={`${id}-problems`} onChange={(event) => onText(event.target.value)}
        />
      </div>
      <div id={`${id}-problems`} ref={problems} role={send.problem ? 'alert' : undefined}>
        {send.problem && <p className="problem">{send.fields.length > 0 ? t('policy.unreadable', { count: send.fields.length }) : send.problem}</p>}
        <ol className="problems">
          {send.fields.map((field, index) => (
            <li key={index}><button type="button" className="plain" onClick={() => goTo(field)}>{field.detail}</button></li>
          ))}
        </ol>
      </div>
      <div className="actions sticky">
        <button type="submit" className="primary" disabled={send.busy || text.trim() === ''}>{t(send.busy ? 'act.sending' : 'policy.write-do')}</button>
        <span className="quiet">{t('policy.write-then')}</span>
      </div>
    </form>
  );
}

/** The numbers of the lines beside them; a line with a problem carries a mark. They follow the text as it is scrolled. */
function LineNumbers({ count, source, wrong }: { readonly count: number; readonly source: RefObject<HTMLTextAreaElement | null>; readonly wrong: ReadonlySet<number | undefined> }) {
  const follow = (numbers: HTMLElement | null): (() => void) | undefined => {
    const field = source.current ?? numbers?.parentElement?.querySelector('textarea');
    if (!numbers || !field) return undefined;
    const move = (): void => void (numbers.scrollTop = field.scrollTop);
    field.addEventListener('scroll', move);
    return () => field.removeEventListener('scroll', move);
  };
  return (
    <pre className="code line-numbers" aria-hidden="true" ref={follow}>
      {Array.from({ length: count }, (_, index) => index + 1).map((line) => (
        <span key={line} className={wrong.has(line) ? 'wrong' : undefined}>{wrong.has(line) ? `▸${line}` : line}{'\n'}</span>
      ))}
    </pre>
  );
}
