export * from './city.ts';
export * from './candidates.ts';
export { counterpartsOf } from './counterparts.ts';
export * from './decide.ts';
export { formatProblems, type CityProblem, type ProblemCode } from './problem.ts';
export { CITY_FILES, readCity, type CityFile } from './read.ts';
export * from './status.ts';
export { travelEstimate, type TravelEstimate, type Vehicle } from './travel.ts';
