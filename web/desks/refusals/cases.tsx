import './refusals.css';
import { useState } from 'react';
import type { RefusalsAnswer } from '../../../src/reception/index.ts';
import { useMe } from '../data/queries.ts';
import { useWords } from '../shell/language.tsx';
import { Asking, Empty } from '../shell/states.tsx';
import { Case } from './case.tsx';
import { useRefusals, type RefusalsShown } from './queries.ts';
import { Record } from './record.tsx';
import { OurStatement, StatementsToRead } from './statement.tsx';

/** Refusals as their officers see them, worst first; and, for a house or a committee, what is said of itself and its own word on it. */
export function Refusals() {
  const [shown, setShown] = useState<RefusalsShown>('open');
  const { t } = useWords();
  const me = useMe();
  const asked = useRefusals(shown);
  const role = me.data?.actor.role;
  const officer = role === 'district' || role === 'city';
  return (
    <div className="refusals-tab">
      <section aria-label={t('refusal.cases')}>
        <p className="tools">
          {(['open', 'closed'] as const).map((state) => <button key={state} type="button" aria-pressed={shown === state} onClick={() => setShown(state)}>{t(`refusal.show-${state}`)}</button>)}
        </p>
        <Asking asked={asked}>{({ refusals }) => <List refusals={refusals} shown={shown} />}</Asking>
      </section>
      <Asking asked={asked}>
        {({ records, statements }) => (
          <section>
            {role === 'ward' && <OurStatement statements={statements} />}
            {officer && <StatementsToRead statements={statements} />}
            {role !== 'committee' && <Record records={records} />}
            <p><a href="/refusals" target="_blank" rel="noreferrer">{t('refusal.public-page')}</a></p>
          </section>
        )}
      </Asking>
    </div>
  );
}

function List({ refusals, shown }: { readonly refusals: RefusalsAnswer['refusals']; readonly shown: RefusalsShown }) {
  const { t } = useWords();
  if (refusals.length === 0) return <Empty>{t(shown === 'open' ? 'refusal.none-open' : 'refusal.none-closed')}</Empty>;
  return <ul className="plain-rows">{refusals.map((refusal) => <li key={refusal.id}><Case refusal={refusal} /></li>)}</ul>;
}
