import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { post } from '../../../../shared/api.ts';
import type { PreviewAnswer } from '../../../data/contract.ts';
import { useCity } from '../../../data/queries.ts';
import { useWords } from '../../../shell/language.tsx';
import { bodyOf, type Draft } from './draft.ts';

/** A hand that still draws is not asked about every corner. */
const RESTS_MS = 500;

/** What it would change, said while there is still time to draw it otherwise. */
export function Preview({ draft }: { readonly draft: Draft }) {
  const { t, say } = useWords();
  const city = useCity().data;
  const body = JSON.stringify(bodyOf({ ...draft, reason: '' }));
  const [rested, setRested] = useState(body);
  useEffect(() => {
    const timer = setTimeout(() => setRested(body), RESTS_MS);
    return () => clearTimeout(timer);
  }, [body]);
  const asked = useQuery({ queryKey: ['restrictions', 'preview', rested], queryFn: () => post<PreviewAnswer>('/api/restrictions/preview', JSON.parse(rested)), retry: false });
  if (asked.error) return <p className="problem" role="alert">{asked.error.message}</p>;
  if (!asked.data || rested !== body) return <p className="quiet" role="status">{t('roads.preview-asking')}</p>;
  const { preview } = asked.data;
  if (!preview) return <p role="status">{t('roads.met-unknown')}</p>;
  const townOf = (code: string): string => say(city?.towns.find((one) => one.code === code)?.name) || code;
  const houseOf = (code: string): string => say(city?.institutions.find((one) => one.code === code)?.name) || code;
  const minutes = (seconds: number): number => Math.max(1, Math.round(seconds / 60));
  return (
    <section className="roads-preview" role="status">
      <h3>{t('roads.preview')}</h3>
      <p>{preview.roadsMet === 0 ? <b className="problem">{t('roads.met-none')}</b> : t('roads.met', { count: preview.roadsMet })}</p>
      {preview.towns === 0 ? <p>{t('roads.preview-nothing')}</p> : (
        <>
          <p>{t('roads.preview-towns', { count: preview.towns })}</p>
          <ul className="plain-rows">
            {preview.slower.map(({ town, institution, seconds, then, instead }) => (
              <li key={town}>
                <b>{townOf(town)}</b> → {houseOf(institution)}: {then === undefined ? t('roads.preview-cut', { now: minutes(seconds) }) : t('roads.preview-slower', { now: minutes(seconds), then: minutes(then) })}{' '}
                {instead === undefined ? <b className="problem">{t('roads.preview-none')}</b>
                  : instead.institution !== institution && <span className="quiet">{t('roads.preview-instead', { name: houseOf(instead.institution), minutes: minutes(instead.seconds) })}</span>}
              </li>
            ))}
          </ul>
          {preview.towns > preview.slower.length && <p className="quiet">{t('roads.preview-more', { count: preview.towns - preview.slower.length })}</p>}
        </>
      )}
    </section>
  );
}
