import { describe, expect, it } from 'vitest';
import { LINK_OWNERS, STEP_OWNERS } from '../policy/index.ts';
import type { TermsKey } from '../policy/index.ts';
import { COMMAND_ROLES } from './may.ts';
import type { CommandType } from './story.ts';

/** What ends each step; where several end it together, each owner has to be able to do all of them. */
const ENDED_BY: { readonly [K in TermsKey]: readonly CommandType[] } = {
  findPlace: ['namePlace'], sendUnit: ['sendUnit'], slot: ['bookSlot'], release: ['release'],
  // The pass is made by the release; who answers for it can also take a wrong one back.
  pass: ['release', 'revokePass'],
  assignCar: ['assignCar'], pickUp: ['reportMission'], carPickUp: ['reportRide'], travel: ['reportRide'], ownTravel: ['startTravel'],
  bring: ['reportMission'], receive: ['receivePatient'], treat: ['finishTreatment', 'admit'], consult: ['takeVisit', 'answerVisit'],
  dispense: ['dispense'], deliver: ['deliver'], returnCar: ['assignCar'], returnPickUp: ['reportRide'], returnTravel: ['reportRide'],
  returnHome: ['startTravel', 'reportHome'], confirmHome: ['confirmHome'], ownConfirmHome: ['confirmHome'],
};

describe('who a policy may name for a step', () => {
  it.each(Object.entries(ENDED_BY))('%s: given by %j, then exactly those who may give it', (step, commands) => {
    const able = LINK_OWNERS.filter((owner) => commands.every((command) => COMMAND_ROLES[command].includes(owner)));
    expect([...STEP_OWNERS[step as TermsKey]].sort()).toEqual([...able].sort());
  });
});
