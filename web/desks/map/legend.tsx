import type { ReactNode } from 'react';
import { useWords } from '../shell/language.tsx';

export interface LegendRow {
  /** Drawn in a box of 24 × 16, as the map draws it. */
  readonly mark: ReactNode;
  readonly says: string;
}

/** What the marks of the map mean, folded away until it is wanted. */
export function Legend({ rows }: { readonly rows: readonly LegendRow[] }) {
  const { t } = useWords();
  return (
    <details className="legend">
      <summary>{t('map.legend')}</summary>
      <ul>
        {rows.map(({ mark, says }) => (
          <li key={says}><svg viewBox="0 0 24 16" width="24" height="16" aria-hidden="true">{mark}</svg> {says}</li>
        ))}
      </ul>
    </details>
  );
}

const INK = { stroke: 'currentColor', fill: 'none' } as const;
/** The rows of what every map shows. */
export function useGroundLegend(): readonly LegendRow[] {
  const { t } = useWords();
  return [
    { mark: <circle cx="12" cy="8" r="5" strokeWidth="2.5" {...INK} />, says: t('map.legend-emergency') },
    { mark: <circle cx="12" cy="8" r="3.5" strokeWidth="1.5" {...INK} />, says: t('map.legend-institution') },
    {
      mark: <><rect x="2" y="2" width="20" height="12" strokeWidth="2" {...INK} /><path d="M4 14 16 2M10 14 22 2M2 8 8 2" strokeWidth="1" {...INK} /></>,
      says: t('map.legend-closure'),
    },
    { mark: <rect x="2" y="2" width="20" height="12" strokeWidth="2.5" strokeDasharray="6 3" {...INK} />, says: t('map.legend-cordon') },
    { mark: <circle cx="12" cy="8" r="6" strokeWidth="2.5" strokeDasharray="1.6 2" {...INK} />, says: t('map.legend-guards') },
  ];
}
