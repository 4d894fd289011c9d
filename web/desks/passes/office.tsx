import './passes.css';
import { useId, useState, type FormEvent } from 'react';
import { ISSUER_KINDS, type IssuerCounted } from '../../../src/passes/index.ts';
import { clockTime } from '../../shared/time.ts';
import { cityInstant } from '../series/pattern.ts';
import { usePost } from '../data/post.ts';
import { useCity, useMe } from '../data/queries.ts';
import { useWords } from '../shell/language.tsx';
import { dayAndTime } from '../shell/now.ts';
import { Asking, Empty } from '../shell/states.tsx';
import { useIssuers, usePassRecord, type KeyAnswer, type RecordAnswer } from './queries.ts';
import { Unit } from './unit.tsx';

/** The office's passes: which units issue, what was asked at checkpoints, whose key signs, and who did what. */
export function Passes() {
  const { t, word, say } = useWords();
  const me = useMe();
  const issuers = useIssuers();
  const isCity = me.data?.actor.scope === 'city';
  const record = usePassRecord(isCity);
  const [open, setOpen] = useState<string>();
  const [entering, setEntering] = useState(false);
  return (
    <div className="passes-tab">
      <section aria-label={t('passes.units')}>
        <h2>{t('passes.units')}</h2>
        {entering ? <Enrol onDone={() => setEntering(false)} /> : <p className="tools"><button type="button" onClick={() => setEntering(true)}>{t('passes.enrol')}</button></p>}
        <Asking asked={issuers}>
          {({ issuers: units }) => (units.length === 0 ? <Empty>{t('passes.no-units')}</Empty> : (
            <ul className="plain-rows">
              {units.map((unit) => (
                <li key={unit.id}>
                  <button type="button" className="plain" aria-expanded={open === unit.id} onClick={() => setOpen(open === unit.id ? undefined : unit.id)}><b>{say(unit.name)}</b></button> · {word('issuer-kind', unit.kind)} · {t('passes.live-of', { live: unit.live, max: unit.passesMax })}{unit.withdrawn && <b> · {t('passes.withdrawn')}</b>}
                  {open === unit.id && <><Unit issuer={unit} />{!unit.withdrawn && <Withdraw unit={unit} />}</>}
                </li>
              ))}
            </ul>
          ))}
        </Asking>
      </section>
      {isCity && (
        <div>
          <Asking asked={record}>{(answer) => <Checks record={answer} />}</Asking>
          <Asking asked={issuers}>{({ keys, issuers: units }) => <Keys keys={keys} units={units} />}</Asking>
          <Asking asked={record}>{({ acts }) => (
            <section aria-label={t('passes.acts')}>
              <h2>{t('passes.acts')}</h2>
              {acts.length === 0 && <Empty>{t('passes.no-acts')}</Empty>}
              <ul className="plain-rows">{acts.map(({ at, by, what, facts }, index) => <li key={index}><time>{dayAndTime(at)}</time> {word('pass-act', what)} · {facts['issuer']}{facts['passes'] !== undefined && ` · ${t('passes.count', { count: Number(facts['passes']) })}`}{facts['reason'] !== undefined && ` · ${facts['reason']}`} <span className="quiet">{by}</span></li>)}</ul>
            </section>
          )}</Asking>
        </div>
      )}
    </div>
  );
}

/** What officers were told in the last day, hour by hour: the pattern and the number say it, not the colour alone. */
function Checks({ record: { hours, twice } }: { readonly record: RecordAnswer }) {
  const { t, word } = useWords();
  const answers = [...new Set(hours.map(({ answer }) => answer))].sort();
  const times = [...new Set(hours.map(({ hour }) => hour))].sort((a, b) => a - b);
  const most = Math.max(1, ...hours.map(({ count }) => count));
  return (
    <section aria-label={t('passes.checks')}>
      <h2>{t('passes.checks')}</h2>
      {times.length === 0 && <Empty>{t('passes.no-checks')}</Empty>}
      {times.length > 0 && (
        <div className="scroll-x" tabIndex={0} role="group" aria-label={t('passes.by-hour')}>
          <table className="cover-hours">
            <thead><tr><th scope="col">{t('passes.answer')}</th>{times.map((hour) => <th key={hour} scope="col">{clockTime(hour).slice(0, 2)}</th>)}</tr></thead>
            <tbody>{answers.map((answer) => (
              <tr key={answer}><th scope="row">{word('pass-answer', answer)}</th>{times.map((hour) => {
                const count = hours.find((each) => each.hour === hour && each.answer === answer)?.count ?? 0;
                return <td key={hour}><span className="pass-bar" style={{ blockSize: `${Math.round((count / most) * 1.5 * 10) / 10}rem` }} />{count > 0 && count}</td>;
              })}</tr>
            ))}</tbody>
          </table>
        </div>
      )}
      {twice.length > 0 && (
        <>
          <h3>{t('passes.twice')}</h3>
          <ul className="plain-rows">{twice.map(({ code, at, scope }, index) => <li key={index}><span className="code">{code}</span> · {dayAndTime(at)} · {scope.split(':')[1]}</li>)}</ul>
        </>
      )}
    </section>
  );
}

function Keys({ keys, units }: { readonly keys: readonly KeyAnswer[]; readonly units: readonly IssuerCounted[] }) {
  const { t, say } = useWords();
  const city = useCity();
  const turn = usePost('passes');
  const nameOf = (issuer: string): string => (issuer === 'city' ? say(city.data?.name) : say(units.find(({ id }) => id === issuer)?.name)) || issuer;
  return (
    <section aria-label={t('passes.keys')}>
      <h2>{t('passes.keys')}</h2>
      <p className="quiet">{t('passes.keys-why')}</p>
      <ul className="plain-rows">
        {keys.filter(({ retiredAt }) => retiredAt === null).map((key) => {
          const { kid, issuer, madeAt } = key;
          const earlier = keys.filter((other) => other.issuer === issuer && other.retiredAt !== null);
          return (
            <li key={kid}>
              <b>{nameOf(issuer)}</b> · <span className="code">{kid.slice(0, 8)}</span> · {t('passes.signs-since', { time: dayAndTime(madeAt) })} <button type="button" className="plain" disabled={turn.busy} aria-label={t('act.for', { verb: t('passes.turn'), name: nameOf(issuer) })} onClick={() => turn.now('/api/passes/keys/rotate', { issuer, kid })}>{t('passes.turn')}</button>
              <GiveUp of={key} name={nameOf(issuer)} />
              {earlier.length > 0 && (
                <details>
                  <summary>{t('passes.earlier', { count: earlier.length })}</summary>
                  <ul className="plain-rows">{earlier.map((old) => <li key={old.kid}><span className="code">{old.kid.slice(0, 8)}</span>{old.givenUpAt === null ? <GiveUp of={old} name={`${nameOf(issuer)} ${old.kid.slice(0, 8)}`} /> : <> · {t('passes.given-up', { time: dayAndTime(old.givenUpAt) })}</>}</li>)}</ul>
                </details>
              )}
            </li>
          );
        })}
      </ul>
      {turn.problem && <p role="alert" className="problem">{turn.problem}</p>}
    </section>
  );
}

/** Somebody else may have this key: asked with what it does to the people who hold a pass of it. */
function GiveUp({ of: { kid, issuer }, name }: { readonly of: KeyAnswer; readonly name: string }) {
  const { t } = useWords();
  const send = usePost('passes');
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  if (!asking) return <> <button type="button" className="plain" aria-label={t('act.for', { verb: t('passes.give-up'), name })} onClick={() => setAsking(true)}>{t('passes.give-up')}</button></>;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    send.now('/api/passes/keys/give-up', { issuer, kid, reason: reason.trim() }, () => setAsking(false));
  };
  return (
    <form className="inset change" onSubmit={submit}>
      <p className="what-happens">{t('passes.give-up-happens')}</p>
      <label>{t('passes.why')}<input value={reason} required maxLength={300} onChange={(event) => setReason(event.target.value)} /></label>
      {send.problem && <p role="alert" className="problem">{send.problem}</p>}
      <p className="actions"><button type="submit" className="grave" disabled={send.busy || reason.trim() === ''}>{t('passes.give-up-now')}</button><button type="button" onClick={() => setAsking(false)}>{t('act.cancel')}</button></p>
    </form>
  );
}

function Withdraw({ unit }: { readonly unit: IssuerCounted }) {
  const { t } = useWords();
  const send = usePost('passes');
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  if (!asking) return <p><button type="button" className="plain" onClick={() => setAsking(true)}>{t('passes.unit-withdraw')}</button></p>;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    send.now(`/api/passes/issuers/${encodeURIComponent(unit.id)}/withdraw`, { reason: reason.trim() });
  };
  return (
    <form className="inset change" onSubmit={submit}>
      <p className="what-happens">{t('passes.unit-withdraw-happens', { count: unit.live })}</p>
      <label>{t('passes.why')}<input value={reason} required maxLength={300} onChange={(event) => setReason(event.target.value)} /></label>
      {send.problem && <p role="alert" className="problem">{send.problem}</p>}
      <p className="actions"><button type="submit" className="grave" disabled={send.busy || reason.trim() === ''}>{t('passes.unit-withdraw-now')}</button><button type="button" onClick={() => setAsking(false)}>{t('act.cancel')}</button></p>
    </form>
  );
}

function Enrol({ onDone }: { readonly onDone: () => void }) {
  const { t, word, say } = useWords();
  const id = useId();
  const me = useMe();
  const city = useCity();
  const send = usePost('passes');
  const [kind, code] = me.data?.actor.scope.split(':') ?? [];
  const [unit, setUnit] = useState({ id: '', kind: 'hospital', zh: '', en: '', passesMax: '200', until: '' });
  const [areas, setAreas] = useState<readonly string[]>(kind === 'district' && code !== undefined ? [code] : []);
  const change = (part: Partial<typeof unit>): void => setUnit({ ...unit, ...part });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    send.now('/api/passes/issuers', { id: unit.id.trim(), kind: unit.kind, name: { zh: unit.zh.trim(), en: unit.en.trim() || unit.zh.trim() }, passesMax: Number(unit.passesMax), until: cityInstant(unit.until), ...(areas.length > 0 && { areas }) }, onDone);
  };
  return (
    <form className="inset change" onSubmit={submit}>
      <label>{t('passes.kind')}<select value={unit.kind} onChange={(event) => change({ kind: event.target.value })}>{ISSUER_KINDS.map((each) => <option key={each} value={each}>{word('issuer-kind', each)}</option>)}</select></label>
      <label>{t('passes.code')}<input value={unit.id} required pattern="[A-Za-z][\w\-]{1,39}" onChange={(event) => change({ id: event.target.value })} /></label>
      <label>{t('passes.name-zh')}<input value={unit.zh} required maxLength={60} onChange={(event) => change({ zh: event.target.value })} /></label>
      <label>{t('passes.name-en')}<input value={unit.en} maxLength={60} onChange={(event) => change({ en: event.target.value })} /></label>
      <label>{t('passes.max')}<input type="number" min={1} max={100_000} required value={unit.passesMax} onChange={(event) => change({ passesMax: event.target.value })} /></label>
      <label>{t('passes.end')}<input type="datetime-local" required value={unit.until} onChange={(event) => change({ until: event.target.value })} /></label>
      {kind === 'city' && (
        <fieldset>
          <legend>{t('passes.areas')}</legend>
          <div className="checks lock-towns">{(city.data?.districts ?? []).map((district) => <label key={district.code} className="check"><input type="checkbox" name={`${id}a`} checked={areas.includes(district.code)} onChange={({ target: { checked } }) => setAreas(checked ? [...areas, district.code] : areas.filter((each) => each !== district.code))} />{say(district.name)}</label>)}</div>
        </fieldset>
      )}
      {send.problem && <div role="alert" className="problem"><p>{send.problem}</p>{send.fields.length > 0 && <ul>{send.fields.map(({ field, detail }) => <li key={field}>{detail || field}</li>)}</ul>}</div>}
      <p className="actions"><button type="submit" className="primary" disabled={send.busy}>{t('passes.enrol-now')}</button><button type="button" onClick={onDone}>{t('act.cancel')}</button></p>
    </form>
  );
}
