import { useState } from 'react';
import type { PolicyAnswer } from '../../data/contract.ts';
import { useCity, usePolicies } from '../../data/queries.ts';
import { useWords } from '../../shell/language.tsx';
import { dayAndTime } from '../../shell/now.ts';
import { Asking } from '../../shell/states.tsx';
import { TryCase } from './try-case.tsx';

/** The announcements, measure by measure with the clause each comes from; and a case tried against one of them. */
export function Policies() {
  const { t } = useWords();
  const asked = usePolicies();
  const city = useCity();
  const [picked, setPicked] = useState<string>();
  const chosen = picked ?? city.data?.policy?.id;
  return (
    <Asking asked={asked}>
      {({ policies }) => {
        const policy = policies.find(({ id }) => id === chosen) ?? policies[0];
        if (!policy) return <p className="state">{t('office.no-policy')}</p>;
        return (
          <div className="split policies">
            <div className="split-list">
              <p className="tools">
                {policies.map((one) => <button key={one.id} type="button" aria-pressed={one === policy} onClick={() => setPicked(one.id)}>{one.id}</button>)}
              </p>
              <Measures policy={policy} />
            </div>
            <div className="split-detail"><TryCase key={policy.id} policy={policy.id} /></div>
          </div>
        );
      }}
    </Asking>
  );
}

function Measures({ policy }: { readonly policy: PolicyAnswer }) {
  const { t, say } = useWords();
  const { from, to } = policy.coverage.period;
  return (
    <section>
      <h2>{say(policy.title)}</h2>
      <p className="quiet">{t('office.period', { from: dayAndTime(from), to: to === undefined ? '…' : dayAndTime(to), version: policy.version })}</p>
      <ol className="reasons">
        {policy.measures.map(({ id, clause, text }) => <li key={id}>{say(text)} <span className="clause">{id}</span><br /><span className="quiet">{clause}</span></li>)}
      </ol>
      <details>
        <summary>{t('office.not-encoded', { count: policy.notEncoded.length })}</summary>
        <ul className="reasons">{policy.notEncoded.map(({ clause, reason }) => <li key={clause}>{clause}<br /><span className="quiet">{reason}</span></li>)}</ul>
      </details>
    </section>
  );
}
