import type { JourneyView } from '../../../../src/journey/index.ts';
import { useCity, useJourneys } from '../../data/queries.ts';
import { isAway } from '../../journey/when.ts';
import { useWords } from '../../shell/language.tsx';
import { Asking } from '../../shell/states.tsx';

interface Counts {
  readonly open: number;
  readonly late: number;
  readonly urgent: number;
  readonly away: number;
}

/** Where the work lies: by district, and by the institution that expects or has the people. */
export function Load() {
  const { t, say } = useWords();
  const city = useCity();
  const asked = useJourneys();
  return (
    <Asking asked={asked}>
      {({ journeys }) => {
        const districts = Map.groupBy(journeys, ({ town }) => town.district);
        const institutions = Map.groupBy(journeys.filter(({ institution }) => institution), ({ institution }) => institution!.code);
        const districtName = (code: string): string => say(city.data?.districts.find((one) => one.code === code)?.name) || code;
        return (
          <div className="load">
            <Table title={t('office.by-district')} rows={[...districts].map(([code, list]) => [districtName(code), countsOf(list)])} />
            <Table title={t('office.by-institution')} rows={[...institutions].map(([, list]) => [say(list[0]!.institution!.name), countsOf(list)])} />
          </div>
        );
      }}
    </Asking>
  );
}

function countsOf(journeys: readonly JourneyView[]): Counts {
  return {
    open: journeys.length,
    late: journeys.filter(({ step }) => (step?.missed.length ?? 0) > 0).length,
    urgent: journeys.filter(({ acuity }) => acuity === 'I' || acuity === 'II').length,
    away: journeys.filter(isAway).length,
  };
}

function Table({ title, rows }: { readonly title: string; readonly rows: readonly (readonly [string, Counts])[] }) {
  const { t } = useWords();
  const sorted = [...rows].sort(([, a], [, b]) => b.late - a.late || b.urgent - a.urgent || b.open - a.open);
  return (
    <section>
      <h2>{title}</h2>
      <table>
        <thead>
          <tr><th /><th className="number">{t('office.count-open')}</th><th className="number">{t('office.count-urgent')}</th><th className="number">{t('office.count-away')}</th><th className="number">{t('office.count-late')}</th></tr>
        </thead>
        <tbody>
          {sorted.map(([name, counts]) => (
            <tr key={name}>
              <td>{name}</td><td className="number">{counts.open}</td><td className="number">{counts.urgent}</td><td className="number">{counts.away}</td>
              <td className="number">{counts.late > 0 ? <span className="countdown countdown-over"><time>{counts.late}</time></span> : 0}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
