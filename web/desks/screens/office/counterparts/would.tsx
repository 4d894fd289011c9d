import type { CounterpartChangeView } from '../../../../../src/city/index.ts';
import type { CityAnswer } from '../../../data/contract.ts';
import { useWords } from '../../../shell/language.tsx';

interface WouldProps {
  readonly city: CityAnswer;
  /** Undefined while it is asked. */
  readonly answer: CounterpartChangeView | undefined;
  readonly error: Error | null;
}

const NAMED_MAX = 12;

/** How many towns and open requests a change concerns, and everything that is wrong with it. */
export function Would({ city, answer, error }: WouldProps) {
  const { t, say } = useWords();
  if (error) return <p className="problem" role="alert">{error.message}</p>;
  if (!answer) return <p className="quiet" role="status">{t('counterparts.looking')}</p>;
  const { problems, towns, openRequests } = answer;
  if (problems.length > 0) {
    return (
      <div className="problem" role="alert">
        <p>{t('counterparts.cannot', { count: problems.length })}</p>
        <ul>{problems.slice(0, NAMED_MAX).map(({ field, detail, line }) => <li key={`${field} ${detail}`}>{line !== undefined && `${t('counterparts.line', { line })} `}{detail}</li>)}</ul>
      </div>
    );
  }
  if (towns.length === 0) return <p className="quiet" role="status">{t('counterparts.same')}</p>;
  const names = towns.slice(0, NAMED_MAX).map((code) => say(city.towns.find((town) => town.code === code)?.name) || code);
  return <p role="status">{t('counterparts.would', { towns: towns.length, requests: openRequests })} <span className="quiet">{names.join(', ')}{towns.length > NAMED_MAX && ' …'}</span></p>;
}
