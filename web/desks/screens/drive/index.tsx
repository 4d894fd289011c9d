import type { JourneyView } from '../../../../src/journey/index.ts';
import { useJourneys, useMe } from '../../data/queries.ts';
import { AcuityMark } from '../../journey/acuity.tsx';
import { ActionButtons } from '../../journey/actions.tsx';
import { Countdown } from '../../journey/countdown.tsx';
import { whatOf } from '../../journey/line.tsx';
import { Phone } from '../../journey/panel.tsx';
import { useWords } from '../../shell/language.tsx';
import { Asking } from '../../shell/states.tsx';
import { VehicleOfToday } from './vehicle.tsx';

/** On the dashboard: the next stop in big letters and one big button. Nothing here is to be read while driving. */
export default function Drive() {
  const me = useMe();
  const asked = useJourneys();
  if (!me.data) return null;
  const [kind = '', code = ''] = me.data.actor.scope.split(':');
  return (
    <div className="drive">
      <VehicleOfToday kind={me.data.actor.role === 'crew' ? 'unit' : 'car'} current={kind === 'unit' || kind === 'car' ? code : undefined} />
      <Asking asked={asked}>{({ journeys }) => <Stops journeys={journeys.filter(isMine)} />}</Asking>
    </div>
  );
}

/** Something to do for this vehicle: the rest of the journey is others' work. */
function isMine({ actions }: JourneyView): boolean {
  return actions.some(({ type }) => type === 'reportMission' || type === 'reportRide' || type === 'deliver');
}

function Stops({ journeys }: { readonly journeys: readonly JourneyView[] }) {
  const { t } = useWords();
  const [next, ...later] = [...journeys].sort((a, b) => startOf(a) - startOf(b));
  if (!next) return <div className="state"><h2>{t('drive.empty')}</h2><p>{t('drive.empty-do')}</p></div>;
  return (
    <>
      <Stop journey={next} />
      {later.length > 0 && <details><summary>{t('drive.later', { count: later.length })}</summary>{later.map((journey) => <Stop key={journey.id} journey={journey} />)}</details>}
    </>
  );
}

/** Whoever is aboard comes first, then by the agreed time. */
function startOf({ mission, out, back, arrival }: JourneyView): number {
  const ride = arrival?.treatedAt === undefined ? out : back;
  if (ride?.times.aboard !== undefined && ride.times.arrived === undefined) return 0;
  return mission?.times.sent ?? ride?.pickUpAt ?? Number.MAX_SAFE_INTEGER;
}

function Stop({ journey }: { readonly journey: JourneyView }) {
  const words = useWords();
  const { t, word, say } = words;
  const stop = stopOf(journey);
  const home = `${say(journey.town.name)} · ${journey.address ?? ''}`;
  return (
    <article className="stop">
      <p className="stop-kind"><AcuityMark acuity={journey.acuity} /> {journey.step && <Countdown link={journey.step} brief />}</p>
      <p className="stop-what">{t(stop === 'home' ? 'drive.to-home' : 'drive.to-hospital')}</p>
      <p className="stop-address">{stop === 'home' ? home : say(journey.institution?.name)}</p>
      {stop !== 'home' && <p className="stop-door">{word('entry', journey.entry.via)}</p>}
      <ActionButtons journey={journey} primaryOnly />
      <p className="stop-person">
        {journey.person.name} · {journey.clinical ? whatOf(words, journey) : word('cohort', journey.cohort)}
        {journey.person.mobility && ` · ${word('mobility', journey.person.mobility)}`}
      </p>
      {journey.person.phone && <p className="stop-phone"><Phone number={journey.person.phone} /></p>}
      <details>
        <summary>{t('drive.more')}</summary>
        <ActionButtons journey={{ ...journey, actions: journey.actions.filter(({ type }) => type === 'reportWorse' || type === 'reportRefusal') }} />
      </details>
    </article>
  );
}

/** Where the vehicle goes next, from what it has reported so far. */
function stopOf({ mission, out, back, arrival }: JourneyView): 'home' | 'hospital' {
  if (arrival?.treatedAt !== undefined) return back?.times.aboard === undefined ? 'hospital' : 'home';
  if (mission?.unit && !mission.stoodDown) return mission.times.aboard === undefined ? 'home' : 'hospital';
  return out?.times.aboard === undefined ? 'home' : 'hospital';
}
