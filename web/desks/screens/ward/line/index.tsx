import '../../../duty/duty.css';
import { useState } from 'react';
import type { DutyView, Shift } from '../../../../../src/hotline/index.ts';
import { useDuty } from '../../../duty/queries.ts';
import { Week } from '../../../duty/week.tsx';
import { usePost } from '../../../data/post.ts';
import { useMe } from '../../../data/queries.ts';
import { Phone } from '../../../journey/panel.tsx';
import { useWords } from '../../../shell/language.tsx';
import { dayAndTime, useNow } from '../../../shell/now.ts';
import { Asking } from '../../../shell/states.tsx';
import { LineCalls } from './calls.tsx';
import { HandOverForm } from './hand-over.tsx';
import { RosterImport } from './import.tsx';
import { ShiftForm } from './shift-form.tsx';

/** The institution's medical line: who answers now, the week with its holes, the hand-over, what is owed. */
export function DutyLine() {
  const me = useMe();
  const institution = me.data?.actor.scope.split(':')[1];
  return institution === undefined ? null : <Line institution={institution} />;
}

function Line({ institution }: { readonly institution: string }) {
  const asked = useDuty(institution);
  return <Asking asked={asked}>{(duty) => <Duty duty={duty} />}</Asking>;
}

function Duty({ duty }: { readonly duty: DutyView }) {
  const { t } = useWords();
  const [doing, setDoing] = useState<'shift' | 'table'>('shift');
  const [filling, setFilling] = useState<{ readonly from: number; readonly to: number }>();
  const [chosen, setChosen] = useState<Shift>();
  return (
    <div className="duty">
      <div>
        <Now duty={duty} />
        <Matters duty={duty} />
        <h2>{t('duty.week')}</h2>
        <Week duty={duty} chosen={chosen?.id} onChoose={setChosen} onFill={(gap) => { setDoing('shift'); setFilling(gap); }} />
        {chosen && <Chosen duty={duty} shift={chosen} onClose={() => setChosen(undefined)} />}
        <p className="actions">
          <button type="button" aria-pressed={doing === 'shift'} onClick={() => setDoing('shift')}>{t('duty.by-form')}</button>
          <button type="button" aria-pressed={doing === 'table'} onClick={() => setDoing('table')}>{t('duty.by-table')}</button>
        </p>
        {doing === 'table' ? <RosterImport institution={duty.institution} /> : <ShiftForm key={filling?.from ?? 0} duty={duty} gap={filling ?? duty.gaps[0]} />}
      </div>
      <div>
        <HandOverForm duty={duty} />
        <LineCalls />
      </div>
    </div>
  );
}

function Now({ duty: { institution, answers, responsible, notHandedOver, publicNumber } }: { readonly duty: DutyView }) {
  const { t } = useWords();
  const [number, setNumber] = useState<string>();
  const save = usePost('calls');
  return (
    <div className="duty-now">
      {answers
        ? <p><b>{answers.dutyPerson}</b> <Phone number={answers.phone} />{answers.secondPerson && <> · {t('duty.second', { name: answers.secondPerson })} <Phone number={answers.secondPhone ?? ''} /></>} <span className="quiet">{t('duty.until', { time: dayAndTime(answers.to) })}</span></p>
        : <p className="problem">{t('duty.nobody')}</p>}
      {notHandedOver && responsible && <p className="problem">{t('duty.not-handed-over', { name: responsible.dutyPerson })}</p>}
      {number === undefined
        ? <p>{publicNumber ? <>{t('duty.number')} <Phone number={publicNumber} /></> : <span className="problem">{t('duty.no-number')}</span>} <button type="button" className="plain" onClick={() => setNumber(publicNumber ?? '')}>{t('duty.name-number')}</button></p>
        : (
          <form className="tools" onSubmit={(event) => { event.preventDefault(); save.now(`/api/institutions/${institution}/duty/number`, { number: number.trim() }, () => setNumber(undefined)); }}>
            <input type="tel" aria-label={t('duty.number')} value={number} onChange={(event) => setNumber(event.target.value)} />
            <button type="submit" className="primary" disabled={save.busy || number.trim() === ''}>{t('duty.save')}</button>
            {save.problem && <p role="alert" className="problem">{save.problem}</p>}
          </form>
        )}
    </div>
  );
}

/** What nobody may leave as it is, with who owns it and until when. */
function Matters({ duty: { matters } }: { readonly duty: DutyView }) {
  const { t, word } = useWords();
  const now = useNow();
  if (matters.length === 0) return <p className="quiet">{t('duty.no-gaps')}</p>;
  return (
    <ul className="plain-rows">
      {matters.map((matter) => (
        <li key={matter.id}>
          <b>{t(matter.kind === 'gap' ? 'duty.matter-gap' : 'duty.matter-notHandedOver')}</b> {dayAndTime(Math.max(matter.from, matter.kind === 'gap' ? Math.min(now, matter.to) : 0, matter.from))} – {dayAndTime(matter.to)}{' '}
          <span className={matter.missed > 0 ? 'problem' : 'quiet'}>{t('duty.owned', { role: word('role', matter.owner.role), time: dayAndTime(matter.dueAt) })}</span>
        </li>
      ))}
    </ul>
  );
}

function Chosen({ duty, shift, onClose }: { readonly duty: DutyView; readonly shift: Shift; readonly onClose: () => void }) {
  const { t } = useWords();
  const remove = usePost('calls');
  return (
    <p className="actions">
      <b>{shift.dutyPerson}</b> <Phone number={shift.phone} /> {dayAndTime(shift.from)} – {dayAndTime(shift.to)}
      {shift.secondPerson && <span>{t('duty.second', { name: shift.secondPerson })} <Phone number={shift.secondPhone ?? ''} /></span>}
      {shift.from > duty.at && <button type="button" className="grave" disabled={remove.busy} onClick={() => remove.now(`/api/institutions/${duty.institution}/duty/${shift.id}/remove`, {}, onClose)}>{t('duty.remove')}</button>}
      <button type="button" className="plain" onClick={onClose}>{t('act.cancel')}</button>
      {remove.problem && <span role="alert" className="problem">{remove.problem}</span>}
    </p>
  );
}
