import { useState, type FormEvent } from 'react';
import type { MemberFace } from '../../../../src/panels/index.ts';
import { usePost } from '../../data/post.ts';
import { useTeams } from '../../panels/queries.ts';
import { useWords } from '../../shell/language.tsx';

type Kind = 'correct' | 'transfer' | 'leave';

/** The right number or address; another team; nobody of ours any more. Nothing of it happens without a reason and a name. */
export function Responsible({ member, onDone }: { readonly member: MemberFace; readonly onDone: () => void }) {
  const { t, word } = useWords();
  const teams = useTeams();
  const [kind, setKind] = useState<Kind>('correct');
  const [phone, setPhone] = useState(member.phone);
  const [address, setAddress] = useState(member.address);
  const [team, setTeam] = useState('');
  const [reason, setReason] = useState('');
  const change = usePost('panels');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const body = kind === 'correct' ? { ...(phone.trim() && { phone: phone.trim() }), address: address.trim() } : kind === 'transfer' ? { team, reason: reason.trim() } : { reason: reason.trim() };
    change.now(`/api/panels/members/${member.id}/${kind}`, body, onDone);
  };
  return (
    <form className="inset change" onSubmit={submit}>
      <fieldset>
        <legend>{t('family.change-what')}</legend>
        {(['correct', 'transfer', 'leave'] as const).map((each) => (
          <label key={each} className="check"><input type="radio" name={`change-${member.id}`} checked={kind === each} onChange={() => setKind(each)} />{word('family-change', each)}</label>
        ))}
      </fieldset>
      {kind === 'correct' && (
        <>
          <label>{t('fact.phone')}<input inputMode="tel" value={phone} maxLength={25} onChange={(event) => setPhone(event.target.value)} /></label>
          <label>{t('fact.address')}<input value={address} maxLength={300} required onChange={(event) => setAddress(event.target.value)} /></label>
        </>
      )}
      {kind === 'transfer' && (
        <label>{t('family.to-team')}
          <select value={team} required onChange={(event) => setTeam(event.target.value)}>
            <option value="">{t('act.choose')}</option>
            {(teams.data?.teams ?? []).filter(({ id }) => id !== member.team).map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
          </select>
        </label>
      )}
      {kind !== 'correct' && <label>{t('family.reason')}<input value={reason} maxLength={300} required onChange={(event) => setReason(event.target.value)} /></label>}
      {kind !== 'correct' && <p className="what-happens">{word('family-happens', kind)}</p>}
      {change.problem && <p role="alert" className="problem">{change.problem}</p>}
      <div className="actions">
        <button type="submit" className="primary" disabled={change.busy}>{change.busy ? t('act.sending') : word('family-change', kind)}</button>
        <button type="button" onClick={onDone}>{t('act.cancel')}</button>
      </div>
    </form>
  );
}
