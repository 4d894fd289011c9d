import { useState } from 'react';
import type { DayListRow } from '../../../../src/panels/index.ts';
import { usePost } from '../../data/post.ts';
import { useDayList, useJourneys } from '../../data/queries.ts';
import { JourneyList } from '../../journey/list.tsx';
import { Facts, Phone } from '../../journey/panel.tsx';
import { JourneyWork } from '../../journey/work.tsx';
import { FindingPicker } from '../../requests/finding-picker.tsx';
import { useWords } from '../../shell/language.tsx';
import { dayAndTime } from '../../shell/now.ts';
import { Split, useSelection } from '../../shell/split.tsx';
import { Asking, Empty } from '../../shell/states.tsx';

/** The family-doctor team's day: who has to hear from us today, who can least wait first. */
export default function Family() {
  const { t } = useWords();
  const list = useDayList();
  const journeys = useJourneys();
  const open = journeys.data?.journeys ?? [];
  const { id, select, journey } = useSelection(open);
  return (
    <Split
      list={
        <section aria-label={t('family.today')}>
          <Asking asked={list}>
            {({ rows }) => (
              <>
                <h2>{t('family.today')} <span className="count">{rows.length}</span></h2>
                {rows.length === 0 && <Empty>{t('family.today-empty')}</Empty>}
                <ul className="plain-rows">{rows.map((row) => <Row key={row.member.id} row={row} onRaised={select} />)}</ul>
              </>
            )}
          </Asking>
        </section>
      }
      aside={<JourneyList name={t('family.under-way')} journeys={open} selected={id} onSelect={select} empty={t('family.under-way-empty')} />}
      detail={journey && <JourneyWork journey={journey} primaryKey="a" onClose={() => select(undefined)} />}
    />
  );
}

function Row({ row, onRaised }: { readonly row: DayListRow; readonly onRaised: (journey: string) => void }) {
  const { t, word } = useWords();
  const [worse, setWorse] = useState<readonly string[]>();
  const note = usePost('day-list');
  const raised = usePost<{ journey: string }>('day-list', 'journeys');
  const { member, why: [first], medicines, medicineDaysLeft } = row;
  const raise = (body: object): void => raised.now(`/api/panels/members/${member.id}/raise`, body, ({ journey }) => onRaised(journey));
  return (
    <li className="member">
      <p><b>{member.name}</b> <Phone number={member.phone} /></p>
      <Facts rows={[
        [t('family.why'), first && `${word('why', first.why)} · ${dayAndTime(first.by)}`],
        [t('fact.medicine'), medicines.map(({ name }) => name).join(', ')],
        [t('fact.days-left'), medicineDaysLeft !== undefined && String(medicineDaysLeft)],
        [t('family.conditions'), member.conditions.map((condition) => word('condition', condition)).join(', ')],
        [t('fact.address'), member.knock && <b>{t('family.knock', { address: member.address })}</b>],
      ]} />
      <div className="actions">
        <button type="button" disabled={note.busy} onClick={() => note.now(`/api/panels/members/${member.id}/contact`, { result: 'reached' })}>{t('family.reached')}</button>
        <button type="button" disabled={note.busy} onClick={() => note.now(`/api/panels/members/${member.id}/contact`, { result: 'notReached' })}>{t('family.not-reached')}</button>
        {medicineDaysLeft !== undefined && <button type="button" disabled={raised.busy} onClick={() => raise({ need: 'medicineRefill' })}>{t('family.refill')}</button>}
        {worse === undefined && <button type="button" onClick={() => setWorse([])}>{t('family.unwell')}</button>}
      </div>
      {worse !== undefined && (
        <div>
          <label htmlFor={`worse-${member.id}`}>{t('fact.findings')}</label>
          <FindingPicker id={`worse-${member.id}`} chosen={worse} onChange={setWorse} />
          <div className="actions">
            <button type="button" className="primary" disabled={worse.length === 0 || raised.busy} onClick={() => raise({ need: 'generalOutpatient', findings: worse })}>{t('family.raise')}</button>
            <button type="button" onClick={() => setWorse(undefined)}>{t('act.cancel')}</button>
          </div>
        </div>
      )}
      {[note, raised].map(({ problem }, index) => problem && <p key={index} role="alert" className="problem">{problem}</p>)}
    </li>
  );
}
