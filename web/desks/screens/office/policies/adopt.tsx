import { useState, type FormEvent } from 'react';
import type { PolicyActAnswer, PolicyAnswer } from '../../../data/contract.ts';
import { addressOf, nameOf, useDiff, useMe } from '../../../data/queries.ts';
import { usePost } from '../../../data/post.ts';
import { useWords } from '../../../shell/language.tsx';
import { count, nameOfHand, periodOf, shortVersion } from '../../../shell/say.ts';
import { Failed } from '../../../shell/states.tsx';
import { Reach } from './differences.tsx';
import { CheckState, FindingText } from './findings.tsx';

interface AdoptProps {
  readonly policy: PolicyAnswer;
  readonly policies: readonly PolicyAnswer[];
  /** Why each finding is accepted, by its key, as far as it is written. */
  readonly why: Readonly<Record<string, string>>;
  readonly onWhy: (why: Readonly<Record<string, string>>) => void;
  readonly onOpen: (measure: string) => void;
  readonly onDone: (answer: PolicyActAnswer) => void;
}

/**
 * The second person's page: what would change and for how many, every finding with a field for the reason it is accepted, and
 * what will happen, before the button. Whoever cannot adopt reads why and who can.
 */
export function Adopt({ policy, policies, why, onWhy, onOpen, onDone }: AdoptProps) {
  const { t, say, word } = useWords();
  const me = useMe();
  const diff = useDiff(undefined, nameOf(policy));
  const adopt = usePost<PolicyActAnswer>('policies', 'city', 'journeys');
  const [missing, setMissing] = useState<readonly string[]>([]);
  const findings = policy.findings ?? [];
  // Nobody adopts before it is said for how many; where that cannot be counted, the city is not kept from deciding.
  const waiting = !diff.data && !diff.error;
  const obstacle = obstacleOf(policy, policies, me.data?.actor);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const empty = findings.filter(({ key }) => !why[key]?.trim()).map(({ key }) => key);
    setMissing(empty);
    if (empty.length > 0) return document.getElementById(`why-${findings.findIndex(({ key }) => key === empty[0])}`)?.focus();
    adopt.now(`${addressOf(policy)}/adopt`, { why: Object.fromEntries(findings.map(({ key }) => [key, why[key]!.trim()])) }, onDone);
  };
  const problemOf = (key: string): string | undefined =>
    (missing.includes(key) && !why[key]?.trim() ? t('act.needed') : adopt.fields.find(({ field }) => field === `why.${key}`)?.detail);
  return (
    <form onSubmit={submit} noValidate>
      <p>{t('policy.two-people', { name: nameOfHand(policy.author) })}</p>
      <CheckState policy={policy} />
      {diff.data ? <Reach diff={diff.data} /> : diff.error ? <Failed error={diff.error} again={diff.refetch} /> : <p className="quiet" role="status">{t('policy.comparing')}</p>}
      {findings.length > 0 && (
        <ol className="findings">
          {findings.map((finding, index) => (
            <li key={finding.key}>
              <div id={`finding-${index}`}><FindingText finding={finding} policy={policy} onOpen={onOpen} /></div>
              {obstacle === undefined && (
                <label>
                  {t('policy.why-accept')}
                  <textarea
                    id={`why-${index}`} rows={2} value={why[finding.key] ?? ''} aria-invalid={problemOf(finding.key) !== undefined} aria-describedby={`finding-${index} why-${index}-problem`}
                    onChange={(event) => onWhy({ ...why, [finding.key]: event.target.value })}
                  />
                  <span className="problem" id={`why-${index}-problem`}>{problemOf(finding.key)}</span>
                </label>
              )}
            </li>
          ))}
        </ol>
      )}
      {obstacle !== undefined ? <p className="what-happens" role="status">{t(obstacle.code, obstacle.facts)}</p> : (
        <>
          <p className="what-happens">
            {t('policy.adopt-happens', { title: say(policy.title), period: periodOf(policy.period), districts: policy.districts.length })}{' '}
            {diff.data && t('policy.adopt-happens-open', { open: count(diff.data.openTotal), touched: count(diff.data.openRequests) })}
          </p>
          {adopt.problem && <p className="problem" role="alert">{adopt.problem}</p>}
          <div className="actions"><button type="submit" className="primary grave" disabled={adopt.busy || waiting}>{t(adopt.busy ? 'act.sending' : 'policy.adopt')}</button></div>
        </>
      )}
      {me.data && obstacle?.code === 'policy.adopt-not-you' && <p className="quiet">{t('policy.you-are', { role: word('role', me.data.actor.role) })}</p>}
    </form>
  );
}

interface Obstacle {
  readonly code: 'policy.adopt-author' | 'policy.adopt-not-you' | 'policy.adopt-unchecked' | 'policy.adopt-moved-on';
  readonly facts?: Readonly<Record<string, string>>;
}

/** Why the button is not there; the server decides all the same, this only spares a press that would be refused. */
function obstacleOf(policy: PolicyAnswer, policies: readonly PolicyAnswer[], me: { readonly id: string; readonly role: string } | undefined): Obstacle | undefined {
  const inPlace = policies.find(({ id, state }) => id === policy.id && (state === 'adopted' || state === 'inForce'));
  if (me?.role !== 'city') return { code: 'policy.adopt-not-you' };
  if (policy.author?.id === me.id) return { code: 'policy.adopt-author' };
  if (inPlace && policy.basedOn !== inPlace.version) return { code: 'policy.adopt-moved-on', facts: { version: shortVersion(inPlace.version) } };
  if (policy.state !== 'checked' || policy.checkStale || policy.checkFailed !== undefined) return { code: 'policy.adopt-unchecked' };
  return undefined;
}
