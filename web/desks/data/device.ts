/**
 * This device's own small database. Where a browser has none or forbids it, everything goes on without memory: a driver who
 * cannot keep stops can still press buttons while there is a network.
 */
const NAME = 'greenlane-shift';
const STORES = ['kept', 'outbox'] as const;
type Store = (typeof STORES)[number];

let opened: Promise<IDBDatabase | undefined> | undefined;

function open(): Promise<IDBDatabase | undefined> {
  return opened ??= new Promise((resolve) => {
    if (typeof indexedDB === 'undefined') return resolve(undefined);
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => STORES.forEach((store) => request.result.createObjectStore(store));
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve(undefined);
  });
}

async function within<T>(store: Store, mode: IDBTransactionMode, act: (rows: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> {
  const database = await open();
  if (!database) return undefined;
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(store, mode);
    const request = act(transaction.objectStore(store));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error ?? new Error('nothing was kept'));
  });
}

/** Everything in it, in the order of its keys. */
export async function read<T>(store: Store): Promise<readonly T[]> {
  return (await within(store, 'readonly', (rows) => rows.getAll() as IDBRequest<T[]>).catch(() => [])) ?? [];
}

/** @throws when the device has a database and could not write to it: what a person pressed must not vanish silently */
export async function write(store: Store, key: string, value: unknown): Promise<void> {
  await within(store, 'readwrite', (rows) => rows.put(value, key));
}

export async function forget(store: Store, key: string): Promise<void> {
  await within(store, 'readwrite', (rows) => rows.delete(key));
}

export async function erase(store: Store): Promise<void> {
  await within(store, 'readwrite', (rows) => rows.clear());
}
