import { useSyncExternalStore } from 'react';
import type { DriverReport, DriverSyncAnswer } from '../../../src/trips/index.ts';
import { newIntent, post, Problem } from '../../shared/api.ts';
import { cityNow } from '../../shared/clock.ts';
import { forget, read, write } from './device.ts';

/**
 * What was pressed on this phone and is not with the server yet. It is written down before it is sent, so neither a dead line
 * nor a dead battery loses it, and it goes out in the order of its true times. What the server refuses stays until somebody has
 * read why: a report that vanishes is a hole in the record of who had whom.
 */
export type Waiting = RideWaiting | CommandWaiting;
interface Base {
  readonly key: string;
  /** City clock. */
  readonly at: number;
  /** Only whoever pressed it sends it: in the record it stands under their name. */
  readonly actor: string;
  /** Words of what was pressed, by their codes. */
  readonly what: string;
  readonly name?: string;
  readonly refusal?: string;
  /** The server has it; what is shown here is not from after that yet, so it still counts. */
  readonly sent?: true;
}
export interface RideWaiting extends Base {
  readonly kind: 'ride';
  readonly report: DriverReport;
}
/** Anything else, with the address it goes to. */
export interface CommandWaiting extends Base {
  readonly kind: 'command';
  readonly journey?: string;
  readonly path: string;
  readonly body: object;
}

let waiting: readonly Waiting[] = [];
let sending = false;
let renew: () => Promise<unknown> = () => Promise.resolve();
const listeners = new Set<() => void>();

function set(next: readonly Waiting[]): void {
  waiting = next;
  for (const listener of listeners) listener();
}

export function useOutbox(): readonly Waiting[] {
  return useSyncExternalStore((listener) => { listeners.add(listener); return () => listeners.delete(listener); }, () => waiting);
}

/** It still has to go out; a refused one went. */
export const isUnsent = ({ refusal, sent }: Waiting): boolean => refusal === undefined && !sent;
export const unsent = (): readonly Waiting[] => waiting.filter(isUnsent);

const RETRY_MS = 10_000;

/**
 * Takes up what an earlier page left, and tries again whenever there may be a line. Returns how to stop.
 * @param onSent fetches anew what is shown; fails when it could not
 */
export function openOutbox(actor: string, onSent: () => Promise<unknown>): () => void {
  renew = onSent;
  const go = (): void => void send(actor);
  void read<Waiting>('outbox').then((kept) => {
    const here = new Set(waiting.map(({ key }) => key));
    set(inOrder([...waiting, ...kept.filter(({ key }) => !here.has(key))]));
    go();
  });
  const timer = setInterval(go, RETRY_MS);
  addEventListener('online', go);
  return () => {
    clearInterval(timer);
    removeEventListener('online', go);
  };
}

export async function press(item: Waiting): Promise<void> {
  set(inOrder([...waiting, item]));
  await write('outbox', item.key, item);
  await send(item.actor);
}

export const newItem = (actor: string, what: string, name?: string): Pick<Base, 'key' | 'at' | 'actor' | 'what' | 'name'> =>
  ({ key: newIntent().key, at: cityNow(), actor, what, ...(name !== undefined && { name }) });

/** A refused report that somebody has read. */
export async function dismiss(key: string): Promise<void> {
  set(waiting.filter((item) => item.key !== key));
  await forget('outbox', key);
}

export function inOrder(items: readonly Waiting[]): readonly Waiting[] {
  return [...items].sort((a, b) => a.at - b.at);
}

async function send(actor: string): Promise<void> {
  if (sending) return;
  sending = true;
  try {
    for (let batch = nextBatch(waiting, actor); batch.length > 0; batch = nextBatch(waiting, actor)) await deliver(batch);
    const done = waiting.filter(({ sent }) => sent);
    if (done.length > 0) await renew();
    for (const { key } of done) await dismiss(key);
  } catch {
    // No line, or the server is not there: everything stays and is tried again.
  } finally {
    sending = false;
  }
}

const BATCH_MOST = 100;

/** The oldest, and with a ride's report all that follow it up to something of another kind: their order is their meaning. */
export function nextBatch(items: readonly Waiting[], actor: string): readonly Waiting[] {
  const mine = items.filter((item) => item.actor === actor && isUnsent(item));
  const other = mine.findIndex(({ kind }) => kind !== mine[0]?.kind);
  return mine[0]?.kind === 'ride' ? mine.slice(0, other < 0 ? BATCH_MOST : Math.min(other, BATCH_MOST)) : mine.slice(0, 1);
}

async function deliver(batch: readonly Waiting[]): Promise<void> {
  try {
    const rides = batch.filter((item): item is RideWaiting => item.kind === 'ride');
    if (rides.length > 0) await deliverRides(rides);
    for (const item of batch) {
      if (item.kind !== 'command') continue;
      await post(item.path, item.body, { intent: { key: item.key } });
      await mark(item.key, { sent: true });
    }
  } catch (problem) {
    if (!(problem instanceof Problem) || comesBack(problem)) throw problem;
    // One that cannot be read must not hold up the others.
    if (batch.length === 1) await mark(batch[0]!.key, { refusal: problem.message });
    else for (const item of batch) await deliver([item]);
  }
}

async function deliverRides(rides: readonly RideWaiting[]): Promise<void> {
  const { entries } = await post<DriverSyncAnswer>('/api/my-rides/sync', { entries: rides.map(({ report }) => report) });
  for (const { key, refusal } of entries) await mark(key, refusal ? { refusal: refusal.detail } : { sent: true });
  // What was not answered goes out again, later.
  if (!rides.some(({ key }) => entries.some((entry) => entry.key === key))) throw new Error('not answered');
}

/** No line, signed out, too many, or a server that is not well: not an answer to what was asked. */
export function comesBack({ status }: Problem): boolean {
  return status === 0 || status === 401 || status === 429 || status >= 500;
}

async function mark(key: string, answer: Pick<Waiting, 'refusal'> | Pick<Waiting, 'sent'>): Promise<void> {
  const item = waiting.find((one) => one.key === key);
  if (!item) return;
  const marked = { ...item, ...answer };
  set(waiting.map((one) => (one.key === key ? marked : one)));
  await write('outbox', key, marked);
}
