export * from './city.ts';
export {
  candidatesFor, type Candidate, type CandidateQuestion, type CandidateRule, type Candidates, type RuledOutInstitution,
} from './candidates.ts';
export { counterpartsOf } from './counterparts.ts';
export * from './decide.ts';
export { formatProblems, type CityProblem, type ProblemCode } from './problem.ts';
export * from './status.ts';
export { travelEstimate, type TravelEstimate, type Vehicle } from './travel.ts';
