/** Work done in rounds in the background, one round at a time. */
export interface Rounds {
  /** A round soon: now, or once more behind the one that runs, which may have looked already. */
  kick(): void;
  /** No new round begins; resolves when the one that runs has ended. */
  stop(): Promise<void>;
}

/**
 * @param round told whether somebody asked for it, or it was only time to look; its errors are the caller's to catch.
 * @param everyMs a look by the clock, left out while a round runs.
 */
export function openRounds(round: (asked: boolean) => Promise<void>, everyMs: number): Rounds {
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  const begin = (asked: boolean): void => {
    running = round(asked).finally(() => {
      running = undefined;
      if (!again || stopped) return;
      again = false;
      begin(true);
    });
  };
  const timer = setInterval(() => { if (!running) begin(false); }, everyMs);
  return {
    kick() {
      if (running) again = true;
      else begin(true);
    },
    async stop() {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}
