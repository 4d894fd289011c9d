/** What breaks the chain from door to car to institution to car to door. Each becomes an incident with an owner and a deadline. */
export const CUSTODY_FAULTS = ['unrecordedStop', 'wrongPerson', 'missedHandOver', 'lostContact', 'refusedAtGate'] as const;
export type CustodyFault = (typeof CUSTODY_FAULTS)[number];
