/** Where typed text waits: in IndexedDB on trusted devices, else in this tab's session storage. */
import { openDB } from "idb";
import type { IDBPDatabase } from "idb";

export interface Keep {
  get(name: string): Promise<unknown>;
  set(name: string, value: unknown): Promise<void>;
  remove(name: string): Promise<void>;
  names(): Promise<string[]>;
}

const DATABASE = "pb-app-1";
const STORE = "kept";
const PREFIX = "pb-app-";

/** In this tab, until it is closed. */
export function tabKeep(storage: Storage): Keep {
  return {
    get: async (name) => {
      const text = storage.getItem(PREFIX + name);
      return text === null ? undefined : (JSON.parse(text) as unknown);
    },
    set: async (name, value) => storage.setItem(PREFIX + name, JSON.stringify(value)),
    remove: async (name) => storage.removeItem(PREFIX + name),
    names: async () =>
      Object.keys(storage).flatMap((one) =>
        one.startsWith(PREFIX) ? one.slice(PREFIX.length) : [],
      ),
  };
}

/** On the device. */
export async function deviceKeep(): Promise<Keep> {
  const database: IDBPDatabase = await openDB(DATABASE, 1, {
    upgrade: (made) => void made.createObjectStore(STORE),
    blocking: () => database.close(),
  });
  return {
    get: (name) => database.get(STORE, name),
    set: async (name, value) => void (await database.put(STORE, value, name)),
    remove: (name) => database.delete(STORE, name),
    names: async () => (await database.getAllKeys(STORE)).map(String),
  };
}

/** The keep of this device; memory of the tab where the browser refuses a database. */
export async function openKeep(trusted: boolean): Promise<Keep> {
  if (!trusted) return tabKeep(sessionStorage);
  try {
    return await deviceKeep();
  } catch {
    return tabKeep(sessionStorage);
  }
}

/** Delete all that the client has kept on the device, and nothing of others. */
export async function wipe(): Promise<void> {
  for (const storage of [sessionStorage, localStorage]) {
    for (const name of Object.keys(storage)) if (name.startsWith(PREFIX)) storage.removeItem(name);
  }
  for (const { name } of (await indexedDB.databases?.()) ?? [{ name: DATABASE }]) {
    if (name?.startsWith(PREFIX)) indexedDB.deleteDatabase(name);
  }
  for (const name of "caches" in globalThis ? await caches.keys() : []) {
    if (name.startsWith(PREFIX)) await caches.delete(name);
  }
}
