import { useId, useState, type FormEvent } from 'react';
import { useMe } from '../data/queries.ts';
import { findingName } from '../requests/finding-picker.tsx';
import { useWords } from '../shell/language.tsx';
import { NoLine } from './no-line.tsx';
import { useDoor, useDoorPost, type EntryAnswer, type OpenedAtDoor } from './queries.ts';
import { WayIn } from './way-in.tsx';

/** What a guard can see in a breath. Each of them is an emergency by the tables of triage. */
const SIGNS = ['unresponsive', 'notBreathing', 'majorBleeding', 'convulsion', 'chestPain', 'severeBreathlessness'] as const;
const AGES = [['underThree', 24], ['child', 96], ['adult', 480], ['old', 900]] as const;

interface Seen {
  readonly ageMonths?: number;
  readonly findings: readonly string[];
  readonly groups: readonly string[];
}

/** Somebody stands here whom nobody announced: three things that can be seen, then the way in. Their name is asked later, by those who treat them. */
export function UnknownPerson({ onClose, onOpened }: { readonly onClose: () => void; readonly onOpened?: (journey: string) => void }) {
  const words = useWords();
  const { t, word } = words;
  const id = useId();
  const me = useMe();
  const door = useDoor();
  const [age, setAge] = useState<number>();
  const [findings, setFindings] = useState<readonly string[]>([]);
  const [pregnant, setPregnant] = useState(false);
  const ask = useDoorPost<Seen, EntryAnswer>('/api/door/entry');
  const open = useDoorPost<Seen, OpenedAtDoor>('/api/door/unknown');
  const ward = me.data?.actor.role === 'ward';
  const seen: Seen = { ...(age !== undefined && { ageMonths: age }), findings, groups: pregnant ? ['pregnant'] : [] };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    ask.mutate(seen);
  };
  if (open.data) {
    const { journey, answer } = open.data;
    return <WayIn answer={answer} door={door.data?.doors[answer.via]}><p>{t(ward ? 'door.received-as' : 'door.written-as', { name: journey.person.name })}</p><p className="actions"><button type="button" className="primary wide" onClick={() => { onOpened?.(journey.id); onClose(); }}>{t('door.next')}</button></p></WayIn>;
  }
  if (ask.data) {
    const { answer, door: named } = ask.data;
    return (
      <WayIn answer={answer} door={named}>
        <p className="actions">
          <button type="button" className="primary wide" disabled={open.isPending} onClick={() => open.mutate(seen)}>{t(ward ? 'door.receive-now' : 'door.write-down')}</button>
          <button type="button" className="wide" onClick={onClose}>{t('door.next')}</button>
        </p>
        {open.error && <p role="alert" className="problem">{open.error.message}</p>}
      </WayIn>
    );
  }
  return (
    <form className="unknown-person" onSubmit={submit} aria-label={t('door.unknown')}>
      <fieldset>
        <legend>{t('door.age')}</legend>
        <div className="checks big-checks">{AGES.map(([name, months]) => <label key={name} className="check"><input type="radio" name={`${id}a`} checked={age === months} onChange={() => setAge(months)} />{word('door-age', name)}</label>)}</div>
      </fieldset>
      <fieldset>
        <legend>{t('door.signs')}</legend>
        <div className="checks big-checks">{SIGNS.map((code) => <label key={code} className="check"><input type="checkbox" checked={findings.includes(code)} onChange={({ target: { checked } }) => setFindings(checked ? [...findings, code] : findings.filter((each) => each !== code))} />{findingName(words, code)}</label>)}</div>
      </fieldset>
      <label className="check"><input type="checkbox" checked={pregnant} onChange={({ target: { checked } }) => setPregnant(checked)} />{t('door.pregnant')}</label>
      <NoLine error={ask.error} />
      <p className="actions"><button type="submit" className="primary wide" disabled={ask.isPending}>{t(ask.isPending ? 'act.sending' : 'door.which-way')}</button><button type="button" onClick={onClose}>{t('act.cancel')}</button></p>
    </form>
  );
}
