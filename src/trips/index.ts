export * from './decide.ts';
export * from './ride.ts';
export * from './plan/problem.ts';
export * from './plan/plan.ts';
export { faultsOf, type Fault } from './plan/faults.ts';
export { planRides, type Effort } from './plan/solve.ts';
export { checkPlan, VIOLATIONS, type Violation, type ViolationCode } from './check.ts';
export { breakDown, cancelRide, insertRide, type Replanned } from './plan/replan.ts';
export { remainingDay } from './plan/running-day.ts';
