/**
 * Asks anew for what has become old. News that comes while an answer is on its way is asked for once more afterwards: starting over
 * with each would never end on a bad line, and leaving it out would show an old picture as if it were of now.
 */
export function renewing(ask: (kind: string) => Promise<unknown>): (kind: string) => Promise<void> {
  const running = new Set<string>();
  const again = new Set<string>();
  return async function renew(kind) {
    if (running.has(kind)) return void again.add(kind);
    running.add(kind);
    do {
      again.delete(kind);
      await ask(kind).catch(() => undefined);
    } while (again.has(kind));
    running.delete(kind);
  };
}
