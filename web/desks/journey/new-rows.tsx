import type { Acuity } from '../../../src/triage/index.ts';
import { letGo } from '../shell/hold.ts';
import { useWords } from '../shell/language.tsx';
import { AcuityMark } from './acuity.tsx';

/** What waits outside a list that somebody points at, the worst first. The region stands there before its words, or a screen reader never says them. */
export function NewRows({ count, worst, showsKey = true }: { readonly count: number; readonly worst: Acuity | undefined; readonly showsKey?: boolean }) {
  const { t } = useWords();
  return (
    <div role="status" className="new-rows">
      {worst && (
        <button type="button" onClick={letGo}>
          <AcuityMark acuity={worst} compact /> {t('queue.new', { count })} {showsKey && <kbd>N</kbd>}
        </button>
      )}
    </div>
  );
}
