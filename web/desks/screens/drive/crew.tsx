import { useState } from 'react';
import { nextSteps } from '../../../../src/dispatch/etimes.ts';
import type { Mission, MissionStep } from '../../../../src/dispatch/index.ts';
import { evolveMission } from '../../../../src/dispatch/mission.ts';
import type { JourneyView } from '../../../../src/journey/index.ts';
import { REFUSAL_GROUNDS } from '../../../../src/reception/index.ts';
import { INFECTIOUS } from '../../../../src/trips/ride.ts';
import { newItem, press, useOutbox, type Waiting } from '../../data/outbox.ts';
import { useJourneys, useUnits } from '../../data/queries.ts';
import { AcuityMark } from '../../journey/acuity.tsx';
import { ActionButtons } from '../../journey/actions.tsx';
import { Countdown } from '../../journey/countdown.tsx';
import { whatOf } from '../../journey/line.tsx';
import { Phone } from '../../journey/panel.tsx';
import { useWords } from '../../shell/language.tsx';
import { Asking } from '../../shell/states.tsx';
import { AskGround } from './ask-ground.tsx';
import { HandOver, owesHandOver } from './hand-over.tsx';
import { Position } from './position.tsx';
import { UnitState } from './vehicle-state.tsx';

export function Crew({ actor, unit }: { readonly actor: string; readonly unit: string }) {
  const { t, say } = useWords();
  const asked = useJourneys();
  const units = useUnits();
  const own = units.data?.units.find(({ id }) => id === unit);
  // Standby points are stations.
  const post = own?.post === undefined ? undefined : say(units.data?.units.find(({ station }) => station === own.post)?.stationName) || own.post;
  const outbox = useOutbox().filter((item) => item.actor === actor);
  return (
    <>
      {post !== undefined && <p className="move-up" role="status">{t('drive.move-up', { place: post })}</p>}
      <Asking asked={asked}>{({ journeys }) => <Missions journeys={journeys} actor={actor} outbox={outbox} />}</Asking>
      <UnitState actor={actor} unit={unit} out={own?.outOfService !== undefined} />
      <Position path={`/api/units/${encodeURIComponent(unit)}/position`} moving />
    </>
  );
}

interface MissionsProps {
  readonly journeys: readonly JourneyView[];
  readonly actor: string;
  readonly outbox: readonly Waiting[];
}

function Missions({ journeys, actor, outbox }: MissionsProps) {
  const { t } = useWords();
  const [next, ...later] = journeys.map((journey) => ({ journey, steps: stepsOf(journey, outbox) }))
    // At the door there is nothing left to press but that nobody opens it, and what was told.
    .filter(({ journey, steps }) => steps.length > 0 || owesHandOver(journey, outbox) || journey.actions.some(({ type }) => type === 'reportRefusal'))
    // Who is still to be fetched or brought comes before a signature that is owed.
    .sort((a, b) => Number(onlyOwed(a)) - Number(onlyOwed(b)) || (a.journey.mission?.times.sent ?? 0) - (b.journey.mission?.times.sent ?? 0));
  if (!next) return <div className="state"><h2>{t('drive.empty')}</h2><p>{t('drive.empty-do')}</p></div>;
  return (
    <>
      <MissionStop key={next.journey.id} {...next} actor={actor} outbox={outbox} />
      {later.length > 0 && <details><summary>{t('drive.later', { count: later.length })}</summary>{later.map((one) => <MissionStop key={one.journey.id} {...one} actor={actor} outbox={outbox} />)}</details>}
    </>
  );
}

const onlyOwed = ({ steps }: { readonly steps: readonly MissionStep[] }): boolean => steps.length === 0;

/** The presses that come next: as the server says, and when some are still on this phone, as they follow from those. */
function stepsOf({ id, actions, mission, closedLoop, cohort }: JourneyView, outbox: readonly Waiting[]): readonly MissionStep[] {
  const pressed = outbox.filter((item) => item.kind === 'command' && item.journey === id && item.refusal === undefined);
  if (pressed.length === 0) return actions.flatMap((action) => (action.type === 'reportMission' ? [action.step] : []));
  let now: Mission | undefined = mission;
  for (const item of pressed) {
    if (item.kind !== 'command' || !('step' in item.body)) continue;
    now = evolveMission(now, { type: 'MissionReported', mission: mission?.id ?? '', unit: mission?.unit ?? '', step: item.body.step as MissionStep }, item.at);
  }
  return now ? nextSteps(now, { gate: closedLoop, decontamination: INFECTIOUS.has(cohort) }) : [];
}

function MissionStop({ journey, steps, actor, outbox }: { readonly journey: JourneyView; readonly steps: readonly MissionStep[]; readonly actor: string; readonly outbox: readonly Waiting[] }) {
  const words = useWords();
  const { t, word, say } = words;
  const toHospital = journey.mission?.times.aboard !== undefined;
  const meets = journey.mission?.meets;
  const [asking, setAsking] = useState(false);
  const refused = (ground: string): void => {
    setAsking(false);
    const item = newItem(actor, 'drive.refused-said', journey.person.name);
    void press({ ...item, kind: 'command', journey: journey.id, path: `/api/journeys/${encodeURIComponent(journey.id)}/report-refusal`, body: { ground } });
  };
  const mayBeRefused = journey.actions.some(({ type }) => type === 'reportRefusal');
  const report = (step: MissionStep): void => {
    const item = newItem(actor, `mission-step.${step}`, journey.person.name);
    void press({ ...item, kind: 'command', journey: journey.id, path: `/api/journeys/${encodeURIComponent(journey.id)}/report-mission`, body: { step, at: item.at } });
  };
  return (
    <article className="stop">
      <p className="stop-kind"><AcuityMark acuity={journey.acuity} /> {journey.step && <Countdown link={journey.step} brief />}</p>
      <p className="stop-what">{t(toHospital ? 'drive.to-hospital' : 'drive.to-patient')}</p>
      <p className="stop-address">{toHospital ? say(journey.institution?.name) : meets !== undefined ? t('drive.meets', { car: meets, place: say(journey.institution?.name) }) : `${say(journey.town.name)} · ${journey.address ?? ''}`}</p>
      {toHospital && <p className="stop-door">{word('entry', journey.entry.via)}</p>}
      <div className="actions taps">
        {steps.map((step, index) => (
          <button key={step} type="button" className={index === 0 ? 'primary' : 'tap'} onClick={() => report(step)}>{word('do', `mission.${step}`)}</button>
        ))}
        {mayBeRefused && !asking && <button type="button" className="tap" onClick={() => setAsking(true)}>{t('drive.refused-hospital')}</button>}
        {asking && <AskGround grounds={REFUSAL_GROUNDS} onGround={refused} onCancel={() => setAsking(false)} />}
      </div>
      <HandOver journey={journey} actor={actor} outbox={outbox} />
      <p className="stop-person">
        <b>{journey.person.name}</b> · {whatOf(words, journey)}{journey.person.mobility && ` · ${word('mobility', journey.person.mobility)}`}
      </p>
      {journey.person.phone && <p className="stop-calls"><Phone number={journey.person.phone} label={t('drive.call-person')} /></p>}
      <details>
        <summary>{t('drive.more')}</summary>
        <ActionButtons journey={{ ...journey, actions: journey.actions.filter(({ type }) => type === 'reportWorse' || type === 'standDownUnit') }} />
      </details>
    </article>
  );
}
