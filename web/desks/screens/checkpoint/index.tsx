import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import type { Text } from '../../../../src/base/index.ts';
import { openOutbox } from '../../data/outbox.ts';
import { useCity, useMe, useTrust } from '../../data/queries.ts';
import { cityNow } from '../../../shared/clock.ts';
import { CodeInput } from '../../shell/code-input.tsx';
import { useWords } from '../../shell/language.tsx';
import { dayAndTime, useNow } from '../../shell/now.ts';
import '../drive/drive.css';
import { Unsent } from '../drive/unsent.tsx';
import { alone, ask, isScanned, letThrough, type Shown } from './check.ts';

/** What is older than that is said in words: a pass withdrawn this morning still looks good to a phone of last night. */
const OLD_MS = 12 * 3_600_000;

/** A reader that types what it reads sends letter by letter: half of a pass is no look at one. */
const WHOLE_MS = 600;

/** The roadblock: a code in, a word and a shape as large as the phone out. It reads passes by itself; a network only adds what others know. */
export default function Checkpoint() {
  const { t } = useWords();
  const { data: me } = useMe();
  const { data: city } = useCity();
  const { data: trust, refetch } = useTrust();
  const queries = useQueryClient();
  const actor = me?.actor.id;
  useEffect(() => (actor === undefined ? undefined : openOutbox(actor, () => queries.refetchQueries({ type: 'active' }, { throwOnError: true }))), [actor, queries]);
  const [code, setCode] = useState('');
  const [shown, setShown] = useState<Shown | 'nothing'>();
  const [failed, setFailed] = useState<string>();
  const [asking, setAsking] = useState(false);
  const turn = useRef(0);
  const reading = useRef<ReturnType<typeof setTimeout>>(undefined);

  const check = async (text: string): Promise<void> => {
    const mine = ++turn.current;
    const show = (answer: Shown | 'nothing'): void => { if (turn.current === mine) setShown(answer); };
    setAsking(true);
    setFailed(undefined);
    try {
      const district = me?.actor.scope.startsWith('checkpoint:') ? me.actor.scope.slice('checkpoint:'.length) : undefined;
      const names = (wanted: string): Text | undefined => (city?.towns.find((town) => town.code === wanted) ?? city?.institutions.find((house) => house.code === wanted))?.name;
      const own = await alone(text, trust, district, names);
      if (own && own.answer !== 'noNetwork') show(own);
      // A typing error is no look at a pass.
      if (own?.answer === 'notACode') return;
      const answered = await ask(text, own, actor ?? '');
      if (answered) show({ ...own, ...answered });
      else show(own ?? 'nothing');
    } catch (problem) {
      if (turn.current === mine) setFailed((problem as Error).message);
    } finally {
      if (turn.current === mine) setAsking(false);
    }
  };
  const change = (text: string): void => {
    turn.current++;
    setCode(text);
    setShown(undefined);
    setFailed(undefined);
    setAsking(false);
    clearTimeout(reading.current);
    if (isScanned(text)) reading.current = setTimeout(() => void check(text.trim()), WHOLE_MS);
  };
  const scanned = (text: string): void => {
    change(text);
    clearTimeout(reading.current);
    void check(text.trim());
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    clearTimeout(reading.current);
    if (code.trim()) void check(code.trim());
  };
  return (
    <form className="checkpoint" onSubmit={submit}>
      <CodeInput label={t('checkpoint.code')} hint={t('checkpoint.code-hint')} value={code} onChange={change} onScan={scanned} />
      <button type="submit" className="primary" disabled={code.trim() === '' || asking}>{t(asking ? 'act.sending' : 'checkpoint.check')}</button>
      {shown !== undefined && shown !== 'nothing' && <Answer shown={shown} phone={city?.phones.medicalLine.number} listAt={trust?.at} />}
      {(shown === 'nothing' || failed !== undefined) && (
        <section className="answer answer-unknown" role="alert">
          <p className="answer-word">{t('checkpoint.no-answer')}</p>
          {failed !== undefined && <p>{failed}</p>}
          <p>{t('checkpoint.no-answer-do')}</p>
        </section>
      )}
      <button type="button" className="wide" onClick={() => { turn.current++; setCode(''); setFailed(undefined); setAsking(false); setShown({ answer: 'emergency', at: cityNow(), alone: true }); void letThrough(actor ?? ''); }}>{t('checkpoint.very-ill')}</button>
      <p>{t('checkpoint.emergency')}</p>
      {trust ? <Age at={trust.at} again={() => void refetch()} /> : <p role="status">{t('checkpoint.no-list')}</p>}
      {actor !== undefined && <Unsent actor={actor} />}
    </form>
  );
}

function Age({ at, again }: { readonly at: number; readonly again: () => void }) {
  const { t } = useWords();
  const isOld = useNow() - at > OLD_MS;
  return (
    <p className={isOld ? 'note' : 'quiet'} {...(isOld && { role: 'status' })}>
      {t(isOld ? 'checkpoint.list-old' : 'checkpoint.list', { time: dayAndTime(at) })} {isOld && <button type="button" onClick={again}>{t('checkpoint.list-again')}</button>}
    </p>
  );
}

function Answer({ shown: { answer, at, alone: byItself, name, kind, fromTown, toInstitution, validFrom, validTo }, phone, listAt }: { readonly shown: Shown; readonly phone: string | undefined; readonly listAt: number | undefined }) {
  const { t, word, say } = useWords();
  const passes = answer === 'valid' || answer === 'emergency';
  return (
    <section className={passes ? 'answer answer-yes' : 'answer answer-ask'} role="status">
      <svg viewBox="0 0 100 100" aria-hidden="true">
        {passes ? <path d="M10 55l26 26 54-60" /> : <path d="M50 12v48M50 76v10" />}
      </svg>
      <p className="answer-word">{t(passes ? 'checkpoint.pass' : 'checkpoint.ask')}</p>
      {answer === 'emergency' ? <p>{t('checkpoint.very-ill-said')}</p> : !passes && <p>{word('pass-answer', answer)}</p>}
      {name !== undefined && <p><b>{name}</b>{kind !== undefined && ` · ${word('pass-kind', kind)}`}</p>}
      {fromTown && toInstitution && <p>{t('checkpoint.way', { from: say(fromTown), to: say(toInstitution) })}</p>}
      {validFrom !== undefined && validTo !== undefined && <p>{t('checkpoint.window', { from: dayAndTime(validFrom), to: dayAndTime(validTo) })}</p>}
      {!passes && phone !== undefined && <p>{t('checkpoint.call')} <a className="button" href={`tel:${phone}`}>{phone}</a></p>}
      {byItself && (answer === 'expired' || answer === 'notYetValid') && <p><b>{t('checkpoint.clock', { time: dayAndTime(at) })}</b></p>}
      {byItself && answer === 'unknownIssuer' && listAt !== undefined && <p><b>{t('checkpoint.list-lacks', { time: dayAndTime(listAt) })}</b></p>}
      {byItself && answer !== 'emergency' && <p className="quiet">{t('checkpoint.alone')}</p>}
    </section>
  );
}
