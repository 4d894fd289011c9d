import type { CarDayView } from '../../../../src/trips/index.ts';
import { usePost } from '../../data/post.ts';
import { AgeOf } from '../../journey/countdown.tsx';
import { useWords } from '../../shell/language.tsx';

/** A car in two lines: what fits into it, who is in it, when it was last heard of, and what stops it. */
export function CarHead({ car }: { readonly car: CarDayView }) {
  const { t, say } = useWords();
  return (
    <span className="car-head">
      <b className="code">{car.car}</b>{' '}
      {car.state !== 'ready' && <b className="car-stopped">✕ {t(car.state === 'broken' ? 'desk.car-broken' : 'desk.car-off')}</b>}
      {car.aboard > 0 && <span className="car-aboard">{t('desk.aboard', { count: car.aboard })}</span>}
      <span className="quiet car-fits" title={say(car.townName)}>
        {t('desk.seats', { count: car.seats })}{car.wheelchair && ` · ${t('drive.wheelchair')}`}{car.stretcher && ` · ${t('drive.stretcher')}`}
      </span>
      {car.position && <span className="quiet car-heard"><AgeOf at={car.position.at} /></span>}
    </span>
  );
}

/** One press: everybody who waits for this car gets another one. A press by mistake is taken back by the other one. */
export function CarPress({ car }: { readonly car: CarDayView }) {
  const { t } = useWords();
  const state = usePost('day', 'journeys');
  const next = car.state === 'ready' ? 'broken' : 'ready';
  return (
    <>
      <button type="button" disabled={state.busy} onClick={() => state.now(`/api/cars/${encodeURIComponent(car.car)}/state`, { state: next })}>
        {state.busy ? t('act.sending') : t(next === 'broken' ? 'desk.car-breaks' : 'desk.car-again', { car: car.car })}
      </button>
      {state.problem && <span role="alert" className="problem">{state.problem}</span>}
    </>
  );
}
