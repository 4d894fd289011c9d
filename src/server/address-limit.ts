const MINUTE_MS = 60_000;
/** Beyond this many addresses the oldest are forgotten: the memory of a limit must not become the way to bring us down. */
const ADDRESSES_MAX = 10_000;

/** @returns for an address, the seconds it has to wait; 0 while it is within `perMinute` */
export function addressLimit(perMinute: number): (address: string, nowMs: number) => number {
  const seen = new Map<string, { since: number; count: number }>();
  return (address, nowMs) => {
    const entry = seen.get(address);
    if (!entry || nowMs - entry.since >= MINUTE_MS) {
      seen.delete(address);
      if (seen.size >= ADDRESSES_MAX) seen.delete(seen.keys().next().value!);
      seen.set(address, { since: nowMs, count: 1 });
      return 0;
    }
    entry.count++;
    return entry.count <= perMinute ? 0 : Math.ceil((entry.since + MINUTE_MS - nowMs) / 1_000);
  };
}
