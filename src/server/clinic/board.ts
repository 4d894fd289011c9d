import type { Instant } from '../../base/index.ts';
import { promiseOf, type CloudFigures, type CloudPromiseView, type CloudService } from '../../clinic/index.ts';
import { readFigures } from '../../clinic/store.ts';
import type { City } from '../../city/index.ts';
import type { CityClock } from '../clock.ts';
import type { House } from '../house.ts';

/** The cloud clinic's figures, in memory of every server: a request that comes in is promised a time without a query. */
export interface ClinicBoard {
  /** @param institution absent: the whole city's clinic */
  promise(service: CloudService, institution?: string): CloudPromiseView;
  reload(): Promise<void>;
}

export function clinicBoard({ city, db, clock }: { readonly city: City; readonly db: House['db']; readonly clock: CityClock }): ClinicBoard {
  let figures: ReadonlyMap<string, CloudFigures> = new Map();
  let lookedAt: Instant = clock.now();
  return {
    promise: (service, institution) => promiseOf(service, institution === undefined ? allOf(figures, lookedAt) : (figures.get(institution) ?? nobody(lookedAt))),
    async reload() {
      const at = clock.now();
      figures = await readFigures(db, city.id, at);
      lookedAt = at;
    },
  };
}

const nobody = (at: Instant): CloudFigures => ({ at, waiting: new Map(), doctors: 0, answerMinutes: [] });

function allOf(figures: ReadonlyMap<string, CloudFigures>, at: Instant): CloudFigures {
  const waiting = new Map<CloudService, number>();
  for (const each of figures.values()) for (const [service, count] of each.waiting) waiting.set(service, (waiting.get(service) ?? 0) + count);
  const all = [...figures.values()];
  return { at, waiting, doctors: all.reduce((sum, { doctors }) => sum + doctors, 0), answerMinutes: all.flatMap(({ answerMinutes }) => answerMinutes) };
}
