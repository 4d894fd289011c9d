import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../base/index.ts';
import { initialStatus, type City, type Institution } from '../city/index.ts';
import { AS_WRITTEN } from './habits.ts';
import { allPolicies, cityOf, policyOf } from './load.ts';
import { Rehearsal } from './rehearsal.ts';

const toytown = cityOf('toytown');
const policy = policyOf(allPolicies(), 'zhengzhou-2022-11-25', toytown);
const morning = policy.coverage!.period.from + 9 * HOUR_MS;

/** Toytown as nobody checked it: radiotherapy is for adults only. */
function withoutRadiotherapyForChildren(): City {
  const adultsOnly = ({ services, ...rest }: Institution): Institution => {
    const offer = services.get('radiotherapy');
    return { ...rest, services: offer ? new Map(services).set('radiotherapy', { service: 'radiotherapy', seatsPerSlot: offer.seatsPerSlot }) : services };
  };
  return { ...toytown, institutions: new Map([...toytown.institutions].map(([code, institution]) => [code, adultsOnly(institution)])) };
}

function played(city: City, days: number): Rehearsal {
  const rehearsal = new Rehearsal({ city, policy, status: initialStatus(city), seed: 1, rates: AS_WRITTEN });
  rehearsal.ask(morning, {
    channel: 'hotline', person: { name: 'A child', phone: '000', sex: 'female', ageMonths: 96 }, town: '990101001', address: 'at home',
    need: 'radiotherapy', groups: [], findings: [], vitals: {}, patientKind: 'greenCode', test: 'valid',
  });
  rehearsal.run(morning + days * DAY_MS);
  return rehearsal;
}

describe('A wait that nobody ends', () => {
  it('given a child whom no place takes, is a broken promise, named once', () => {
    const { breaches } = played(withoutRadiotherapyForChildren(), 14);
    expect(breaches).toMatchObject([{ promise: 'waitEnds', seen: expect.stringMatching(/^findPlace missed \d+ times, waiting since /) }]);
    expect(breaches[0]!.at).toBeGreaterThan(morning + DAY_MS);
  });

  it('is not yet one within its first day, however often somebody is told', () => {
    expect(played(withoutRadiotherapyForChildren(), 1).breaches).toEqual([]);
  });

  it('given a place that takes children, does not come about', () => {
    const { breaches, journeys } = played(toytown, 14);
    expect(breaches).toEqual([]);
    expect([...journeys.values()].map(({ story }) => story.closed?.outcome)).toEqual(['home']);
  });
});
