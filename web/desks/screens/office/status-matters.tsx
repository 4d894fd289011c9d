import { useState, type FormEvent } from 'react';
import type { StatusMatter } from '../../data/contract.ts';
import { usePost } from '../../data/post.ts';
import { useCity, usePublished, useStatus, useStatusMatters } from '../../data/queries.ts';
import { useWords } from '../../shell/language.tsx';
import { dayAndTime } from '../../shell/now.ts';
import { Asking, Empty } from '../../shell/states.tsx';

/** What of the services waits for somebody: closures asked for (ours to confirm by name), houses that have said nothing, numbers that differ. */
export function StatusMatters() {
  const { t } = useWords();
  const asked = useStatusMatters();
  return (
    <section className="out">
      <h2>{t('office.status-matters')}</h2>
      <Asking asked={asked}>
        {({ matters }) => (matters.length === 0 ? <Empty>{t('office.status-matters-empty')}</Empty> : (
          <ul className="plain-rows">{[...matters].sort((a, b) => Number(b.kind === 'closing') - Number(a.kind === 'closing') || a.dueAt - b.dueAt).map((matter) => <Matter key={matter.id} matter={matter} />)}</ul>
        ))}
      </Asking>
      <PublishedLog />
    </section>
  );
}

function useNameOf(): (code: string | null | undefined) => string {
  const { say } = useWords();
  const city = useCity();
  return (code) => say(city.data?.institutions.find((one) => one.code === code)?.name) || (code ?? '');
}

function Matter({ matter: { kind, institution, service, asked, askedName, dueAt, id } }: { readonly matter: StatusMatter }) {
  const { t, word } = useWords();
  const nameOf = useNameOf();
  const status = useStatus();
  const places = status.data?.services.find((row) => row.institution === institution && row.service === service)?.places;
  return (
    <li>
      <b>{t(`office.matter-${kind}`)}</b> {nameOf(institution)}{service !== '' && <>, {word('service', service)}</>} <span className="quiet">{t('office.matter-due', { time: dayAndTime(dueAt) })}</span>
      <br />
      <span className="quiet">
        {kind === 'difference' && places?.said !== undefined && t('ward.places-differ', { said: places.said, counted: places.free })}
        {asked && (
          <>
            {asked.reason && `${word('closure', asked.reason)} · `}{asked.until !== undefined && `${t('ward.until', { time: dayAndTime(asked.until) })} · `}
            {t('ward.stand-in', { name: nameOf(asked.standIn) })}{askedName && ` · ${t('office.asked-by', { name: askedName })}`}
          </>
        )}
      </span>
      {kind === 'closing' && <Second id={id} />}
    </li>
  );
}

/** The second person: closes it, or says why it stays open. */
function Second({ id }: { readonly id: string }) {
  const { t } = useWords();
  const send = usePost('status', 'journeys');
  const [declining, setDeclining] = useState(false);
  const [reason, setReason] = useState('');
  const decline = (event: FormEvent): void => {
    event.preventDefault();
    send.now(`/api/closings/${id}/decline`, { reason: reason.trim() });
  };
  return (
    <>
      {!declining && (
        <p className="actions">
          <button type="button" className="primary" disabled={send.busy} onClick={() => send.now(`/api/closings/${id}/confirm`, {})}>{t('office.confirm-closing')}</button>
          <button type="button" disabled={send.busy} onClick={() => setDeclining(true)}>{t('office.decline-closing')}</button>
        </p>
      )}
      {declining && (
        <form className="change" onSubmit={decline}>
          <label>{t('office.decline-reason')}<input required maxLength={300} value={reason} onChange={(event) => setReason(event.target.value)} /></label>
          <div className="actions">
            <button type="submit" className="primary" disabled={send.busy}>{t(send.busy ? 'act.sending' : 'office.decline-closing')}</button>
            <button type="button" onClick={() => setDeclining(false)}>{t('act.cancel')}</button>
          </div>
        </form>
      )}
      {send.problem && <p role="alert" className="problem">{send.problem}</p>}
    </>
  );
}

function PublishedLog() {
  const { t, word } = useWords();
  const nameOf = useNameOf();
  const asked = usePublished();
  const published = asked.data?.published ?? [];
  return (
    <details>
      <summary>{t('office.published', { count: published.length })}</summary>
      <ul className="plain-rows">
        {published.map((one) => (
          <li key={`${one.institution} ${one.service} ${one.at}`}>
            {dayAndTime(one.at)} <b>{nameOf(one.institution)}</b>, {word('service', one.service)}: {word('service-state', one.state)}
            {one.until !== null && ` · ${t('ward.until', { time: dayAndTime(one.until) })}`}{one.standIn && ` · ${t('ward.stand-in', { name: nameOf(one.standIn) })}`}
          </li>
        ))}
      </ul>
      <p><a href="/status" target="_blank" rel="noreferrer">{t('office.status-page')}</a></p>
    </details>
  );
}
