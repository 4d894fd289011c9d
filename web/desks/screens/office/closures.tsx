import { useCity, useStatus } from '../../data/queries.ts';
import { AgeOf } from '../../journey/countdown.tsx';
import { useWords } from '../../shell/language.tsx';
import { dayAndTime } from '../../shell/now.ts';
import { Asking, Empty } from '../../shell/states.tsx';

/** What is closed or limited now: why, until when, who takes its patients, and how old that word is. */
export function Closures() {
  const { t, word, say } = useWords();
  const city = useCity();
  const status = useStatus();
  const nameOf = (code: string | undefined): string => say(city.data?.institutions.find((one) => one.code === code)?.name) || (code ?? '');
  return (
    <section className="out">
      <h2>{t('office.closed')}</h2>
      <Asking asked={status}>
        {({ services }) => {
          const closed = services.filter(({ state }) => state === 'limited' || state === 'closed');
          if (closed.length === 0) return <Empty>{t('office.closed-empty')}</Empty>;
          return (
            <ul className="plain-rows">
              {closed.map((row) => (
                <li key={`${row.institution}${row.service}`} className={`service-${row.state}`}>
                  <span className="service-name">{word('service-state', row.state)}</span> <b>{word('service', row.service)}</b>, {nameOf(row.institution)}
                  <br />
                  <span className="quiet">
                    {row.reason && `${word('closure', row.reason)} · `}
                    {row.until !== undefined && `${t('ward.until', { time: dayAndTime(row.until) })} · `}
                    {row.standIn ? t('ward.stand-in', { name: nameOf(row.standIn) }) : t('office.no-stand-in')}
                    {' · '}<AgeOf at={row.saidAt} />
                  </span>
                </li>
              ))}
            </ul>
          );
        }}
      </Asking>
    </section>
  );
}
