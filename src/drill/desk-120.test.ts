import { describe, expect, it } from 'vitest';
import { MINUTE_MS, parseInstant } from '../base/index.ts';
import type { BoardUnit } from '../dispatch/index.ts';
import type { Story } from '../journey/index.ts';
import type { Acuity } from '../triage/index.ts';
import { Desk120 } from './desk-120.ts';
import { cityOf } from './load.ts';

const city = cityOf('toytown');
const at = parseInstant('2022-11-25 09:00')!;
const [town] = city.towns.keys();

/** Somebody waiting for 120, or with a unit on its way. */
function call(id: string, acuity: Acuity, minutesAgo: number, unit?: string): { readonly story: Story } {
  const askedAt = at - minutesAgo * MINUTE_MS;
  const kind = unit === undefined ? 'sendUnit' : 'pickUp';
  return {
    story: {
      id, request: { town, need: 'emergency', findings: [] }, decision: { acuity }, links: [{ kind, state: 'open' }],
      mission: { id: `M-${id}`, acuity, town, askedAt, times: {}, ...(unit !== undefined && { unit }) },
    } as unknown as Story,
  };
}

const unit = (name: string, state: BoardUnit['state'] = 'idle'): BoardUnit =>
  ({ unit: name, state, place: city.towns.get(town!)!.centre, placeAt: at, equipment: 'advanced', negativePressure: true });

function desk(open: readonly { readonly story: Story }[], read: readonly { readonly story: Story }[] = open): Desk120<{ readonly story: Story }> {
  const made = new Desk120<{ readonly story: Story }>(city);
  for (const each of open) made.follow(each);
  for (const each of read) made.ready(each);
  return made;
}

describe('The 120 desk', () => {
  const [lesser, worse] = [call('R1', 'III', 50), call('R2', 'I', 1)];

  it('given one unit and two calls, then the worse one gets it, however long the other has waited', () => {
    expect(desk([lesser, worse]).decide([unit('A1')], at)).toMatchObject([{ call: worse, answer: { unit: 'A1' } }]);
  });

  it('given a call that nobody has read yet, then its unit is kept for it and nobody else gets it', () => {
    expect(desk([lesser, worse], [lesser]).decide([unit('A1')], at)).toEqual([]);
    expect(desk([lesser, worse], [lesser]).passedOver([unit('A1')], at)).toBeUndefined();
  });

  it('given the only unit drives to a lesser call, then it turns round, and it is said from whom', () => {
    const underWay = call('R3', 'III', 50, 'A1');
    expect(desk([underWay, worse], [worse]).decide([unit('A1', 'toPatient')], at)).toMatchObject([{ call: worse, takenFrom: underWay }]);
  });

  it('sees an emergency that waits beside a free unit, or beside one on its way to a lesser call; never beside one on its way to an equal', () => {
    expect(desk([worse]).passedOver([unit('A1')], at)).toBe(worse);
    expect(desk([worse, call('R3', 'IV', 5, 'A1')], [worse]).passedOver([unit('A1', 'toPatient')], at)).toBe(worse);
    expect(desk([worse, call('R3', 'II', 5, 'A1')], [worse]).passedOver([unit('A1', 'toPatient')], at)).toBeUndefined();
    expect(desk([lesser]).passedOver([unit('A1')], at)).toBeUndefined();
  });

  it('given hundreds of lesser calls, then the oldest are looked at and the first of them is served', () => {
    const many = Array.from({ length: 300 }, (_, index) => call(`R${index + 10}`, 'IV', index % 90));
    const [given, ...more] = desk(many).decide([unit('A1')], at);
    expect(more).toEqual([]);
    expect(given!.call.story.mission!.askedAt).toBe(at - 89 * MINUTE_MS);
  });
});
