import { Owed } from '../series/owed.tsx';
import { useWords } from '../shell/language.tsx';
import { dayAndTime } from '../shell/now.ts';
import { useOwedBookings } from './queries.ts';

/** Appointments that did not become a request by themselves: without somebody who rings them, nobody is let out, driven or expected. Nothing where there is none. */
export function OwedBookings() {
  const { t, word, say } = useWords();
  const asked = useOwedBookings();
  const owed = asked.data?.appointments ?? [];
  if (owed.length === 0) return null;
  return (
    <section className="incidents" aria-label={t('clinics.owed')}>
      <h2>{t('clinics.owed')} <span className="count">{owed.length}</span></h2>
      <p className="what-happens">{t('clinics.owed-do')}</p>
      <ul className="plain-rows">
        {owed.map((one) => (
          <li key={one.id}>
            <b>{one.person.name}</b> {one.person.phone && <a className="phone" href={`tel:${one.person.phone}`}>{one.person.phone}</a>} · {word('service', one.service)} · {say(one.institutionName)} · {dayAndTime(one.startsAt)}
            <br />{one.owed && <Owed owed={one.owed} />}
          </li>
        ))}
      </ul>
    </section>
  );
}
