import { Tabs } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { CheckFinding } from '../../../../../src/policy/index.ts';
import { listed } from '../../../../shared/words.ts';
import type { PolicyActAnswer, PolicyAnswer } from '../../../data/contract.ts';
import { useCity } from '../../../data/queries.ts';
import { useWords } from '../../../shell/language.tsx';
import { dayAndTime } from '../../../shell/now.ts';
import { instantOf, nameOfHand, periodOf, shortVersion } from '../../../shell/say.ts';
import { TryCase } from '../try/index.tsx';
import { caseShowing } from '../try/example-case.ts';
import type { Tried } from '../try/tried.ts';
import { Acts } from './acts.tsx';
import { Adopt } from './adopt.tsx';
import { Differences } from './differences.tsx';
import { Findings } from './findings.tsx';
import { Measures } from './measures.tsx';
import { StateMark } from './timeline.tsx';

interface VersionProps {
  readonly policy: PolicyAnswer;
  readonly policies: readonly PolicyAnswer[];
  readonly tried: Tried;
  readonly onTried: (tried: Tried) => void;
  /** What came of the last press, in words. */
  readonly told: string | undefined;
  readonly why: Readonly<Record<string, string>>;
  readonly onWhy: (why: Readonly<Record<string, string>>) => void;
  /** Somebody has chosen it, so on a narrow screen it lies over the list. */
  readonly overList: boolean;
  readonly onRewrite: () => void;
  readonly onDone: (answer: PolicyActAnswer) => void;
  readonly onClose: () => void;
}

/** One version: what it is and how it came to be, and what can be read of it, proven about it and done with it. */
export function Version({ policy, policies, tried, onTried, told, why, onWhy, overList, onRewrite, onDone, onClose }: VersionProps) {
  const { t } = useWords();
  const city = useCity();
  const [picked, setTab] = useState('measures');
  const [search, setSearch] = useState('');
  const waits = policy.state === 'draft' || policy.state === 'checked';
  // Adopted by somebody meanwhile: the page for adopting is gone.
  const tab = picked === 'adopt' && !waits ? 'measures' : picked;
  const openMeasure = (id: string): void => {
    setSearch(id);
    setTab('measures');
  };
  const tryFinding = ({ example }: CheckFinding): void => {
    if (!example || !city.data) return;
    onTried(caseShowing(example.facts, policy, city.data));
    setTab('try');
  };
  const found = policy.findings?.length;
  return (
    <article className="policy">
      <p role="status" className={told ? 'told-here' : undefined}>{told}</p>
      <Head policy={policy} overList={overList} onClose={onClose} />
      <Acts policy={policy} onRewrite={onRewrite} onDone={onDone} />
      <Tabs value={tab} onChange={(next) => setTab(next ?? 'measures')} keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="measures">{t('policy.measures')}</Tabs.Tab>
          <Tabs.Tab value="check">{found === undefined ? t('policy.check') : t('policy.check-found', { count: found })}</Tabs.Tab>
          <Tabs.Tab value="changes">{t('policy.changes')}</Tabs.Tab>
          <Tabs.Tab value="try">{t('policy.try')}</Tabs.Tab>
          {waits && <Tabs.Tab value="adopt">{t('policy.adopting')}</Tabs.Tab>}
        </Tabs.List>
        <Tabs.Panel value="measures"><Measures policy={policy} search={search} onSearch={setSearch} /></Tabs.Panel>
        <Tabs.Panel value="check"><Findings policy={policy} onTry={tryFinding} onOpen={openMeasure} /></Tabs.Panel>
        <Tabs.Panel value="changes"><Differences policy={policy} policies={policies} /></Tabs.Panel>
        <Tabs.Panel value="try"><TryCase policy={policy} tried={tried} onTried={onTried} /></Tabs.Panel>
        {waits && <Tabs.Panel value="adopt"><Adopt policy={policy} policies={policies} why={why} onWhy={onWhy} onOpen={openMeasure} onDone={onDone} /></Tabs.Panel>}
      </Tabs>
    </article>
  );
}

/** As in desks.css: from here on the detail lies over the list. */
const NARROW = '(max-width: 60rem)';

function Head({ policy, overList, onClose }: Pick<VersionProps, 'policy' | 'overList' | 'onClose'>) {
  const { t, say, word } = useWords();
  const city = useCity();
  const { state, period, districts, author, draftedAt, adoptedBy, adoptedAt, endedBy, endedAt, replacedBy, supersedes = [] } = policy;
  const heading = useRef<HTMLHeadingElement>(null);
  // Where it lies over the list, the keyboard goes with it; beside the list it stays where it is.
  useEffect(() => { if (overList && matchMedia(NARROW).matches) heading.current?.focus(); }, [overList]);
  const nameOf = (code: string): string => say(city.data?.districts.find((one) => one.code === code)?.name) || code;
  return (
    <header className="panel-head">
      <button type="button" className="plain panel-back" onClick={onClose}>{t('journey.back')}</button>
      <h2 ref={heading} tabIndex={-1}>{say(policy.title)}</h2>
      <p><StateMark state={state} /> <b>{word('policy-state', state)}</b> · {periodOf(period)}</p>
      <p>{t('policy.districts', { list: listed(...districts.map(nameOf)) })}</p>
      <p className="quiet">
        {t('policy.version', { version: shortVersion(policy.version) })} · <span className="code">{policy.id}</span>
        {author && draftedAt !== undefined && <> · {t('policy.written-by', { name: nameOfHand(author), time: dayAndTime(draftedAt) })}</>}
        {adoptedBy && adoptedAt !== undefined && <> · {t('policy.adopted-by', { name: nameOfHand(adoptedBy), time: dayAndTime(adoptedAt) })}</>}
        {endedAt !== undefined && <> · {replacedBy ? t('policy.replaced-by', { version: shortVersion(replacedBy), time: instantOf(endedAt) }) : t('policy.withdrawn-by', { name: nameOfHand(endedBy), time: instantOf(endedAt) })}</>}
        {supersedes.length > 0 && <> · {t('policy.supersedes', { list: listed(...supersedes) })}</>}
      </p>
      <p className="quiet">{t('policy.source', { source: policy.source })}</p>
    </header>
  );
}
