import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { listen, readEvent, type Line, type LiveEvent } from './live.ts';

describe('a block of the stream', () => {
  it('given an event with data, then both are read', () => {
    expect(readEvent('event: change\ndata: {"journey":"R1","version":7}')).toEqual({ type: 'change', data: { journey: 'R1', version: 7 } });
  });

  it('given a ping or half a sentence, then there is no event', () => {
    expect(readEvent(': ping')).toBeUndefined();
    expect(readEvent('data: {"journey":')).toBeUndefined();
  });
});

describe('a live line', () => {
  let push: (text: string) => void;
  let requests = 0;
  let stop: () => void;
  const lines: Line[] = [];
  const events: LiveEvent[] = [];

  beforeEach(() => {
    vi.useFakeTimers({ now: 1_000_000 });
    vi.stubGlobal('addEventListener', () => undefined);
    vi.stubGlobal('removeEventListener', () => undefined);
    vi.stubGlobal('fetch', (_path: string, { signal }: RequestInit) => {
      requests += 1;
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          push = (text) => controller.enqueue(new TextEncoder().encode(text));
          signal?.addEventListener('abort', () => controller.error(new Error('aborted')));
        },
      });
      return Promise.resolve(new Response(body));
    });
    requests = lines.length = events.length = 0;
    stop = listen({ onEvent: (event) => events.push(event), onLine: (line) => lines.push(line) });
  });
  afterEach(() => {
    stop();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('given pings, then the line is up although nothing changes', async () => {
    for (let i = 0; i < 6; i++) {
      await vi.advanceTimersByTimeAsync(10_000);
      push(': ping\n\n');
    }
    expect(lines).toEqual([]);
    expect(requests).toBe(1);
  });

  it('given an event in two pieces, then it arrives once and whole', async () => {
    await vi.advanceTimersByTimeAsync(0);
    push('event: change\nda');
    push('ta: {"journey":"R1"}\n\n');
    await vi.advanceTimersByTimeAsync(0);
    expect(events).toEqual([{ type: 'change', data: { journey: 'R1' } }]);
  });

  it('given fifteen seconds of silence, then it is down since the last word, tries again, and says when it is back', async () => {
    await vi.advanceTimersByTimeAsync(0);
    await vi.advanceTimersByTimeAsync(15_500);
    expect(lines[0]).toEqual({ state: 'down', lastHeardAt: 1_000_000 });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(requests).toBeGreaterThan(1);
    expect(lines.at(-1)).toEqual({ state: 'up' });
  });
});
