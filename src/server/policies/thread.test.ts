import { describe, expect, it } from 'vitest';
import type { City } from '../../city/index.ts';
import { proveOnThread, openTurns, StoppedAtLimit } from './thread.ts';
import type { WorkerJob } from './worker.ts';

const JOB: WorkerJob = { job: 'read', policy: 'id: x', city: { districts: new Map(), towns: new Map() } as unknown as City };

/** Jobs that end when the test says so. */
function byHand() {
  const running: { end: (answer: unknown) => void; fail: (error: Error) => void }[] = [];
  const turns = openTurns(() => new Promise((resolve, reject) => void running.push({ end: resolve, fail: reject })));
  return { running, ask: (name: string) => turns<string>(name, JOB) };
}
const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('jobs that people wait for', () => {
  it('given two at once, then the second begins when the first has ended, also when that failed', async () => {
    const { running, ask } = byHand();
    const [one, two] = [ask('one'), ask('two')];
    await soon();
    expect(running).toHaveLength(1);
    running[0]!.fail(new Error('broken'));
    await expect(one).rejects.toThrow('broken');
    await soon();
    running[1]!.end('second');
    expect(await two).toBe('second');
  });

  it('given the same one again while it is under way, then it is done once; given it later, then anew', async () => {
    const { running, ask } = byHand();
    const both = [ask('one'), ask('one')];
    await soon();
    running[0]!.end('shared');
    expect(await Promise.all(both)).toEqual(['shared', 'shared']);
    const later = ask('one');
    await soon();
    expect(running).toHaveLength(2);
    running[1]!.end('anew');
    expect(await later).toBe('anew');
  });

  it('given more than can wait, then whoever comes is told when to come again, and there is room once one has ended', async () => {
    const { running, ask } = byHand();
    const five = ['1', '2', '3', '4', '5'].map(ask);
    await expect(ask('6')).rejects.toMatchObject({ statusCode: 503, refusals: [{ code: 'policyProofBusy' }], retryAfterSeconds: 30 });
    for (const [place, one] of five.entries()) {
      await soon();
      running[place]!.end('done');
      await one;
    }
    const late = ask('6');
    await soon();
    running[5]!.end('late');
    expect(await late).toBe('late');
  });

  it('given one that was stopped at a limit, then that is refused by its code', async () => {
    const { running, ask } = byHand();
    const one = ask('one');
    await soon();
    running[0]!.fail(new StoppedAtLimit('policyProofTooLarge'));
    await expect(one).rejects.toMatchObject({ statusCode: 409, refusals: [{ code: 'policyProofTooLarge' }] });
  });
});

describe('a thread', () => {
  it('answers what was asked', async () => {
    expect(await proveOnThread(JOB)).toContainEqual(expect.objectContaining({ line: 1, column: 1, code: 'missing' }));
  });

  it('given no time, then it is stopped and says so by a code', async () => {
    await expect(proveOnThread(JOB, { secondsMax: 0 })).rejects.toMatchObject({ message: 'policyProofTooLong' });
  });

  it('given nobody waits for it any more, then it is stopped, before it begins or after', async () => {
    const gone = new AbortController();
    const running = proveOnThread(JOB, { stopping: gone.signal });
    gone.abort(new Error('withdrawn'));
    await expect(running).rejects.toThrow('withdrawn');
    await expect(proveOnThread(JOB, { stopping: gone.signal })).rejects.toThrow('withdrawn');
  });
});
