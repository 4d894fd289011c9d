import { MINUTE_MS, type Instant } from '../base/index.ts';
import type { CloudService } from './service.ts';
import type { CloudPromiseView } from './views.ts';

/** Until enough answers were measured. Synthetic. */
export const USUAL_ANSWER_MINUTES = 12;
/** Fewer say nothing about the next one. */
const MEASURED_MIN = 5;

/** What was counted at one moment, of one institution or of all. */
export interface CloudFigures {
  readonly at: Instant;
  /** Waiting by service. */
  readonly waiting: ReadonlyMap<CloudService, number>;
  /** Who took or answered a visit within the last hour. */
  readonly doctors: number;
  /** Minutes from taken to answered, of the last answers. */
  readonly answerMinutes: readonly number[];
}

/**
 * When a doctor will answer somebody who is queued now. Doctors serve every service of their institution, so all who wait stand before
 * them; who is more urgent goes first and is not promised less. A promise that is too early is the worse error: nothing is rounded down.
 */
export function promiseOf(service: CloudService, { at, waiting, doctors, answerMinutes: measured }: CloudFigures): CloudPromiseView {
  const answerMinutes = measured.length < MEASURED_MIN ? USUAL_ANSWER_MINUTES : Math.max(1, Math.ceil(median(measured)));
  const all = [...waiting.values()].reduce((sum, count) => sum + count, 0);
  const rounds = Math.ceil((all + 1) / Math.max(1, doctors));
  return {
    service, waiting: waiting.get(service) ?? 0, doctors: Math.max(1, doctors), answerMinutes, measured: measured.length,
    promisedAt: Math.ceil((at + rounds * answerMinutes * MINUTE_MS) / MINUTE_MS) * MINUTE_MS, measuredAt: at,
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
