import type { RefusalsAnswer } from '../../../src/reception/index.ts';
import { useWords } from '../shell/language.tsx';

/** Refusals of each institution: on grounds that are never allowed first and apart. A pattern and a number say which, never a colour alone. */
export function Record({ records }: { readonly records: RefusalsAnswer['records'] }) {
  const { t, say } = useWords();
  if (records.length === 0) return null;
  const most = Math.max(...records.map(({ total }) => total));
  const bar = (kind: string, count: number) => count > 0 && <span className={`bar bar-${kind}`} style={{ inlineSize: `${(100 * count) / most}%` }}>{count}</span>;
  return (
    <>
      <h2>{t('refusal.record')}</h2>
      <p className="bar-legend">
        <span><i className="bar bar-never" /> {t('refusal.bar-never')}</span> <span><i className="bar bar-other" /> {t('refusal.bar-other')}</span> <span><i className="bar bar-silent" /> {t('refusal.bar-silent')}</span>
      </p>
      <table className="refusal-record">
        <thead><tr><th>{t('refusal.house')}</th><th className="refusal-bars">{t('refusal.count')}</th><th className="number">{t('refusal.count-open')}</th><th className="number">{t('refusal.count-upheld')}</th><th className="number">{t('refusal.count-not')}</th></tr></thead>
        <tbody>
          {records.map(({ institution, name, total, neverBlock, otherGround, silent, open, upheld, notUpheld }) => (
            <tr key={institution}>
              <th scope="row">{say(name)}</th>
              <td className="refusal-bars" aria-label={t('refusal.bars', { total, never: neverBlock, other: otherGround, silent })}>{bar('never', neverBlock)}{bar('other', otherGround)}{bar('silent', silent)}</td>
              <td className="number">{open}</td><td className="number">{upheld}</td><td className="number">{notUpheld}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
