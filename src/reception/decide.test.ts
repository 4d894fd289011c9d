import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../base/index.ts';
import { NEVER_BLOCK_GROUNDS } from '../policy/index.ts';
import { atDoor, entryFor, evolveArrival, isNeverBlockGround, REFUSAL_GROUNDS, type Arrival, type EntryDecision, type ReceptionCommand } from './index.ts';

const NOW = Date.UTC(2022, 10, 25, 4);
const expected: Arrival = { institution: 'H1', acuity: 'II', entry: { testRequired: true, via: 'bufferZone' }, expectedAt: NOW };
const received: Arrival = { ...expected, arrivedAt: NOW, receivedAt: NOW, receivedBy: 'W1' };
const W1 = { id: 'W1', name: 'Ward 1' };
const codeOf = (arrival: Arrival | undefined, command: ReceptionCommand): string => {
  const answer = atDoor(arrival, command, W1, NOW);
  return answer.ok ? answer.value.type : answer.refusal.code;
};
const admit = (expectedDischargeAt: number): ReceptionCommand => ({ type: 'admit', expectedDischargeAt });

describe('somebody stands at the door', () => {
  it('given nobody pressed "arrived", then they can be received all the same, through the door that was decided', () => {
    expect(atDoor(expected, { type: 'receivePatient' }, W1, NOW)).toEqual({
      ok: true, value: { type: 'Received', institution: 'H1', by: 'W1', name: 'Ward 1', via: 'bufferZone' },
    });
  });

  it('given they were never announced here, then the door says so instead of inventing a patient', () => {
    expect(codeOf(undefined, { type: 'receivePatient' })).toBe('notExpected');
  });

  it('given the same press twice, then it happened once', () => {
    expect(codeOf(received, { type: 'receivePatient' })).toBe('alreadyReceived');
    expect(codeOf({ ...expected, arrivedAt: NOW }, { type: 'reportArrival' })).toBe('alreadyArrived');
  });
});

describe('a refusal that happened all the same', () => {
  it('is recorded for every ground, and those on which nobody may be refused are counted apart', () => {
    for (const ground of REFUSAL_GROUNDS) {
      expect(atDoor(expected, { type: 'reportRefusal', ground }, { id: 'driver', name: 'Driver' }, NOW)).toMatchObject({
        ok: true, value: { type: 'RefusedAtDoor', ground, neverBlock: isNeverBlockGround(ground), by: 'driver' },
      });
    }
    expect(REFUSAL_GROUNDS.filter(isNeverBlockGround)).toEqual(NEVER_BLOCK_GROUNDS);
    expect(NEVER_BLOCK_GROUNDS).toEqual(expect.arrayContaining(['noTestResult', 'positiveAntigen', 'disinfection', 'shortPremises', 'epidemicControl']));
  });

  it('given the person was received, then they were not refused', () => {
    expect(codeOf(received, { type: 'reportRefusal', ground: 'noPlace' })).toBe('alreadyReceived');
  });

  it('given somebody was refused, then the same door can still receive them', () => {
    const refused = evolveArrival(expected, { type: 'RefusedAtDoor', institution: 'H1', ground: 'noTestResult', neverBlock: true, by: 'driver' }, NOW);
    expect(codeOf(refused, { type: 'receivePatient' })).toBe('Received');
  });
});

describe('the way in', () => {
  it('has no word for "not at all": the compiler refuses it', () => {
    // @ts-expect-error a door cannot decide that somebody stays outside
    const outside: EntryDecision = 'none';
    // @ts-expect-error nor say so in another word
    const refused: EntryDecision = 'refused';
    expect([outside, refused]).toHaveLength(2);
  });

  it('given any ground that may never block, then it is another way in, and received all the same', () => {
    for (const ground of NEVER_BLOCK_GROUNDS) {
      const refused = evolveArrival({ ...expected, entry: { testRequired: true, via: 'direct' } }, { type: 'RefusedAtDoor', institution: 'H1', ground, neverBlock: true, by: 'driver' }, NOW);
      expect(atDoor(refused, { type: 'receivePatient' }, W1, NOW)).toMatchObject({ ok: true, value: { type: 'Received', via: 'bufferZone' } });
    }
  });

  it('given the house had no place at first, then the way in stays as it was decided', () => {
    expect(entryFor({ testRequired: false, via: 'direct' }, 'noPlace')).toBe('direct');
    expect(entryFor({ testRequired: false, via: 'none' })).toBe('bufferZone');
  });
});

describe('treatment', () => {
  it('given nobody was received, then nobody is admitted or treated', () => {
    expect(codeOf(expected, admit(NOW + DAY_MS))).toBe('notReceivedYet');
    expect(codeOf(expected, { type: 'finishTreatment', outcome: 'discharged' })).toBe('notReceivedYet');
  });

  it('given a discharge in the past or months ahead, then the date is questioned', () => {
    expect(codeOf(received, admit(NOW))).toBe('dischargeInPast');
    expect(codeOf(received, admit(NOW + 60 * DAY_MS))).toBe('Admitted');
    expect(codeOf(received, admit(NOW + 60 * DAY_MS + 1))).toBe('stayTooLong');
  });

  it('the times of a stay are always in their order: arrived, received, treated', () => {
    const commands: readonly ReceptionCommand[] = [
      { type: 'reportArrival' }, { type: 'receivePatient' }, { type: 'reportRefusal', ground: 'noPlace' }, admit(NOW + 30 * DAY_MS),
      { type: 'finishTreatment', outcome: 'discharged' },
    ];
    fc.assert(fc.property(fc.array(fc.constantFrom(...commands), { maxLength: 12 }), (given) => {
      let arrival: Arrival = expected;
      for (const [index, command] of given.entries()) {
        const at = NOW + index * HOUR_MS;
        const answer = atDoor(arrival, command, W1, at);
        if (answer.ok) arrival = evolveArrival(arrival, answer.value, at)!;
      }
      const { arrivedAt, receivedAt, treatedAt } = arrival;
      if (receivedAt !== undefined) expect(arrivedAt).toBeLessThanOrEqual(receivedAt);
      if (treatedAt !== undefined) expect(receivedAt).toBeLessThanOrEqual(treatedAt);
    }));
  });
});
