import type { MovedView } from '../../../../../src/appointments/index.ts';
import { useWords } from '../../../shell/language.tsx';
import { dayAndTime } from '../../../shell/now.ts';

/** Where each who had a seat here is now; whoever has none stands first, with the time by which this desk has to have found one. */
export function Moved({ moved, institution }: { readonly moved: readonly MovedView[]; readonly institution: string }) {
  const { t, say } = useWords();
  if (moved.length === 0) return null;
  const inOrder = [...moved.filter(({ is }) => is !== 'placed'), ...moved.filter(({ is }) => is === 'placed')];
  return (
    <section className="moved" aria-label={t('clinics.moved')}>
      <h3>{t('clinics.moved')} <span className="count">{t('clinics.moved-count', { placed: moved.filter(({ is }) => is === 'placed').length, people: moved.length })}</span></h3>
      <ul className="plain-rows">
        {inOrder.map(({ appointment, name, phone, is, to, dueAt }) => (
          <li key={appointment} className={to ? undefined : 'call-them'}>
            <b>{name}</b> <a className="phone" href={`tel:${phone}`}>{phone}</a>{' '}
            {to ? <span>{t('clinics.moved-to', { when: dayAndTime(to.startsAt), where: to.institution === institution ? t('clinics.here') : say(to.institutionName) })}</span>
              : is === 'waits' || is === 'open' ? <b>{t(`clinics.moved-${is}`, { time: dueAt === undefined ? '…' : dayAndTime(dueAt) })}</b> : <span>{t(`clinics.moved-${is === 'underWay' ? 'underWay' : 'askedAgain'}`)}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
