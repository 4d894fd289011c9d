import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renewing } from './renew.ts';

describe('asking anew', () => {
  it('given news while an answer is on its way, then it is asked for once more, however often it was said', async () => {
    const asked: string[] = [];
    const answers: (() => void)[] = [];
    const renew = renewing((kind) => new Promise<void>((resolve) => { asked.push(kind); answers.push(resolve); }));
    const first = renew('board');
    void renew('board');
    void renew('board');
    void renew('units');
    expect(asked).toEqual(['board', 'units']);
    answers[0]!();
    await Promise.resolve().then(() => Promise.resolve()).then(() => Promise.resolve());
    expect(asked).toEqual(['board', 'units', 'board']);
    answers[2]!();
    await first;
    expect(asked).toHaveLength(3);
  });

  it('given a question fails, then the next news is asked for all the same', async () => {
    let asked = 0;
    const renew = renewing(() => { asked += 1; return Promise.reject(new Error('no line')); });
    await renew('board');
    await renew('board');
    expect(asked).toBe(2);
  });

  it('whatever the order, what was said last is always asked for after it was said', async () => {
    await fc.assert(fc.asyncProperty(fc.scheduler(), fc.array(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: 20 }), async (scheduler, news) => {
      let now = 0;
      const askedAt = new Map<string, number>();
      const renew = renewing((kind) => { askedAt.set(kind, now); return scheduler.schedule(Promise.resolve()); });
      const said = new Map<string, number>();
      const steps = scheduler.scheduleSequence(news.map((kind) => async () => { now += 1; said.set(kind, now); void renew(kind); }));
      await scheduler.waitFor(steps.task);
      await scheduler.waitIdle();
      for (const [kind, at] of said) expect(askedAt.get(kind)).toBeGreaterThanOrEqual(at);
    }));
  });
});
