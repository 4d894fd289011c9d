import { useState, type FormEvent } from 'react';
import type { Decision } from '../../../../../src/policy/index.ts';
import { cityNow } from '../../../../shared/clock.ts';
import type { PolicyAnswer } from '../../../data/contract.ts';
import { usePost } from '../../../data/post.ts';
import { nameOf, useCity } from '../../../data/queries.ts';
import { FindingPicker } from '../../../requests/finding-picker.tsx';
import type { Draft } from '../../../requests/draft.ts';
import { PersonTried, SituationPart, TriedNeed } from '../../../requests/parts.tsx';
import { useWords } from '../../../shell/language.tsx';
import { Decided } from './decided.tsx';
import { caseOf, holdsAt, momentOf, TRIED_VITALS, type Tried } from './tried.ts';

interface TryProps {
  readonly policy: PolicyAnswer;
  readonly tried: Tried;
  readonly onTried: (tried: Tried) => void;
}

/** A case against one version: what would be decided, why, and what was ruled out. Nothing is stored and nobody is sent. */
export function TryCase({ policy, tried, onTried }: TryProps) {
  const { t } = useWords();
  const [decided, setDecided] = useState<{ readonly of: Tried; readonly at: number; readonly decision: Decision }>();
  const trying = usePost<{ decision: Decision }>();
  const { draft, example } = tried;
  const change = (part: Partial<Draft>): void => onTried({ vitals: tried.vitals, ...(tried.at !== undefined && { at: tried.at }), draft: { ...draft, ...part } });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const at = momentOf(tried, policy.period, cityNow());
    trying.now('/api/policies/try', { policy: nameOf(policy), case: caseOf(tried, at) }, ({ decision }) => setDecided({ of: tried, at, decision }));
  };
  const parts = { draft, change, missing: [] };
  return (
    <section className="try">
      <form onSubmit={submit}>
        <p className="quiet">{t('policy.try-hint')}</p>
        {example && <p role="status">{t(example.exact ? 'policy.example-exact' : 'policy.example-near')}</p>}
        <TriedNeed {...parts} />
        <WhenAndWhere policy={policy} tried={tried} onTried={onTried} />
        <label htmlFor="try-findings">{t('fact.findings')}</label>
        <FindingPicker id="try-findings" chosen={draft.findings} onChange={(findings) => change({ findings })} />
        <PersonTried {...parts} />
        <Vitals tried={tried} onTried={onTried} />
        <SituationPart {...parts} />
        <div className="actions sticky"><button type="submit" className="primary" disabled={trying.busy}>{t(trying.busy ? 'act.sending' : 'policy.decide')}</button></div>
        {trying.problem && <div role="alert" className="problem"><p>{trying.problem}</p><ul>{trying.fields.map(({ field, detail }) => <li key={field}>{detail}</li>)}</ul></div>}
      </form>
      {decided && <Decided decision={decided.decision} inPeriod={holdsAt(policy.period, decided.at)} old={decided.of !== tried} />}
    </section>
  );
}

type PartProps = Pick<TryProps, 'tried' | 'onTried'>;
const ZONE_MS = 8 * 3_600_000;

/** When it is tried, because a draft may begin next week; and the institution that treats the person anyway. */
function WhenAndWhere({ policy, tried, onTried }: TryProps) {
  const { t, say } = useWords();
  const city = useCity();
  const { draft, at } = tried;
  const local = at === undefined ? '' : new Date(at + ZONE_MS).toISOString().slice(0, 16);
  const change = (text: string): void => {
    const { at: _, ...rest } = tried;
    onTried(text === '' ? rest : { ...rest, at: Date.parse(`${text}:00+08:00`) });
  };
  return (
    <div className="grid">
      <label className="field">
        {t('policy.try-when')}
        <input type="datetime-local" value={local} onChange={(event) => change(event.target.value)} />
        {at === undefined && <span className="quiet">{t(holdsAt(policy.period, cityNow()) ? 'policy.try-now' : 'policy.try-begins')}</span>}
      </label>
      <label className="field">
        {t('policy.try-own')}
        <select value={draft.ownInstitution} onChange={(event) => onTried({ ...tried, draft: { ...draft, ownInstitution: event.target.value } })}>
          <option value="">{t('policy.try-no-own')}</option>
          {(city.data?.institutions ?? []).map(({ code, name }) => <option key={code} value={code}>{say(name)}</option>)}
        </select>
      </label>
    </div>
  );
}

function Vitals({ tried, onTried }: PartProps) {
  const { t, word } = useWords();
  return (
    <fieldset className="vitals">
      <legend>{t('fact.vitals')}</legend>
      {TRIED_VITALS.map((name) => (
        <label key={name} className="field">
          {word('vital-name', name)}
          <input type="number" step="any" min="0" value={tried.vitals[name] ?? ''} onChange={(event) => onTried({ ...tried, vitals: { ...tried.vitals, [name]: event.target.value } })} />
        </label>
      ))}
    </fieldset>
  );
}
