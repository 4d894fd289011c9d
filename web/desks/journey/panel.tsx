import { lazy, Suspense, type ReactNode } from 'react';
import type { JourneyView } from '../../../src/journey/index.ts';
import { clockTime } from '../../shared/time.ts';
import { findingName } from '../requests/finding-picker.tsx';
import { useWords } from '../shell/language.tsx';
import { dayAndTime } from '../shell/now.ts';
import { AcuityMark } from './acuity.tsx';
import { AgeOf, Countdown } from './countdown.tsx';
import { DriveTime } from './drive-time.tsx';
import { EventLog } from './log.tsx';
import { holderOf, whatOf } from './line.tsx';
import { PassSheet } from './pass-sheet.tsx';
import { MissingFacts, ReasonList } from './reasons.tsx';
import { Replay } from './replay.tsx';
import { CustodyRecord, Timeline } from './timeline.tsx';

/** The tables of triage come with it: a phone that shows a telephone number of this file never loads them. */
const FiredRows = lazy(() => import('./fired.tsx').then(({ FiredRows: rows }) => ({ default: rows })));

interface PanelProps {
  readonly journey: JourneyView;
  /** Buttons, and what helps to press the right one. */
  readonly children?: ReactNode;
  readonly onClose?: () => void;
}

/** One journey, everything this reader may know of it; what is needed now comes first. */
export function JourneyPanel({ journey, children, onClose }: PanelProps) {
  const words = useWords();
  const { t, word, say } = words;
  const { step, closed } = journey;
  return (
    <article className="panel" aria-label={t('journey.of', { name: journey.person.name })}>
      <header className="panel-head">
        {onClose && <button type="button" className="plain panel-back" onClick={onClose}>{t('journey.back')}</button>}
        <AcuityMark acuity={journey.acuity} />
        <h2>{journey.person.name}</h2>
        <p>{whatOf(words, journey)}</p>
        <p className="quiet"><span className="code">{journey.id}</span> · {t('journey.received', { time: dayAndTime(journey.receivedAt) })}</p>
      </header>
      {step && (
        <section className="panel-now">
          <p><b>{word('link', step.kind)}</b> · {word('role', step.owner.role)} · {say(step.owner.name)}</p>
          <Countdown link={step} />
          {journey.changed && <p>{t('journey.changed', { time: dayAndTime(journey.changed.at), why: word('because', journey.changed.because) })}</p>}
        </section>
      )}
      {closed && <section className="panel-now"><p><b>{word('outcome', closed.outcome)}</b> {clockTime(closed.at)}</p></section>}
      {children}
      <PersonFacts journey={journey} />
      <PassSheet key={`pass ${journey.id}`} journey={journey} />
      {journey.clinical && <ClinicalFacts clinical={journey.clinical} />}
      <section>
        <h3>{t('journey.chain')}</h3>
        <p>{t('journey.with-now', { holder: holderOf(words, journey.holder, journey) })}</p>
        <Timeline links={journey.links} />
      </section>
      <details>
        <summary>{t('journey.why')}</summary>
        <ReasonList reasons={journey.reasons} ruledOut={journey.ruledOut} />
        <MissingFacts missing={journey.missing} />
        {journey.fired.length > 0 && <><h4>{t('journey.why-urgent')}</h4><Suspense><FiredRows fired={journey.fired} /></Suspense></>}
        <p className="quiet">{t('journey.policy', { id: journey.policy.id, version: journey.policy.version })}</p>
      </details>
      <Replay key={journey.id} journey={journey} />
      <details><summary>{t('journey.custody')}</summary><CustodyRecord journey={journey} /></details>
      <EventLog journey={journey} />
    </article>
  );
}

/** A list of facts; a fact that is not known is not shown as if it were known to be nothing. */
export function Facts({ rows }: { readonly rows: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="facts">
      {rows.filter(([, value]) => value !== undefined && value !== '' && value !== false).map(([name, value]) => (
        <div key={name}><dt>{name}</dt><dd>{value}</dd></div>
      ))}
    </dl>
  );
}

function PersonFacts({ journey }: { readonly journey: JourneyView }) {
  const words = useWords();
  const { t, word, say } = words;
  const { person, entry, out, back, mission, booking, pass, arrival } = journey;
  const ride = back ?? out;
  return (
    <Facts rows={[
      [t('fact.phone'), person.phone && <Phone number={person.phone} />],
      [t('fact.proxy'), person.proxy && <>{person.proxy.name} <Phone number={person.proxy.phone} /></>],
      [t('fact.address'), journey.address && `${say(journey.town.name)} · ${journey.address}`],
      [t('fact.groups'), person.groups.map((group) => word('group', group)).join(', ')],
      [t('fact.mobility'), person.mobility && word('mobility', person.mobility)],
      [t('fact.companion'), person.companion],
      [t('fact.place'), journey.institution && say(journey.institution.name)],
      [t('fact.door'), journey.pathway !== 'remote' && word('entry', entry.via)],
      [t('fact.slot'), booking && !booking.cancelled && dayAndTime(booking.slot.startsAt)],
      [t('fact.unit'), mission?.unit && !mission.stoodDown && <><span className="code">{mission.unit}</span>{mission.times.atPatient === undefined && mission.etaSeconds !== undefined && <> <DriveTime seconds={mission.etaSeconds} estimated={mission.estimated} noWayOpen={mission.noWayOpen} /></>}</>],
      [t('fact.car'), ride?.car && !ride.cancelled && <><span className="code">{ride.car}</span> {t('fact.pick-up', { time: clockTime(ride.planned?.pickUpAt ?? ride.pickUpAt) })}</>],
      [t('fact.cohort'), journey.transport === 'specialCar' && word('cohort', journey.cohort)],
      [t('fact.pass'), pass && !pass.revoked && <><span className="code">{pass.code}</span> {t('fact.valid-to', { time: dayAndTime(pass.validTo) })}</>],
      [t('fact.refused'), arrival?.refused && `${clockTime(arrival.refused.at)} ${word('ground', arrival.refused.ground)}`],
    ]} />
  );
}

/** `label`: whose it is, where that is not plain from what stands around it. */
export function Phone({ number, label }: { readonly number: string; readonly label?: string }) {
  return <a className="phone" href={`tel:${number}`}>{label !== undefined && <span className="phone-label">{label} </span>}{number}</a>;
}

export function ClinicalFacts({ clinical }: { readonly clinical: NonNullable<JourneyView['clinical']> }) {
  const words = useWords();
  const { t, word } = words;
  const vitals = Object.entries(clinical.vitals).filter(([, value]) => value !== undefined);
  return (
    <Facts rows={[
      [t('fact.complaint'), clinical.complaint],
      [t('fact.findings'), clinical.findings.map((code) => findingName(words, code)).join(', ')],
      [t('fact.not-known'), clinical.notKnown?.map((code) => findingName(words, code)).join(', ')],
      [t('fact.lowered'), clinical.lowered && `${word('acuity', clinical.lowered.acuity)} · ${clinical.lowered.clinician} · ${clinical.lowered.reason}`],
      [t('fact.vitals'), vitals.map(([name, value]) => word('vital', name, { value: String(value) })).join(' · ')],
      [t('fact.test'), clinical.test && word('test', clinical.test)],
      [t('fact.patient-kind'), clinical.patientKind && word('patient-kind', clinical.patientKind)],
      [t('fact.medicine'), clinical.medicine],
      [t('fact.days-left'), clinical.medicineDaysLeft !== undefined && String(clinical.medicineDaysLeft)],
      [t('fact.last-session'), clinical.lastSessionAt !== undefined && <>{dayAndTime(clinical.lastSessionAt)} (<AgeOf at={clinical.lastSessionAt} />)</>],
    ]} />
  );
}
