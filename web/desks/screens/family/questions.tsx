import { useState } from 'react';
import type { MemberFace } from '../../../../src/panels/index.ts';
import { usePost } from '../../data/post.ts';
import { Due } from '../../journey/due.tsx';
import { Phone } from '../../journey/panel.tsx';
import { useDayList, useTeams } from '../../panels/queries.ts';
import { useWords } from '../../shell/language.tsx';
import { dayAndTime } from '../../shell/now.ts';
import { Asking, Empty } from '../../shell/states.tsx';

/** What only a named person settles: whose somebody is, and whether they are still ours. */
export function Questions() {
  const { t } = useWords();
  const list = useDayList();
  return (
    <Asking asked={list}>
      {({ transfers, questions, teams }) => (
        <div className="page two-columns">
          <section aria-label={t('family.transfers')}>
            <h2>{t('family.transfers')} <span className="count">{transfers.length}</span></h2>
            <p className="quiet">{t('family.transfers-say')}</p>
            {transfers.length === 0 && <Empty>{t('family.transfers-empty')}</Empty>}
            <ul className="plain-rows">{transfers.map((member) => <li key={member.id}><TransferRow member={member} ours={teams.map(({ id }) => id)} /></li>)}</ul>
          </section>
          <section aria-label={t('family.last-import')}>
            <h2>{t('family.last-import')} <span className="count">{questions.length}</span></h2>
            <p className="quiet">{t('family.last-import-say')}</p>
            {questions.length === 0 && <Empty>{t('family.last-import-empty')}</Empty>}
            <ul className="plain-rows">{questions.map((member) => <li key={member.id}><QuestionRow member={member} /></li>)}</ul>
          </section>
        </div>
      )}
    </Asking>
  );
}

function TransferRow({ member, ours }: { readonly member: MemberFace; readonly ours: readonly string[] }) {
  const { t } = useWords();
  const teams = useTeams();
  const answer = usePost('panels');
  const [reason, setReason] = useState('');
  const { transfer } = member;
  if (!transfer) return null;
  const nameOf = (id: string): string => teams.data?.teams.find((team) => team.id === id)?.name ?? id;
  // Whoever asked waits; the other of the two answers.
  const answers = transfer.askedBy === transfer.to ? member.team : transfer.to;
  const say = (said: 'accept' | 'decline'): void => answer.now(`/api/panels/members/${member.id}/transfer-answer`, { answer: said, reason: reason.trim() });
  return (
    <>
      <b>{member.name}</b> <Phone number={member.phone} />
      <br />{t('family.transfer-from-to', { from: nameOf(member.team), to: nameOf(transfer.to) })} · {transfer.by}: {transfer.reason} <Due at={transfer.dueAt} />
      {transfer.lateAt !== undefined && <span className="told">{t('family.transfer-late', { time: dayAndTime(transfer.lateAt) })}</span>}
      {ours.includes(answers) ? (
        <div className="actions">
          <button type="button" className="primary" disabled={answer.busy} onClick={() => say('accept')}>{t('family.transfer-accept')}</button>
          <input className="grow" aria-label={t('family.reason')} placeholder={t('family.transfer-why-not')} maxLength={300} value={reason} onChange={(event) => setReason(event.target.value)} />
          <button type="button" disabled={answer.busy || reason.trim() === ''} onClick={() => say('decline')}>{t('family.transfer-decline')}</button>
        </div>
      ) : <p className="quiet">{t('family.transfer-waits', { team: nameOf(answers) })}</p>}
      {answer.problem && <p role="alert" className="problem">{answer.problem}</p>}
    </>
  );
}

function QuestionRow({ member }: { readonly member: MemberFace }) {
  const { t, word } = useWords();
  const settle = usePost('panels');
  const [reason, setReason] = useState('');
  const act = (kind: 'keep' | 'leave'): void => settle.now(`/api/panels/members/${member.id}/${kind}`, { reason: reason.trim() });
  return (
    <>
      <b>{member.name}</b> {member.phone && <Phone number={member.phone} />} <span className="quiet">{member.address}</span>
      <br />{member.question && `${word('why', member.question.kind)} · ${dayAndTime(member.question.askedAt)}`}
      <div className="actions">
        <input className="grow" aria-label={t('family.reason')} placeholder={t('family.reason-known')} maxLength={300} value={reason} onChange={(event) => setReason(event.target.value)} />
        <button type="button" disabled={settle.busy || reason.trim() === ''} onClick={() => act('keep')}>{t('family.keep')}</button>
        <button type="button" className="grave" disabled={settle.busy || reason.trim() === ''} onClick={() => act('leave')}>{t('family.left')}</button>
      </div>
      {settle.problem && <p role="alert" className="problem">{settle.problem}</p>}
    </>
  );
}
