import type { CounterpartHole } from '../../../../../src/city/index.ts';
import type { CityAnswer } from '../../../data/contract.ts';
import { useWords } from '../../../shell/language.tsx';
import { dayAndTime } from '../../../shell/now.ts';
import { useHoles } from './queries.ts';

/** Towns whose counterparts are all closed: who takes their people meanwhile, and by which rule. One closure is one row. */
export function Holes({ city }: { readonly city: CityAnswer }) {
  const { t, word, say } = useWords();
  const asked = useHoles();
  const holes = asked.data?.holes ?? [];
  if (holes.length === 0) return <p className="quiet">{t('counterparts.no-holes')}</p>;
  const nameOf = (code: string): string => say(city.institutions.find((one) => one.code === code)?.name) || code;
  const townOf = (code: string): string => say(city.towns.find((one) => one.code === code)?.name) || code;
  const together = [...Map.groupBy(holes, ({ service, closed, fill }) => `${service} ${closed.join()} ${fill?.institution} ${fill?.how}`)];
  return (
    <section className="out holes" aria-label={t('counterparts.holes')}>
      <h2>{t('counterparts.holes')} <span className="count">{holes.length}</span></h2>
      <ul className="plain-rows">
        {together.map(([key, same]) => {
          const { service, closed, fill, since, until } = same[0] as CounterpartHole;
          return (
            <li key={key}>
              <b>{word('service', service)}</b>: {t('counterparts.hole-closed', { name: closed.map(nameOf).join(', ') })}{' '}
              {fill ? <b>{t('counterparts.hole-filled', { name: nameOf(fill.institution), how: word('filled-by', fill.how) })}</b> : <b className="problem">{t('counterparts.hole-open')}</b>}
              <br />
              <span className="quiet">
                {since !== undefined && t('roads.since', { time: dayAndTime(since) })} {until !== undefined && t('ward.until', { time: dayAndTime(until) })} · {t('counterparts.version-towns', { count: same.length })}: {same.slice(0, 8).map(({ town }) => townOf(town)).join(', ')}{same.length > 8 && ' …'}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
