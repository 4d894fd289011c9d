import { useState } from 'react';
import type { Consult } from '../../../../src/consults/index.ts';
import { Question } from '../../consults/question.tsx';
import { useConsults, useExperts, type ExpertsAnswer } from '../../consults/queries.ts';
import { Roster } from '../../consults/roster.tsx';
import { Visits } from '../../consults/visits.tsx';
import { usePost } from '../../data/post.ts';
import { useMe } from '../../data/queries.ts';
import { useWords } from '../../shell/language.tsx';
import { Asking, Empty } from '../../shell/states.tsx';

/** The medical office: questions that nobody has taken, experts on the way, cover by specialty and hour. */
export function Experts() {
  const me = useMe();
  const city = me.data?.actor.role === 'city';
  return (
    <div className="experts-tab">
      <div>{city && <Open />}<Visits /></div>
      <Roster edits />
    </div>
  );
}

function Open() {
  const { t } = useWords();
  const asked = useConsults();
  const experts = useExperts();
  return (
    <section aria-label={t('experts.open')}>
      <h2>{t('experts.open')}</h2>
      <Asking asked={asked}>
        {({ consults }) => {
          const open = consults.filter(({ answer, withdrawn }) => !answer && !withdrawn).sort((a, b) => Number(b.askedOf === 'medicalOffice') - Number(a.askedOf === 'medicalOffice') || a.dueAt - b.dueAt);
          if (open.length === 0) return <Empty>{t('experts.none')}</Empty>;
          return <ul className="plain-rows">{open.map((consult) => <li key={consult.id}><Question consult={consult}>{experts.data && <Assign consult={consult} experts={experts.data} />}</Question></li>)}</ul>;
        }}
      </Asking>
    </section>
  );
}

/** A person decides whom to wake; the list says who rests. */
function Assign({ consult, experts }: { readonly consult: Consult; readonly experts: ExpertsAnswer }) {
  const { t, say } = useWords();
  const send = usePost('consults');
  const [whom, setWhom] = useState('');
  const [hospital, expert] = whom.split('|');
  const rests = (until: number | undefined): string => (until !== undefined && until > experts.at ? ` (${t('roster.resting')})` : '');
  return (
    <p className="actions">
      <label>{t('experts.assign')} <select className="inline" value={whom} onChange={(event) => setWhom(event.target.value)}>
        <option value="" />
        {experts.hospitals.filter(({ code }) => code !== consult.askedFrom).flatMap(({ code, name }) => [
          <option key={code} value={code}>{say(name)}</option>,
          ...experts.shifts.filter((shift) => shift.hospital === code && shift.from <= experts.at).map((shift) => <option key={shift.id} value={`${code}|${shift.name}`}>{`${say(name)} · ${shift.name}${rests(shift.restingUntil)}`}</option>),
        ])}
      </select></label>
      <button type="button" disabled={send.busy || whom === ''} onClick={() => send.now(`/api/consults/${encodeURIComponent(consult.id)}/assign`, { hospital, ...(expert !== undefined && { expert }) }, () => setWhom(''))}>{t('experts.assign-now')}</button>
      {send.problem && <span role="alert" className="problem">{send.problem}</span>}
    </p>
  );
}
