import type { City } from '../city/index.ts';
import { AVAILABILITIES } from './availability.ts';
import { CityWatch } from './check-city.ts';
import { groundFaults } from './check-grounds.ts';
import { MeasureWatch } from './check-measures.ts';
import { faultsOf } from './check-outcome.ts';
import { PERSON_RULES } from './check-person.ts';
import { findTooComplex, measuresAmong, outcomeFor } from './compile.ts';
import type { CompiledPolicy } from './compile.ts';
import { FACTS } from './facts.ts';
import { Findings } from './findings.ts';
import type { CheckFinding, Fault } from './findings.ts';
import { peopleInBoth, regionsOf, sameButGrounds, takes } from './regions.ts';
import type { Region } from './regions.ts';
import type { Outcome } from './settle.ts';

export interface CheckReport {
  readonly policy: string;
  /** Regions walked: whatever this policy tells apart is apart, so none is left out. */
  readonly walked: number;
  /** Combinations in them: of facts, times what may be available. */
  readonly stoodFor: number;
  readonly findings: readonly CheckFinding[];
}

/**
 * Walks every combination of facts and of what is available, those no measure tells apart together, and holds each against
 * the promises. With a city, also whether its institutions can do what the policy sends there.
 * @param progress is told how much of it is done, from 0 to 1.
 */
export function checkPolicy(policy: CompiledPolicy, city?: City, progress?: (part: number) => void): CheckReport {
  const findings = new Findings();
  const tooComplex = findTooComplex(policy);
  if (tooComplex) {
    findings.add({ code: 'tooComplex', measures: tooComplex.measures, message: tooComplex.text });
    return { policy: policy.id, walked: 0, stoodFor: 0, findings: findings.list() };
  }
  const measures = new MeasureWatch(policy);
  const places = city && new CityWatch(policy, city);
  const ofOutcome = new Map<Outcome, readonly Fault[]>();
  const regions = progress ? [...regionsOf(policy.forest.root)].length : 0;
  let walked = 0;
  let stoodFor = 0;
  for (const person of peopleOf(policy)) {
    const plain = person.find(({ region: { box } }) => takes(box, 'patientKind', GREEN) && takes(box, 'test', VALID))!.outcome;
    for (const { region, outcome } of person) {
      walked += 1;
      stoodFor += region.combinations * AVAILABILITIES.length;
      measures.see(region);
      places?.see(region, outcome);
      let faults = ofOutcome.get(outcome);
      if (!faults) ofOutcome.set(outcome, (faults = faultsOf(outcome, region.facts.acuity, ordinaryFor(policy, region))));
      for (const found of faults) findings.add(found, region);
      for (const { of, broken, fault } of PERSON_RULES) {
        if (!broken(outcome)) continue;
        for (const box of of) {
          const people = peopleInBoth(region.box, box);
          if (people) findings.add(fault(outcome), people);
        }
      }
      if (progress && walked % TOLD_EVERY === 0) progress(walked / regions);
      if (outcome !== plain) for (const found of groundFaults(plain, outcome)) findings.add(found, region);
    }
  }
  measures.report(findings);
  places?.report(findings);
  progress?.(1);
  return { policy: policy.id, walked, stoodFor, findings: findings.list() };
}

/** What holds for them without the announcement. */
function ordinaryFor(policy: CompiledPolicy, { holds, facts }: Region): Outcome {
  const { from, to } = policy.announced;
  return outcomeFor(policy, measuresAmong(policy, holds).filter((place) => place < from || place >= to), facts.acuity);
}

const TOLD_EVERY = 500;
const GREEN = FACTS.patientKind.indexOf('greenCode');
const VALID = FACTS.test.indexOf('valid');

interface Told {
  readonly region: Region;
  readonly outcome: Outcome;
}

/** The same person with every test result, code and area: regions that differ in nothing else. */
function* peopleOf(policy: CompiledPolicy): Generator<readonly Told[]> {
  let person: Told[] = [];
  for (const region of regionsOf(policy.forest.root)) {
    if (person.length > 0 && !sameButGrounds(person[0]!.region.box, region.box)) {
      yield person;
      person = [];
    }
    person.push({ region, outcome: outcomeFor(policy, measuresAmong(policy, region.holds), region.facts.acuity) });
  }
  if (person.length > 0) yield person;
}
