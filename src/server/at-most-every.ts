/**
 * Calls in a burst become one at its start and one after it: a thousand phones that report are one piece of news a second, and
 * the last of them is never left out.
 */
export function atMostEvery(milliseconds: number, work: () => Promise<void>): () => void {
  let resting = false;
  let wanted = false;
  const run = (): void => {
    wanted = false;
    resting = true;
    // News that is lost is fetched by the screens' own next look.
    void work().catch(() => undefined);
    setTimeout(() => {
      resting = false;
      if (wanted) run();
    }, milliseconds).unref();
  };
  return () => {
    wanted = true;
    if (!resting) run();
  };
}
