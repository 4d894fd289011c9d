import { clockTime } from '../../shared/time.ts';
import { useLine } from '../data/line.ts';
import { useCity } from '../data/queries.ts';
import { useWords } from './language.tsx';
import { useNow } from './now.ts';

/** On every page of a rehearsal: nobody may take an exercise for the real thing, or the other way round. */
export function DemoBar() {
  const { t, word } = useWords();
  return <aside className="demo-bar" aria-label={word('screen', 'demo')}>{t('shell.demo')} <a href="/demo">{t('shell.demo-posts')}</a></aside>;
}

/** Says since when the picture is old and what still works; silence would pass for calm. */
export function LineDownBar() {
  const { t } = useWords();
  const { downSince } = useLine();
  const city = useCity();
  if (downSince === undefined) return null;
  return (
    <p className="line-down" role="alert">
      <b>{t('shell.line-down', { time: clockTime(downSince) })}</b>{' '}
      {t('shell.line-down-do', { phone: city.data?.phones.medicalLine.number ?? '' })}
    </p>
  );
}

/** Whether what is shown is of now. */
export function LineState() {
  const { t } = useWords();
  const { downSince } = useLine();
  const now = useNow();
  return (
    <span className={downSince === undefined ? 'line-state' : 'line-state down'}>
      <time>{clockTime(now)}</time> {downSince === undefined ? t('shell.live') : t('shell.since', { time: clockTime(downSince) })}
    </span>
  );
}

export function Phones() {
  const { t } = useWords();
  const city = useCity();
  if (!city.data) return null;
  const { emergency, medicalLine } = city.data.phones;
  return (
    <span className="phones">
      <a href={`tel:${emergency.number}`}>{t('shell.emergency')} <b>{emergency.number}</b></a>
      <a href={`tel:${medicalLine.number}`}>{t('shell.medical-line')} <b>{medicalLine.number}</b></a>
    </span>
  );
}
