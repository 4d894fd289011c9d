import { PLAIN_PERSON, type CheckFinding } from '../../../../../src/policy/index.ts';
import type { PolicyAnswer } from '../../../data/contract.ts';
import { AgeOf } from '../../../journey/countdown.tsx';
import { useWords } from '../../../shell/language.tsx';
import { count, nameOfHand } from '../../../shell/say.ts';

interface FindingsProps {
  readonly policy: PolicyAnswer;
  readonly onTry: (finding: CheckFinding) => void;
  readonly onOpen: (measure: string) => void;
}

/** What the check found: each fault in words, with the plainest case that shows it and the measures it comes from. */
export function Findings({ policy, onTry, onOpen }: FindingsProps) {
  const { t, say } = useWords();
  const { findings, checkedAt } = policy;
  return (
    <section>
      <CheckState policy={policy} />
      {findings && (
        <>
          <ol className="findings">
            {findings.map((finding) => (
              <li key={finding.key}>
                <FindingText finding={finding} policy={policy} onOpen={onOpen} />
                {finding.example && <button type="button" onClick={() => onTry(finding)}>{t('policy.try-this')}</button>}
                {policy.why?.[finding.key] && <p>{t('policy.adopted-because', { name: nameOfHand(policy.adoptedBy), why: policy.why[finding.key]! })}</p>}
              </li>
            ))}
          </ol>
          {findings.some(({ example }) => example) && <p className="quiet">{t('policy.plain-person', { person: say(PLAIN_PERSON) })}</p>}
          {checkedAt !== undefined && <p className="quiet">{t('policy.checked')} <AgeOf at={checkedAt} /></p>}
        </>
      )}
    </section>
  );
}

/** How far the check is and what it walked. */
export function CheckState({ policy }: { readonly policy: PolicyAnswer }) {
  const { t } = useWords();
  const { findings, walked = 0, combinations = 0, checkFailed, checkStale, state } = policy;
  if (checkFailed !== undefined) return <p className="problem" role="alert">{t('policy.check-failed', { problem: checkFailed })}</p>;
  if (findings === undefined || checkStale) {
    if (state === 'withdrawn' || state === 'ended') return <p className="quiet">{t('policy.never-checked')}</p>;
    return (
      <div className="checking" role="status">
        <p>{t(checkStale ? 'policy.checking-again' : 'policy.checking')}</p>
        <progress aria-label={t('policy.checking-short')} />
      </div>
    );
  }
  const walk = { combinations: count(combinations), walked: count(walked) };
  return findings.length === 0
    ? <p className="check-clear" role="status"><b>{t('policy.nothing-found')}</b> {t('policy.walked', walk)}</p>
    : <p role="status"><b>{t('policy.found', { count: findings.length })}</b> {t('policy.walked', walk)}</p>;
}

interface FindingTextProps {
  readonly finding: CheckFinding;
  readonly policy: PolicyAnswer;
  readonly onOpen: (measure: string) => void;
}

/** One fault as it is read before adopting: what is wrong, the case, how many, and the clauses it comes from. */
export function FindingText({ finding, policy, onOpen }: FindingTextProps) {
  const { t, say } = useWords();
  const { message, example, combinations, measures, clauses } = finding;
  // Law and ordinary rules are not part of the announcement: they are named, and cannot be opened in it.
  const own = new Set(policy.measures.map(({ id }) => id));
  return (
    <>
      <h3>{say(message)}</h3>
      {example && <p className="case"><b>{t('policy.example')}</b> {say(example.text)}</p>}
      {combinations > 0 && <p className="quiet">{t('policy.combinations', { count: count(combinations) })}</p>}
      {measures.length > 0 && (
        <ul className="finding-clauses">
          {measures.map((id, index) => (
            <li key={id}>
              {own.has(id) ? <button type="button" className="plain code" onClick={() => onOpen(id)}>{id}</button> : <span className="code">{id}</span>}{' '}
              <span className="clause-text">{clauses[index]}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
