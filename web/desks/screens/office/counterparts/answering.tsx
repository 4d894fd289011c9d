import type { AnsweringView, CounterpartsView, Service } from '../../../../../src/city/index.ts';
import type { CityAnswer } from '../../../data/contract.ts';
import { useWords, type Words } from '../../../shell/language.tsx';
import { dayAndTime } from '../../../shell/now.ts';
import { Asking } from '../../../shell/states.tsx';
import { useAnswering } from './queries.ts';

interface AnsweringProps {
  readonly city: CityAnswer;
  readonly view: CounterpartsView;
  readonly towns: readonly string[];
  /** Undefined where some of the towns are not this person's to change. */
  readonly onChange: ((service: Service | undefined) => void) | undefined;
}

/** Who answers, service by service, how far the farthest of the towns has to go, and how each stands. */
export function Answering({ city, view, towns, onChange }: AnsweringProps) {
  const { t, word, say } = useWords();
  const asked = useAnswering(towns);
  const nameOf = (code: string): string => say(city.institutions.find((one) => one.code === code)?.name) || code;
  const dated = view.rows.filter(({ town, period }) => period !== undefined && towns.includes(town) && (period.to === undefined || period.to > view.at));
  return (
    <section className="out" aria-label={t('counterparts.answering')}>
      <h2>{t('counterparts.answering')}</h2>
      {!onChange && <p className="quiet">{t('counterparts.not-yours')}</p>}
      {onChange && <p className="actions"><button type="button" className="primary" onClick={() => onChange(undefined)}>{t('counterparts.change-all')}</button></p>}
      <Asking asked={asked}>
        {({ services, estimated }) => (
          <>
            <table className="answering">
              <thead><tr><th scope="col">{t('counterparts.service')}</th><th scope="col">{t('counterparts.who')}</th>{onChange && <th scope="col"><span className="visually-hidden">{t('counterparts.change')}</span></th>}</tr></thead>
              <tbody>
                {services.map(({ service, key, answering }) => (
                  <tr key={service}>
                    <th scope="row">{word('service', service)}{key && <> <span className="quiet">{t('counterparts.key')}</span></>}</th>
                    <td>
                      {answering.length === 0 && <span className={key ? 'problem' : 'quiet'}>{t('counterparts.nobody')}</span>}
                      <ol>{answering.map((one) => <li key={one.institution}>{nameOf(one.institution)} <span className="quiet">{farOf(one, t)}{one.towns < towns.length && ` · ${t('counterparts.of-towns', { count: one.towns })}`}</span>{one.state !== 'open' && <b className="problem"> {word('service-state', one.state)}</b>}</li>)}</ol>
                    </td>
                    {onChange && <td><button type="button" aria-label={t('counterparts.change-service', { service: word('service', service) })} onClick={() => onChange(service)}>{t('counterparts.change')}</button></td>}
                  </tr>
                ))}
              </tbody>
            </table>
            {estimated && <p className="quiet">{t('counterparts.estimated')}</p>}
          </>
        )}
      </Asking>
      {dated.length > 0 && (
        <>
          <h3>{t('counterparts.dated')}</h3>
          <ul className="plain-rows">
            {dated.map(({ town, service, institutions, period }) => (
              <li key={`${town} ${service} ${period!.from}`}>
                <b>{say(city.towns.find(({ code }) => code === town)?.name)}</b> · {service ? word('service', service) : t('counterparts.all-services')} · {institutions.map(nameOf).join(', ')}
                <br /><span className="quiet">{period!.from > 0 && t('roads.from', { time: dayAndTime(period!.from) })} {period!.to !== undefined && t('ward.until', { time: dayAndTime(period!.to) })}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

export const farOf = ({ secondsMax }: Pick<AnsweringView, 'secondsMax'>, t: Words['t']): string => (secondsMax === null ? t('counterparts.no-way') : t('drive.minutes', { minutes: Math.max(1, Math.round(secondsMax / 60)) }));
