import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import type { Instant, Place } from '../../../base/index.ts';
import { hourOf } from '../../speeds.ts';
import { importRoads, loadRoads, type RoadImport, type SavedRoads } from '../load.ts';
import { PROFILES, type Profile } from '../profiles.ts';
import type { Restriction } from '../restriction.ts';
import { LiveRoads } from '../times.ts';
import { answer, type Answer, type Question, type SentTimes } from './question.ts';

type Asked = { readonly id: number; readonly question: Question };
type Answered = { readonly id: number; readonly answer: Answer } | { readonly id: number; readonly failed: string };

/**
 * Roads for a server: questions about single drives are answered on the spot from `live`; what takes longer happens in a
 * thread beside it, while every question goes on being answered from the picture before.
 */
export interface OpenRoads {
  readonly live: LiveRoads;
  readonly origin: SavedRoads['origin'];
  /**
   * When this resolves, every question sees the restrictions, and the hours in use are ready; with `instant`, that hour of
   * every traveller instead.
   */
  readonly restrict: (restrictions: readonly Restriction[], instant?: Instant) => Promise<void>;
  /** Seconds from each to each by rows of `from`, `NO_DRIVE` where there is none; under other restrictions where some are given. */
  readonly matrix: (profile: Profile, instant: Instant, from: readonly Place[], to: readonly Place[], restrictions?: readonly Restriction[]) => Promise<Int32Array>;
  readonly close: () => Promise<void>;
}

/** Stored roads and a thread that has them too; or why there are none. */
export async function openRoads(path: string): Promise<OpenRoads | Exclude<Awaited<ReturnType<typeof loadRoads>>, SavedRoads>> {
  const loaded = await loadRoads(path);
  if ('problem' in loaded) return loaded;
  const { map, origin } = loaded;
  const live = new LiveRoads(map);
  const ask = threadFor(path);
  return {
    live,
    origin,
    async restrict(restrictions, instant) {
      const wanted = instant === undefined
        ? live.made.map(({ profile, hour }) => ({ profile, hour }))
        : PROFILES.map((profile) => ({ profile, hour: hourOf(instant) }));
      // A cordon that nobody sees is worse than a pause: without its thread the server makes the weights itself.
      const sent = await ask.question({ kind: 'weights', wanted, restrictions }).catch(() => []) as readonly SentTimes[];
      live.restrict(restrictions, sent.map(({ times, ...asked }) => ({ ...asked, times: { map, ...times } })));
    },
    async matrix(profile, instant, from, to, restrictions = live.restrictions) {
      return await ask.question({ kind: 'matrix', profile, hour: hourOf(instant), restrictions, from, to }) as Int32Array;
    },
    close: ask.close,
  };
}

/** The import of an extract, in a thread of its own that ends with it. */
export async function importInThread(data: RoadImport): Promise<{ readonly problem?: string }> {
  const worker = new Worker(new URL(import.meta.url), { workerData: { roadImport: data } satisfies Given });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the thread that read the roads ended with ${code}`)));
  });
}

/** What a thread of this file was started for. Another thread that merely loads this file was given something else. */
type Given = { readonly roadsOf: string } | { readonly roadImport: RoadImport };

function threadFor(path: string): { readonly question: (question: Question) => Promise<Answer>; readonly close: () => Promise<void> } {
  const worker = new Worker(new URL(import.meta.url), { workerData: { roadsOf: path } satisfies Given });
  const waiting = new Map<number, { readonly resolve: (answer: Answer) => void; readonly reject: (error: Error) => void }>();
  let ended: Error | undefined;
  let last = 0;
  const end = (error: Error): void => {
    ended ??= error;
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
  };
  worker.on('message', (answered: Answered) => {
    const asked = waiting.get(answered.id);
    waiting.delete(answered.id);
    if (waiting.size === 0) worker.unref();
    if ('answer' in answered) asked?.resolve(answered.answer);
    else asked?.reject(new Error(answered.failed));
  });
  worker.on('error', end);
  worker.on('exit', () => end(new Error('the thread with the roads has ended')));
  // Kept alive for a question, or the process could end before its answer; never for questions that nobody will ask.
  worker.unref();
  return {
    question: (question) => new Promise((resolve, reject) => {
      if (ended) return reject(ended);
      last += 1;
      worker.ref();
      waiting.set(last, { resolve, reject });
      worker.postMessage({ id: last, question } satisfies Asked);
    }),
    close: async () => void (await worker.terminate()),
  };
}

async function work(given: Given): Promise<void> {
  if ('roadImport' in given) {
    const made = await importRoads(given.roadImport);
    parentPort!.postMessage('problem' in made ? { problem: made.problem.message } : {});
    return;
  }
  const loaded = await loadRoads(given.roadsOf);
  if ('problem' in loaded) throw new Error(loaded.message);
  parentPort!.on('message', ({ id, question }: Asked) => {
    try {
      parentPort!.postMessage({ id, answer: answer(loaded.map, question) } satisfies Answered);
    } catch (error) {
      parentPort!.postMessage({ id, failed: String(error) } satisfies Answered);
    }
  });
}

const isGiven = (data: unknown): data is Given => typeof data === 'object' && data !== null && ('roadsOf' in data || 'roadImport' in data);
if (!isMainThread && isGiven(workerData)) void work(workerData);
