import { describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../base/index.ts';
import { desksOf, handedRound, isBounced, type Link, type Story } from './index.ts';

const NOW = Date.UTC(2022, 10, 25, 4);
const desk = (scope: string, minute: number, more: Partial<Link> = {}): Link => ({
  kind: 'receive', owner: { role: 'ward', scope }, dueSeconds: 600, state: 'dropped', openedAt: NOW + minute * MINUTE_MS, missed: [], ...more,
});
const story = (...links: readonly Link[]): Story => ({ links, decidedAt: NOW + 100 * MINUTE_MS }) as unknown as Story;
const open = (scope: string, minute: number): Link => desk(scope, minute, { kind: 'findPlace', state: 'open' });

describe('somebody who is sent from desk to desk', () => {
  it('given three doors in a row, with drives between them, then they are bounced: a drive that was done is no care', () => {
    const bring = (minute: number): Link => desk('unit:U1', minute, { kind: 'bring', state: 'done', doneAt: NOW + (minute + 5) * MINUTE_MS });
    const doors = [desk('institution:H1', 0), bring(10), desk('institution:H2', 15), bring(25), desk('institution:H3', 30)];
    expect(isBounced(story(...doors, open('city', 40)))).toBe(true);
    expect(handedRound(story(...doors, open('city', 40))).map(({ owner }) => owner.scope)).toEqual(['institution:H1', 'institution:H2', 'institution:H3']);
    expect(isBounced(story(...doors.slice(0, 3), open('city', 20)))).toBe(false);
  });

  it('given somebody took over their care in between, then it begins anew', () => {
    const received = desk('institution:H2', 20, { state: 'done', doneAt: NOW + 25 * MINUTE_MS });
    expect(isBounced(story(desk('institution:H1', 0), desk('district:1', 10), received, desk('institution:H3', 30), open('city', 40)))).toBe(false);
  });

  it('given the same desk had it again, or the software looked for a seat house by house, then nobody was sent on', () => {
    const seat = (scope: string): Link => desk(scope, 0, { kind: 'slot' });
    expect(isBounced(story(seat('institution:H1'), seat('institution:H2'), seat('institution:H3'), open('town:1', 0)))).toBe(false);
    expect(isBounced(story(desk('town:1', 0), desk('town:1', 10), desk('town:1', 20), desk('town:1', 30), open('town:1', 40)))).toBe(false);
  });

  it('keeps everybody who had it, with their times and how often they were late', () => {
    const late = desk('institution:H1', 0, { missed: [{ at: NOW, told: { role: 'city', scope: 'city' } }] });
    expect(desksOf(story(late, open('city', 10)))).toEqual([
      { owner: late.owner, step: 'receive', from: NOW, until: NOW + 10 * MINUTE_MS, done: false, missed: 1 },
      { owner: { role: 'ward', scope: 'city' }, step: 'findPlace', from: NOW + 10 * MINUTE_MS, done: false, missed: 0 },
    ]);
  });
});
