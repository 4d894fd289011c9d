import type { ChairCohort } from '../../../../../src/appointments/index.ts';
import { useWords } from '../../../shell/language.tsx';

const COHORTS: readonly ChairCohort[] = ['other', 'contact', 'positive'];

/** With whom somebody sits: cohorts share no hour of chairs. */
export function CohortChoice({ cohort, onChange }: { readonly cohort: string; readonly onChange: (cohort: string) => void }) {
  const { t, word } = useWords();
  return (
    <label className="field">{t('series.cohort')}
      <select value={cohort} onChange={(event) => onChange(event.target.value)}>{COHORTS.map((each) => <option key={each} value={each}>{word('cohort', each)}</option>)}</select>
    </label>
  );
}
