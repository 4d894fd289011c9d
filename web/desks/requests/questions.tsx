import { findFinding, nextQuestions, type Answer } from '../../../src/triage/index.ts';
import { useWords } from '../shell/language.tsx';
import { careOf, type Draft } from './draft.ts';

const AT_ONCE = 4;
const ANSWERS: readonly Answer[] = ['yes', 'no', 'notKnown'];

/**
 * What to ask next, from the same tables as the decision, on this machine: a call goes on when the line is down. Each answer
 * by one press; what is not answered stays open and counts as not known.
 */
export function Questions({ draft, change }: { readonly draft: Draft; readonly change: (part: Partial<Draft>) => void }) {
  const { t, say } = useWords();
  const questions = nextQuestions(careOf(draft), draft.answers, AT_ONCE);
  if (questions.length === 0) return null;
  const hear = (code: string, answer: Answer): void =>
    change(answer === 'yes' && findFinding(code) ? { findings: [...draft.findings, code] } : { answers: { ...draft.answers, [code]: answer } });
  return (
    <fieldset className="questions">
      <legend>{t('new.ask')}</legend>
      {questions.map(({ code, ask }) => (
        <div key={code} className="question" role="group" aria-label={say(ask)}>
          <span>{say(ask)}</span>
          {ANSWERS.map((answer) => <button key={answer} type="button" onClick={() => hear(code, answer)}>{t(`act.${answer}`)}</button>)}
        </div>
      ))}
    </fieldset>
  );
}
