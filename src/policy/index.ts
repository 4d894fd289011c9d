export * from './decision.ts';
export * from './document.ts';
export { decide, factsOf, type DecideOptions, type Exclusion } from './decide.ts';
export { compilePolicy, evaluate, outcomeOf, type CompiledPolicy, type Outcome, type Settled } from './compile.ts';
export { FACTS, FACT_NAMES, SETS, groupsOf, type FactName, type Facts } from './facts.ts';
export { readPolicy, readStandingRules, type Read } from './read-document.ts';
export { policyFor } from './which.ts';
export { WAITING_LINKS } from './chain.ts';
