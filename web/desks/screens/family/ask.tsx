import { useState } from 'react';
import type { DayListRow, MemberFace } from '../../../../src/panels/index.ts';
import { usePost } from '../../data/post.ts';
import { FindingPicker } from '../../requests/finding-picker.tsx';
import { useWords } from '../../shell/language.tsx';
import { useNow } from '../../shell/now.ts';

const DAY_MS = 86_400_000;
/** What ends within these days is ticked already. */
const SOON_DAYS = 7;

interface Done {
  /** With the request it became; without it they thought better of it. */
  readonly onDone: (journey?: string) => void;
}

/** Which medicines are asked for again: what ends first is ticked. */
export function Refill({ row: { member, medicines }, onDone }: Done & { readonly row: DayListRow }) {
  const { t } = useWords();
  const now = useNow();
  const ends = (each: DayListRow['medicines'][number]): number => each.dispensedAt + each.days * DAY_MS;
  const [chosen, setChosen] = useState<readonly string[]>(() => {
    const soon = medicines.filter((each) => ends(each) - now < SOON_DAYS * DAY_MS).map(({ name }) => name);
    return soon.length > 0 ? soon : medicines.map(({ name }) => name);
  });
  const ask = usePost<{ journey: string }>('panels', 'journeys');
  return (
    <div className="inset">
      <fieldset>
        <legend>{t('family.refill-which')}</legend>
        <div className="checks">
          {medicines.map(({ name }) => (
            <label key={name} className="check"><input type="checkbox" checked={chosen.includes(name)} onChange={({ target: { checked } }) => setChosen(checked ? [...chosen, name] : chosen.filter((each) => each !== name))} />{name}</label>
          ))}
        </div>
      </fieldset>
      <div className="actions">
        <button type="button" className="primary" disabled={ask.busy || chosen.length === 0} onClick={() => ask.now(`/api/panels/members/${member.id}/refill`, { medicines: chosen }, ({ journey }) => onDone(journey))}>{ask.busy ? t('act.sending') : t('family.refill-ask')}</button>
        <button type="button" onClick={() => onDone()}>{t('act.cancel')}</button>
      </div>
      {ask.problem && <p role="alert" className="problem">{ask.problem}</p>}
    </div>
  );
}

/** Unwell today: what they have, in their words too; it becomes a request with everything known. */
export function Raise({ member, onDone }: Done & { readonly member: MemberFace }) {
  const { t } = useWords();
  const [findings, setFindings] = useState<readonly string[]>([]);
  const [complaint, setComplaint] = useState('');
  const ask = usePost<{ journey: string }>('panels', 'journeys');
  const body = { need: 'generalOutpatient', findings, ...(complaint.trim() && { complaint: complaint.trim() }) };
  return (
    <div className="inset">
      <label htmlFor={`worse-${member.id}`}>{t('fact.findings')}</label>
      <FindingPicker id={`worse-${member.id}`} chosen={findings} onChange={setFindings} />
      <label>{t('fact.complaint')}<input maxLength={300} value={complaint} onChange={(event) => setComplaint(event.target.value)} /></label>
      <div className="actions">
        <button type="button" className="primary" disabled={ask.busy || (findings.length === 0 && complaint.trim() === '')} onClick={() => ask.now(`/api/panels/members/${member.id}/raise`, body, ({ journey }) => onDone(journey))}>{ask.busy ? t('act.sending') : t('family.raise')}</button>
        <button type="button" onClick={() => onDone()}>{t('act.cancel')}</button>
      </div>
      {ask.problem && <p role="alert" className="problem">{ask.problem}</p>}
    </div>
  );
}
