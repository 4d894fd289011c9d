import { Worker, type ResourceLimits } from 'node:worker_threads';

export interface OnThread {
  readonly stopping?: AbortSignal | undefined;
  readonly secondsMax: number;
  /** What is thrown when it took longer than that. */
  readonly tooLong: () => Error;
  readonly resourceLimits?: ResourceLimits;
}

/**
 * Gives one job to a thread of its own, waits for its one message and ends the thread.
 * @throws the reason of `stopping` when that came first, and what the thread threw
 */
export function onThread<T>(file: string, job: unknown, { stopping, secondsMax, tooLong, resourceLimits }: OnThread): Promise<T> {
  return new Promise((resolve, reject) => {
    stopping?.throwIfAborted();
    const worker = new Worker(file, { workerData: job, ...(resourceLimits && { resourceLimits }) });
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      stopping?.removeEventListener('abort', stop);
      settle();
      void worker.terminate();
    };
    const stop = (): void => end(() => reject(stopping?.reason));
    const timer = setTimeout(() => end(() => reject(tooLong())), secondsMax * 1_000);
    stopping?.addEventListener('abort', stop);
    worker.once('message', (answer: T) => end(() => resolve(answer)));
    worker.once('error', (error) => end(() => reject(error)));
    worker.once('exit', (code) => end(() => reject(new Error(`its thread ended with ${code}`))));
  });
}
