/** A city that runs, a browser before it and the people at its screens, opened once for a file of tests and closed after it. */
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { launchBrowser } from '../browser.ts';
import { startCity, type RunningCity } from '../running-city.ts';
import { People } from './people.ts';

/** Long enough for a busy machine; nobody waits that long when it works. */
export const SLOW_MS = 120_000;

export interface Opened {
  readonly served: RunningCity;
  readonly browser: Browser;
  readonly people: People;
}

/** @returns filled before the first test; after each test everybody goes home */
export function openCity(start: () => Promise<RunningCity> = startCity): Opened {
  const opened = {} as { -readonly [key in keyof Opened]: Opened[key] };
  beforeAll(async () => {
    [opened.served, opened.browser] = await Promise.all([start(), launchBrowser()]);
    opened.people = new People(opened.browser, opened.served);
  }, SLOW_MS);
  afterEach(() => opened.people.goHome());
  afterAll(async () => {
    await opened.browser?.close();
    await opened.served?.stop();
  });
  return opened;
}
