import { useState } from 'react';
import type { DutyView, Hand, Shift } from '../../../../../src/hotline/index.ts';
import { usePost } from '../../../data/post.ts';
import { useWords } from '../../../shell/language.tsx';
import { clockTime } from '../../../../shared/time.ts';
import { useNow } from '../../../shell/now.ts';

const EARLY_MS = 3_600_000;

/** The line goes to the next person: both write their name, and what is open and owed goes with it. */
export function HandOverForm({ duty }: { readonly duty: DutyView }) {
  const { t } = useWords();
  const now = useNow();
  const { responsible: goes, shifts, handOvers } = duty;
  const comes = shifts.find((shift) => shift.id !== goes?.id && shift.dutyPerson !== goes?.dutyPerson && now >= shift.from - EARLY_MS && now < shift.to);
  if (!goes || !comes) return <section><h2>{t('duty.hand-over')}</h2><p className="quiet">{t('duty.hand-over-later')}</p></section>;
  const signed = handOvers.find((each) => each.goes === goes.id && each.comes === comes.id)?.signed ?? {};
  return (
    <section aria-label={t('duty.hand-over')}>
      <h2>{t('duty.hand-over')}</h2>
      <p>{t('duty.hand-over-what', { goes: goes.dutyPerson, comes: comes.dutyPerson, open: duty.open })}</p>
      <Sign duty={duty} goes={goes} comes={comes} hand="goes" signed={signed.goes} />
      <Sign duty={duty} goes={goes} comes={comes} hand="comes" signed={signed.comes} />
    </section>
  );
}

interface SignProps {
  readonly duty: DutyView;
  readonly goes: Shift;
  readonly comes: Shift;
  readonly hand: Hand;
  readonly signed: { readonly name: string; readonly at: number } | undefined;
}

function Sign({ duty, goes, comes, hand, signed }: SignProps) {
  const { t } = useWords();
  const sign = usePost('calls');
  const [name, setName] = useState('');
  if (signed) return <p><b>{signed.name}</b> <span className="quiet">{t(`duty.signed-${hand}`, { time: clockTime(signed.at) })}</span></p>;
  return (
    <form className="tools" onSubmit={(event) => { event.preventDefault(); sign.now(`/api/institutions/${duty.institution}/duty/hand-over`, { goes: goes.id, comes: comes.id, hand, name: name.trim() }); }}>
      <label>{t(`duty.sign-${hand}`, { name: (hand === 'goes' ? goes : comes).dutyPerson })} <input type="text" autoComplete="off" value={name} onChange={(event) => setName(event.target.value)} /></label>
      <button type="submit" disabled={sign.busy || name.trim() === ''}>{t('duty.sign')}</button>
      {sign.problem && <p role="alert" className="problem">{sign.problem}</p>}
    </form>
  );
}
