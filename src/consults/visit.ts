import { accept, HOUR_MS, MINUTE_MS, refuse, type Instant, type Result } from '../base/index.ts';

/** An expert goes to the bedside: by a car that a district lends, or by their own way, there and back. */
export interface ExpertVisit {
  readonly id: string;
  readonly consult: string;
  readonly hospital: string;
  readonly institution: string;
  readonly district: string;
  readonly name: string;
  readonly phone: string;
  /** The account that took the question. */
  readonly expert: string;
  readonly askedAt: Instant;
  readonly leavesAt: Instant;
  readonly ownWay: boolean;
  readonly car?: string;
  /** Code of the pass that takes them through roadblocks, out and back. */
  readonly pass: string;
  readonly leftAt?: Instant;
  readonly arrivedAt?: Instant;
  readonly returnedAt?: Instant;
  readonly calledOff?: string;
}

export const VISIT_STEPS = ['left', 'arrived', 'returned'] as const;
export type VisitStep = (typeof VISIT_STEPS)[number];

/** Sooner than a car can be there, later than a shift: neither is a time of departure. */
export const LEAVES_WITHIN_MS = 12 * HOUR_MS;
/** A bedside takes as long as it takes; after that somebody looks where the expert is. Synthetic. */
export const STAY_MS = 12 * HOUR_MS;
/** How long nobody has to have left, found a car or arrived before it is told on. Synthetic. */
const CAR_WITHIN_MS = 10 * MINUTE_MS;
const LATE_MS = 15 * MINUTE_MS;
/** A pass holds this much longer than the visit: nobody is stopped on the way home because treatment took long. */
const PASS_MARGIN_MS = 12 * HOUR_MS;

export const visitWindow = ({ leavesAt }: Pick<ExpertVisit, 'leavesAt'>): { from: Instant; to: Instant } => ({ from: leavesAt - HOUR_MS, to: leavesAt + STAY_MS + PASS_MARGIN_MS });

export const isVisitOver = ({ returnedAt, calledOff }: ExpertVisit): boolean => returnedAt !== undefined || calledOff !== undefined;

/** Who has the next step, by when. A visit that nobody owes a step of is over. */
export function nextOfVisit(visit: ExpertVisit, at: Instant, driveMs: number): { readonly role: 'district' | 'expert'; readonly scope: string; readonly dueAt: Instant } | undefined {
  const expert = { role: 'expert', scope: `institution:${visit.hospital}` } as const;
  if (isVisitOver(visit)) return undefined;
  if (visit.arrivedAt !== undefined) return { ...expert, dueAt: visit.arrivedAt + STAY_MS };
  if (visit.leftAt !== undefined) return { ...expert, dueAt: visit.leftAt + driveMs + LATE_MS };
  if (visit.ownWay || visit.car !== undefined) return { ...expert, dueAt: Math.max(visit.leavesAt, at) + LATE_MS };
  return { role: 'district', scope: `district:${visit.district}`, dueAt: at + CAR_WITHIN_MS };
}

/** The order of the steps is the order of the world; said twice, the first counts. */
export function stepVisit(visit: ExpertVisit, step: VisitStep, at: Instant): Result<ExpertVisit> {
  if (visit.calledOff !== undefined) return refuse('visitCalledOff');
  const done = { left: visit.leftAt, arrived: visit.arrivedAt, returned: visit.returnedAt }[step];
  if (done !== undefined) return refuse('alreadySaid', { at: done });
  switch (step) {
    case 'left':
      return visit.ownWay || visit.car !== undefined ? accept({ ...visit, leftAt: at }) : refuse('noCarYet');
    case 'arrived':
      return visit.leftAt === undefined ? refuse('notLeftYet') : accept({ ...visit, arrivedAt: at });
    case 'returned':
      return visit.arrivedAt === undefined ? refuse('notArrivedYet') : accept({ ...visit, returnedAt: at });
  }
}

/** Whoever is on the way turns round, whoever is there has to be brought back first. */
export function callOffVisit(visit: ExpertVisit, reason: string): Result<ExpertVisit> {
  if (isVisitOver(visit)) return refuse('visitOver');
  if (visit.arrivedAt !== undefined) return refuse('visitArrived');
  return accept({ ...visit, calledOff: reason });
}
