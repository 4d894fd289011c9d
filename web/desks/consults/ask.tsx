import { useId, useState, type FormEvent } from 'react';
import { MODES, SPECIALTIES, URGENCIES } from '../../../src/consults/index.ts';
import { usePost } from '../data/post.ts';
import { useJourneys } from '../data/queries.ts';
import { useWords } from '../shell/language.tsx';
import { useExperts } from './queries.ts';

/** A question to a municipal hospital: what an expert has to know of the patient is taken from the request, nobody types it again. */
export function Ask({ onDone }: { readonly onDone: () => void }) {
  const { t, word, say } = useWords();
  const id = useId();
  const journeys = useJourneys();
  const experts = useExperts();
  const send = usePost('consults');
  const [specialty, setSpecialty] = useState<string>('');
  const [urgency, setUrgency] = useState<string>('urgent');
  const [mode, setMode] = useState<string>('remote');
  const [journey, setJourney] = useState('');
  const [askedOf, setAskedOf] = useState('');
  const [question, setQuestion] = useState('');
  const here = (journeys.data?.journeys ?? []).filter(({ arrival, step }) => step !== undefined && arrival?.treatedAt === undefined);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    send.now('/api/consults', { specialty, urgency, mode, question: question.trim(), ...(journey && { journey }), ...(askedOf && { askedOf }) }, onDone);
  };
  return (
    <form className="inset change" onSubmit={submit}>
      <label>{t('consult.about')}
        <select value={journey} onChange={(event) => setJourney(event.target.value)}>
          <option value="">{t('consult.about-nobody')}</option>
          {here.map((one) => <option key={one.id} value={one.id}>{word('acuity', one.acuity)} {one.person.name} · {word('need', one.need)}</option>)}
        </select>
      </label>
      <fieldset>
        <legend>{t('consult.how-soon')}</legend>
        <div className="checks">{URGENCIES.map((each) => <label key={each} className="check"><input type="radio" name={`${id}u`} checked={urgency === each} onChange={() => setUrgency(each)} />{word('urgency', each)}</label>)}</div>
      </fieldset>
      <label>{t('consult.specialty')}
        <select value={specialty} required onChange={(event) => setSpecialty(event.target.value)}>
          <option value="" />
          {SPECIALTIES.map((each) => <option key={each} value={each}>{word('specialty', each)}</option>)}
        </select>
      </label>
      <label className="check"><input type="checkbox" checked={mode === MODES[1]} onChange={({ target: { checked } }) => setMode(checked ? 'onSite' : 'remote')} />{t('consult.in-person')}</label>
      <label htmlFor={`${id}q`}>{t('consult.question')}</label>
      <p className="quiet" id={`${id}h`}>{t('consult.question-hint')}</p>
      <textarea id={`${id}q`} rows={4} maxLength={4000} required aria-describedby={`${id}h`} value={question} onChange={(event) => setQuestion(event.target.value)} />
      {(experts.data?.hospitals.length ?? 0) > 1 && (
        <label>{t('consult.hospital')}
          <select value={askedOf} onChange={(event) => setAskedOf(event.target.value)}>
            <option value="">{t('consult.hospital-any')}</option>
            {experts.data!.hospitals.map(({ code, name }) => <option key={code} value={code}>{say(name)}</option>)}
          </select>
        </label>
      )}
      <p className="what-happens">{t('consult.happens')}</p>
      {send.problem && <p role="alert" className="problem">{send.problem}</p>}
      <div className="actions">
        <button type="submit" className="primary" disabled={send.busy || specialty === '' || question.trim() === ''}>{t(send.busy ? 'act.sending' : 'consult.ask-now')}</button>
        <button type="button" onClick={onDone}>{t('act.cancel')}</button>
      </div>
    </form>
  );
}
