import { OwedBookings } from '../../appointments/owed-bookings.tsx';
import { Waiting } from '../../appointments/waiting.tsx';
import { NearGap } from '../../series/near-gap.tsx';
import { useReplacements, useSeries } from '../../series/queries.ts';
import { Runs, Unplaced } from '../../series/runs.tsx';
import { AgeOf } from '../../journey/countdown.tsx';
import { Asking } from '../../shell/states.tsx';
import { Closures } from './closures.tsx';

/** Treatment that comes again and again: who has no place, who is near the gap, what a closed unit did to its people. */
export function Series() {
  const series = useSeries();
  const runs = useReplacements();
  return (
    <div className="series-tab">
      <div>
        <Asking asked={series}>{({ at, series: all }) => <><NearGap series={all} /><p className="quiet"><AgeOf at={at} /></p></>}</Asking>
      </div>
      <div>
        <Asking asked={runs}>{({ replacements }) => <><Unplaced runs={replacements} /><Runs runs={replacements} /></>}</Asking>
        <OwedBookings />
        <Waiting />
        <Closures />
      </div>
    </div>
  );
}
