import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { PoliciesAnswer, PolicyActAnswer, PolicyAnswer } from '../../../data/contract.ts';
import { addressOf, nameOf, useMe, usePolicies, usePolicyText } from '../../../data/queries.ts';
import { useWords } from '../../../shell/language.tsx';
import { count } from '../../../shell/say.ts';
import { Asking, Empty } from '../../../shell/states.tsx';
import { NOTHING_TRIED, type Tried } from '../try/tried.ts';
import { barIdOf, Timeline } from './timeline.tsx';
import { Version } from './version.tsx';
import { Write } from './write.tsx';

/** The announcements over time, and one of them to read, prove, compare, try and adopt. */
export function Policies() {
  const asked = usePolicies();
  return <Asking asked={asked}>{(answer) => <Desk answer={answer} />}</Asking>;
}

/** What was typed is kept here, so that looking something up in another version loses nothing. */
function Desk({ answer }: { readonly answer: PoliciesAnswer }) {
  const { t } = useWords();
  const me = useMe();
  const queries = useQueryClient();
  const [picked, pick] = useState<string>();
  const [text, setText] = useState('');
  const [writing, setWriting] = useState(false);
  const [base, setBase] = useState<PolicyAnswer>();
  const [tried, setTried] = useState<Tried>(NOTHING_TRIED);
  const [whys, setWhys] = useState<Readonly<Record<string, Readonly<Record<string, string>>>>>({});
  const [told, setTold] = useState<string>();
  const policies = [...answer.policies].sort(inOrder);
  // What held when the page was opened stays before the reader when another takes its place.
  const [first] = useState(() => (policies[0] ? nameOf(policies[0]) : undefined));
  const shown = policies.find((one) => nameOf(one) === (picked ?? first)) ?? policies[0];
  const role = me.data?.actor.role;

  useEffect(() => {
    if (text.trim() === '') return;
    // The browser asks before a half-written announcement is left behind.
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [text]);

  const open = (name: string | undefined): void => {
    setWriting(false);
    setBase(undefined);
    setTold(undefined);
    pick(name);
  };
  /** Back to the list, and the keyboard to the bar it came from. */
  const close = (name: string): void => {
    open(undefined);
    document.getElementById(barIdOf(name))?.focus();
  };
  const done = ({ policy, openRequests }: PolicyActAnswer): void => {
    queries.setQueryData<PoliciesAnswer>(['policies'], (now) => now && { ...now, policies: [...now.policies.filter((one) => nameOf(one) !== nameOf(policy)), policy] });
    open(nameOf(policy));
    const adopted = policy.state === 'adopted' || policy.state === 'inForce' || policy.state === 'ended';
    setTold(adopted ? t('policy.done-adopted', { open: count(openRequests) }) : policy.state === 'withdrawn' ? t('policy.done-withdrawn') : t('policy.done-drafted'));
  };
  const drafted = (answer: PolicyActAnswer): void => {
    done(answer);
    setText('');
  };
  const rewrite = (policy: PolicyAnswer): void => {
    setBase(policy);
    setWriting(true);
  };
  return (
    <div className={`split policies${picked === undefined && !writing ? ' by-default' : ''}`}>
      <div className="split-list">
        {(answer.unasked ?? 0) > 0 && <p role="status">{t('policy.unasked', { count: count(answer.unasked ?? 0) })} <progress aria-label={t('policy.unasked-short')} /></p>}
        {(role === 'planner' || role === 'city') && <p className="tools"><button type="button" onClick={() => { setBase(undefined); setWriting(true); }}>{t(text.trim() ? 'policy.write-on' : 'policy.write')}</button></p>}
        {policies.length === 0 ? <Empty>{t('policy.none')}</Empty> : <Timeline policies={policies} shown={writing || !shown ? undefined : nameOf(shown)} onPick={open} />}
        <Unreadable files={answer.unreadable ?? []} />
      </div>
      <div className="split-detail">
        {writing && (base ? <Rewrite base={base} typed={text} onText={(next) => { setText(next); setBase(undefined); }} />
          : <Write text={text} onText={setText} onClose={() => setWriting(false)} onDone={drafted} />)}
        {!writing && shown && (
          <Version
            key={nameOf(shown)} policy={shown} policies={policies} tried={tried} onTried={setTried} told={told} why={whys[nameOf(shown)] ?? {}}
            onWhy={(why) => setWhys((now) => ({ ...now, [nameOf(shown)]: why }))} overList={picked !== undefined}
            onRewrite={() => rewrite(shown)} onDone={done} onClose={() => close(nameOf(shown))}
          />
        )}
      </div>
    </div>
  );
}

/** Fetches the text of a version to write on; what is being written is given up only when asked. */
function Rewrite({ base, typed, onText }: { readonly base: PolicyAnswer; readonly typed: string; readonly onText: (text: string) => void }) {
  const { t } = useWords();
  const asked = usePolicyText(addressOf(base));
  const text = asked.data?.text;
  const free = typed.trim() === '';
  useEffect(() => { if (text !== undefined && free) onText(text); }, [text, free, onText]);
  return (
    <Asking asked={asked}>
      {(answer) => (
        <div className="state">
          <p>{t('policy.rewrite-replaces')}</p>
          <div className="actions">
            <button type="button" className="primary" onClick={() => onText(answer.text)}>{t('policy.rewrite-do')}</button>
            <button type="button" onClick={() => onText(typed)}>{t('policy.write-on')}</button>
          </div>
        </div>
      )}
    </Asking>
  );
}

function Unreadable({ files }: { readonly files: NonNullable<PoliciesAnswer['unreadable']> }) {
  const { t, say } = useWords();
  if (files.length === 0) return null;
  return (
    <section>
      <h2>{t('policy.unreadable-files')}</h2>
      <ul className="plain-rows">
        {files.map(({ file, problems }) => (
          <li key={file}>
            <b className="code">{file}</b>
            <ul>{problems.map(({ line, column, message }, index) => <li key={index}>{t('policy.problem-at', { line, column, problem: say(message) })}</li>)}</ul>
          </li>
        ))}
      </ul>
    </section>
  );
}

const RANK: Readonly<Record<PolicyAnswer['state'], number>> = { inForce: 0, adopted: 1, checked: 2, draft: 2, ended: 3, withdrawn: 4 };

/** What holds, what will, what is being written, what was; within each by day, the newest writing first. */
function inOrder(a: PolicyAnswer, b: PolicyAnswer): number {
  return RANK[a.state] - RANK[b.state] || a.period.from - b.period.from || (b.draftedAt ?? 0) - (a.draftedAt ?? 0);
}
