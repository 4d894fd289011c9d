import { AgeOf } from '../../journey/countdown.tsx';
import { NearGap } from '../../series/near-gap.tsx';
import { useReplacements, useSeries } from '../../series/queries.ts';
import { Runs, Unplaced } from '../../series/runs.tsx';
import { Asking } from '../../shell/states.tsx';

/** Our own patients whose treatment comes again and again. */
export function Series() {
  const series = useSeries();
  const runs = useReplacements();
  return (
    <div className="series-tab">
      <div>
        <Asking asked={series}>{({ at, series: all }) => <><NearGap series={all} everybody /><p className="quiet"><AgeOf at={at} /></p></>}</Asking>
      </div>
      <div>
        <Asking asked={runs}>{({ replacements }) => <><Unplaced runs={replacements} /><Runs runs={replacements} /></>}</Asking>
      </div>
    </div>
  );
}
