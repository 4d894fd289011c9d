import { useState } from 'react';
import { AgeOf } from '../../../journey/countdown.tsx';
import { NearGap } from '../../../series/near-gap.tsx';
import { useReplacements, useSeries } from '../../../series/queries.ts';
import { Runs, Unplaced } from '../../../series/runs.tsx';
import { useWords } from '../../../shell/language.tsx';
import { Asking } from '../../../shell/states.tsx';
import { Acts } from './acts.tsx';
import { Enrol } from './enrol.tsx';

/** Our own patients whose treatment comes again and again: who is near the gap, who has no place, and what a clinician may do. */
export function Series() {
  const { t } = useWords();
  const series = useSeries();
  const runs = useReplacements();
  const [enrolling, setEnrolling] = useState(false);
  return (
    <>
      <div className="series-tab">
        <div>
          <p className="tools"><button type="button" onClick={() => setEnrolling(true)}>{t('series.enrol')}</button></p>
          <Asking asked={series}>{({ at, series: all }) => <><NearGap series={all} everybody acts={(one) => <Acts series={one} />} /><p className="quiet"><AgeOf at={at} /></p></>}</Asking>
        </div>
        <div>
          <Asking asked={runs}>{({ replacements }) => <><Unplaced runs={replacements} /><Runs runs={replacements} /></>}</Asking>
        </div>
      </div>
      {enrolling && <Enrol onClose={() => setEnrolling(false)} />}
    </>
  );
}
