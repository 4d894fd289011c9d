import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MINUTE_MS, SECOND_MS } from '../base/index.ts';
import { callState, evolveCall, EXCHANGE_EVENTS, passTime, type Call, type ExchangeNews } from './index.ts';

const NOW = Date.UTC(2022, 10, 25, 4);
const OWNER = { role: 'ward', scope: 'institution:H1', name: 'duty A' } as const;
const say = (event: ExchangeNews['event'], seconds: number, more: Partial<ExchangeNews> = {}): ExchangeNews => ({ event, at: NOW + seconds * SECOND_MS, line: 'H1', ...more });
const told = (news: readonly ExchangeNews[]): Call => news.reduce<Call | undefined>((call, each) =>
  evolveCall(call ?? evolveCall(undefined, { type: 'CallRang', id: 'K1', line: each.line, phone: '' }, each.at)!, { type: 'ExchangeSaid', news: each, owner: OWNER }, NOW + 3_600_000), undefined)!;

describe('a call as a telephone system tells it', () => {
  it.each([
    ['rings', [say('ringing', 0, { phone: '138' })], 'ringing'],
    ['answered', [say('ringing', 0), say('answered', 4)], 'answered'],
    ['answered and over', [say('ringing', 0), say('answered', 4), say('ended', 90)], 'ended'],
    ['missed at one telephone, answered at the next', [say('ringing', 0), say('missed', 10), say('answered', 14), say('ended', 60)], 'ended'],
    ['the caller hangs up', [say('ringing', 0), say('ended', 7)], 'callBackOwed'],
    ['only its end was ever heard of', [say('ended', 7, { phone: '138' })], 'callBackOwed'],
  ] as const)('%s', (_what, news, state) => expect(callState(told(news))).toBe(state));

  it('given the caller hung up, then they are owed a call-back from that moment, and it counts as abandoned', () => {
    expect(told([say('ringing', 0), say('ended', 7)])).toMatchObject({ abandoned: true, callBackDueAt: NOW + 7 * SECOND_MS + 10 * MINUTE_MS, owner: OWNER });
    expect(told([say('ringing', 0), say('missed', 5), say('ended', 7)]).abandoned).toBeUndefined();
  });

  const news = fc.record({
    event: fc.constantFrom(...EXCHANGE_EVENTS), at: fc.integer({ min: 0, max: 30 }).map((second) => NOW + second * SECOND_MS), line: fc.constantFrom('H1', 'H2', 'medicalLine'),
    phone: fc.constantFrom('138', '139', undefined), name: fc.constantFrom('A', 'B', undefined),
  }).map(({ phone, name, ...rest }): ExchangeNews => ({ ...rest, ...(phone && { phone }), ...(name && { name }) }));

  it('in whatever order and however often the reports come, the call is the same in the end', () => {
    fc.assert(fc.property(fc.array(news, { minLength: 1, maxLength: 10 }).chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }), fc.array(fc.constantFrom(...all), { maxLength: 6 }))), ([all, shuffled, again]) => {
      expect(told([...shuffled, ...again, ...shuffled])).toEqual(told(all));
    }), { numRuns: 2_000 });
  });

  it('given it rang out here before the late report that it was answered, then it is as if that had come in time', () => {
    fc.assert(fc.property(fc.array(news, { minLength: 1, maxLength: 6 }), (all) => {
      const whole = [...all, say('answered', 3)];
      const rung = told(all);
      const missed = passTime(rung, {}, OWNER, NOW + 200 * SECOND_MS);
      const late = evolveCall(missed ? evolveCall(rung, missed, NOW + 200 * SECOND_MS)! : rung, { type: 'ExchangeSaid', news: whole.at(-1)!, owner: OWNER }, NOW)!;
      expect({ ...late, rings: [] }).toEqual({ ...told(whole), rings: [] });
    }));
  });
});
