import { findFinding, nextQuestions, type Group, type Need } from '../../../src/triage/index.ts';
import { useWords } from '../shell/language.tsx';
import { ageMonthsOf, type Draft } from './draft.ts';

const AT_ONCE = 4;

/**
 * What to ask next, from the same tables as the decision, on this machine: a call goes on when the line is down. Yes and no
 * by one press; what is not answered stays open and counts as not known.
 */
export function Questions({ draft, change }: { readonly draft: Draft; readonly change: (part: Partial<Draft>) => void }) {
  const { t, say } = useWords();
  const ageMonths = ageMonthsOf(draft);
  const care = {
    need: (draft.need || 'generalOutpatient') as Need, groups: draft.groups as readonly Group[], findings: draft.findings, vitals: {},
    ...(ageMonths !== undefined && { ageMonths }), ...(draft.sex && { sex: draft.sex }),
  };
  const questions = nextQuestions(care, [...draft.findings, ...draft.denied], AT_ONCE).flatMap((code) => findFinding(code) ?? []);
  if (questions.length === 0) return null;
  return (
    <fieldset className="questions">
      <legend>{t('new.ask')}</legend>
      {questions.map(({ code, ask }) => (
        <div key={code} className="question" role="group" aria-label={say(ask)}>
          <span>{say(ask)}</span>
          <button type="button" onClick={() => change({ findings: [...draft.findings, code] })}>{t('act.yes')}</button>
          <button type="button" onClick={() => change({ denied: [...draft.denied, code] })}>{t('act.no')}</button>
        </div>
      ))}
    </fieldset>
  );
}
