import { useState, type FormEvent } from 'react';
import type { PharmacyRowView } from '../../../../src/clinic/index.ts';
import { usePost, type Posting } from '../../data/post.ts';
import { AcuityMark } from '../../journey/acuity.tsx';
import { Due } from '../../journey/due.tsx';
import { ageOf } from '../../journey/line.tsx';
import { Facts, Phone } from '../../journey/panel.tsx';
import { useKey } from '../../shell/keys.ts';
import { useWords } from '../../shell/language.tsx';
import { dayAndTime } from '../../shell/now.ts';
import { Taking } from './known.tsx';
import { ItemTable, Warnings } from './prescription.tsx';

interface CaseProps {
  readonly row: PharmacyRowView;
  /** It has left our list; what is shown is how it was. */
  readonly gone: boolean;
  readonly onClose: () => void;
}

/** One prescription: what it says, what else they take, what has to be looked at; and the one step that is next. */
export function PharmacyCase({ row, gone, onClose }: CaseProps) {
  const words = useWords();
  const { t, word, say } = words;
  const act = usePost('clinic', 'journeys');
  const to = (command: string, body: object): void => act.now(`/api/journeys/${encodeURIComponent(row.journey)}/${command}`, body);
  const { person, allergies, checked, dispensed, handedOver, amended, query } = row;
  // What this prescription itself has brought is no other medicine.
  const taking = row.taking.filter(({ medicine }) => !dispensed?.some((item) => item.medicine === medicine));
  return (
    <>
      <article className="clinic-known panel" aria-label={t('journey.of', { name: person.name })}>
        <header className="panel-head">
          <button type="button" className="plain panel-back" onClick={onClose}>{t('journey.back')}</button>
          <AcuityMark acuity={row.acuity} />
          <h2>{person.name}</h2>
          <p>{[ageOf(words, person.ageMonths), ...person.groups.map((group) => word('group', group)), say(row.town.name)].filter(Boolean).join(' · ')}</p>
        </header>
        <section className="panel-now"><p><b>{gone ? t('pharmacy.gone') : word('pharmacy-stage', row.state)}</b></p>{row.dueAt !== undefined && !gone && <Due at={row.dueAt} />}</section>
        <Facts rows={[
          [t('fact.phone'), <Phone number={person.phone} />],
          [t('pharmacy.prescriber'), `${row.prescriber} · ${dayAndTime(row.prescribedAt)}`],
          [t('cloud.allergies'), allergies === undefined ? <b>{t('cloud.allergies-not-asked')}</b> : allergies.length === 0 ? t('cloud.allergies-none') : <b>{allergies.join(', ')}</b>],
          [t('cloud.taking'), taking.length > 0 && <Taking taking={taking} />],
          [t('fact.days-left'), row.medicineDaysLeft !== undefined && String(row.medicineDaysLeft)],
          [t('pharmacy.checked-by'), checked && `${checked.by} · ${dayAndTime(checked.at)}`],
          [t('pharmacy.dispensed'), dispensed && dispensed.map(({ medicine, days, quantity }) => t('pharmacy.dispensed-item', { medicine, days, quantity: quantity ?? '–' })).join(' · ')],
          [t('pharmacy.courier'), handedOver && <>{handedOver.courier} {handedOver.phone && <Phone number={handedOver.phone} />} · {dayAndTime(handedOver.at)}{handedOver.coolBox && ` · ❄ ${t('pharmacy.cool-box')}`}</>],
        ]} />
        {amended && <p className="what-happens">{t('cloud.amended', { time: dayAndTime(amended.at), reason: amended.reason })}</p>}
      </article>
      <div className="clinic-work">
        <section className="prescription"><h3>{t('cloud.prescription')}</h3><ItemTable items={row.prescription.items} /></section>
        {row.prescription.long && <p className="quiet">{t('pharmacy.long', { assessment: row.prescription.long.assessment })}</p>}
        {!gone && row.state === 'toCheck' && <Check row={row} act={act} to={to} />}
        {!gone && row.state === 'queried' && query && <p className="what-happens">{t('pharmacy.waits-for', { name: row.prescriber, question: query.question, time: dayAndTime(query.at) })}</p>}
        {!gone && row.state === 'toDispense' && <><Warnings prescription={row.prescription} /><Dispense row={row} act={act} to={to} /></>}
        {!gone && row.state === 'toHandOver' && <HandOver row={row} act={act} to={to} />}
        {!gone && row.state === 'onTheWay' && <Deliver row={row} act={act} to={to} />}
        {act.problem && <p role="alert" className="problem">{act.problem}</p>}
      </div>
    </>
  );
}

interface StepProps {
  readonly row: PharmacyRowView;
  readonly act: Posting<unknown>;
  readonly to: (command: string, body: object) => void;
}

/** Each warning is accepted by itself, under the pharmacist's name, or the prescriber is asked. */
function Check({ row, act, to }: StepProps) {
  const { t } = useWords();
  const warnings = row.prescription.warnings ?? [];
  const [accepted, setAccepted] = useState<readonly string[]>([]);
  const [asking, setAsking] = useState(false);
  const left = warnings.filter(({ id }) => !accepted.includes(id)).length;
  const check = (): void => to('check-prescription', { accepted });
  useKey('c', () => !act.busy && left === 0 && check());
  return (
    <>
      <Warnings prescription={row.prescription} beside={({ id }) => (
        <label className="check"><input type="checkbox" checked={accepted.includes(id)} onChange={({ target: { checked } }) => setAccepted(checked ? [...accepted, id] : accepted.filter((each) => each !== id))} />{t('pharmacy.accept')}</label>
      )} />
      <div className="actions">
        <button type="button" className="primary" disabled={act.busy || left > 0} onClick={check}>{act.busy ? t('act.sending') : t('pharmacy.check')} <kbd>C</kbd></button>
        <button type="button" aria-expanded={asking} onClick={() => setAsking(!asking)}>{t('pharmacy.ask')}</button>
        {left > 0 && <span className="quiet">{t('pharmacy.left-to-accept', { count: left })}</span>}
      </div>
      {asking && <Query row={row} act={act} to={to} />}
    </>
  );
}

function Query({ row, act, to }: StepProps) {
  const { t } = useWords();
  const [item, setItem] = useState(0);
  const [question, setQuestion] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    to('query-prescription', { item, question: question.trim() });
  };
  return (
    <form className="inset change" onSubmit={submit}>
      <label>{t('pharmacy.ask-about')}<select value={item} onChange={(event) => setItem(Number(event.target.value))}>{row.prescription.items.map(({ medicine }, index) => <option key={index} value={index}>{medicine}</option>)}</select></label>
      <label>{t('pharmacy.question')}<input value={question} maxLength={500} required onChange={(event) => setQuestion(event.target.value)} /></label>
      <p className="quiet">{t('pharmacy.ask-happens', { name: row.prescriber })}</p>
      <button type="submit" disabled={act.busy || question.trim() === ''}>{t('pharmacy.ask-send')}</button>
    </form>
  );
}

function Dispense({ act, to }: StepProps) {
  const { t } = useWords();
  const now = (): void => to('dispense', {});
  useKey('t', () => !act.busy && now());
  return <div className="actions"><button type="button" className="primary" disabled={act.busy} onClick={now}>{act.busy ? t('act.sending') : t('pharmacy.dispense')} <kbd>T</kbd></button></div>;
}

/** Given out of the pharmacy's hands to somebody with a name; what must stay cold goes in a cool box or not at all. */
function HandOver({ row, act, to }: StepProps) {
  const { t } = useWords();
  const [courier, setCourier] = useState('');
  const [phone, setPhone] = useState('');
  const [coolBox, setCoolBox] = useState(false);
  const cold = row.prescription.coldChain === true;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    to('hand-to-courier', { courier: courier.trim(), ...(phone.trim() && { phone: phone.trim() }), ...(cold && { coolBox }) });
  };
  return (
    <form className="change" onSubmit={submit}>
      <label>{t('pharmacy.courier')}<input value={courier} required maxLength={100} onChange={(event) => setCourier(event.target.value)} /></label>
      <label>{t('pharmacy.courier-phone')}<input inputMode="tel" value={phone} maxLength={25} onChange={(event) => setPhone(event.target.value)} /></label>
      {cold && <label className="check"><input type="checkbox" checked={coolBox} onChange={(event) => setCoolBox(event.target.checked)} />❄ {t('pharmacy.in-cool-box')}</label>}
      <div className="actions"><button type="submit" className="primary" disabled={act.busy || courier.trim() === '' || (cold && !coolBox)}>{act.busy ? t('act.sending') : t('pharmacy.hand-over')}</button></div>
    </form>
  );
}

function Deliver({ row, act, to }: StepProps) {
  const { t } = useWords();
  const [at, setAt] = useState(row.person.name);
  const [kept, setKept] = useState<boolean>();
  const cold = row.prescription.coldChain === true;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    to('deliver', { to: at.trim(), ...(cold && { coldKept: kept === true }) });
  };
  return (
    <form className="change" onSubmit={submit}>
      <label>{t('pharmacy.given-to')}<input value={at} required maxLength={200} onChange={(event) => setAt(event.target.value)} /></label>
      {cold && (
        <fieldset>
          <legend>❄ {t('pharmacy.cold-kept')}</legend>
          <label className="check"><input type="radio" name="cold" checked={kept === true} onChange={() => setKept(true)} />{t('act.yes')}</label>{' '}
          <label className="check"><input type="radio" name="cold" checked={kept === false} onChange={() => setKept(false)} />{t('act.no')}</label>
          {kept === false && <p className="what-happens">{t('pharmacy.cold-lost')}</p>}
        </fieldset>
      )}
      <div className="actions"><button type="submit" className="primary" disabled={act.busy || at.trim() === '' || (cold && kept === undefined)}>{act.busy ? t('act.sending') : t(kept === false ? 'pharmacy.dispense-anew' : 'pharmacy.delivered')}</button></div>
    </form>
  );
}
