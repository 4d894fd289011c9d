/**
 * Live changes from the server (`/api/stream`, server-sent events). Read with `fetch` and not with `EventSource`, which keeps
 * the server's pings to itself: without them a dead line looks like a quiet one, and that is the worse error.
 */
export interface LiveEvent {
  readonly type: string;
  readonly data: unknown;
}
/** `down` since when, on this device's clock: the last moment something was heard. */
export type Line = { readonly state: 'up' } | { readonly state: 'down'; readonly lastHeardAt: number };

export interface LiveOptions {
  readonly onEvent: (event: LiveEvent) => void;
  /** Also called when the line is back: whoever listens fetches everything again, because changes were missed. */
  readonly onLine: (line: Line) => void;
}

const SILENCE_MS = 15_000;
const RETRY_LEAST_MS = 1_000;
const RETRY_MOST_MS = 15_000;

/** Listens until the returned function is called. */
export function listen({ onEvent, onLine }: LiveOptions): () => void {
  let stopped = false;
  let abort = new AbortController();
  let lastHeardAt = Date.now();
  /** What the silence of one attempt is measured from; `lastHeardAt` is what the person is told. */
  let attemptAt = Date.now();
  let down = false;
  let wake: (() => void) | undefined;

  const heard = (): void => {
    lastHeardAt = attemptAt = Date.now();
    if (!down) return;
    down = false;
    onLine({ state: 'up' });
  };
  const watch = setInterval(() => {
    if (Date.now() - attemptAt > SILENCE_MS) abort.abort();
    if (down || Date.now() - lastHeardAt < SILENCE_MS) return;
    down = true;
    onLine({ state: 'down', lastHeardAt });
  }, 1_000);
  const online = (): void => wake?.();
  addEventListener('online', online);

  const run = async (): Promise<void> => {
    for (let pause = RETRY_LEAST_MS; !stopped; pause = Math.min(pause * 2, RETRY_MOST_MS)) {
      abort = new AbortController();
      attemptAt = Date.now();
      try {
        const response = await fetch('/api/stream', { headers: { accept: 'text/event-stream' }, signal: abort.signal });
        if (!response.ok || !response.body) throw new Error(`stream ${response.status}`);
        heard();
        pause = RETRY_LEAST_MS;
        await readStream(response.body, heard, onEvent);
      } catch {
        // Said by `watch` when it lasts; a short break is nobody's business.
      }
      if (!stopped) await new Promise<void>((resolve) => setTimeout(wake = resolve, pause));
    }
  };
  void run();

  return () => {
    stopped = true;
    abort.abort();
    wake?.();
    clearInterval(watch);
    removeEventListener('online', online);
  };
}

async function readStream(body: ReadableStream<Uint8Array>, heard: () => void, onEvent: (event: LiveEvent) => void): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    heard();
    rest += decoder.decode(value, { stream: true });
    const blocks = rest.split(/\r?\n\r?\n/);
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const event = readEvent(block);
      if (event) onEvent(event);
    }
  }
}

/** One block of the stream; a comment (the server's ping) is none. */
export function readEvent(block: string): LiveEvent | undefined {
  let type = 'message';
  const data: string[] = [];
  for (const line of block.split(/\r?\n/)) {
    const match = /^(event|data):\s?(.*)$/.exec(line);
    if (match?.[1] === 'event') type = match[2]!;
    if (match?.[1] === 'data') data.push(match[2]!);
  }
  if (data.length === 0) return undefined;
  try {
    return { type, data: JSON.parse(data.join('\n')) };
  } catch {
    return undefined;
  }
}
