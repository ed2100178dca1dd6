/**
 * Where typed text waits: in IndexedDB on trusted devices, else in this tab's session storage. Where the
 * device takes nothing (it is full, the browser refuses) the tab takes it, and the person is told.
 */
import { openDB } from "idb";
import type { IDBPDatabase } from "idb";

export interface Keep {
  get(name: string): Promise<unknown>;
  set(name: string, value: unknown): Promise<void>;
  remove(name: string): Promise<void>;
  names(): Promise<string[]>;
}

/** Why the device keeps less than it should: its store is full, of a newer build, or refused. */
export type KeepTrouble = "full" | "newer" | "refused";
export type Tell = (trouble: KeepTrouble) => void;

const DATABASE = "pb-app-1";
const STORE = "kept";
const PREFIX = "pb-app-";
const SCOPE = "/app";
/** What a person has typed and the server may not have. */
const TYPED = /^(?:draft|outbox|upload)-/;
/** Grows when all is wiped: a page that is still open keeps nothing afterwards. */
let generation = 0;

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

/** On the device. `isNewer`: whether a newer build's store will do. */
async function deviceKeep(tell: Tell, isNewer: boolean): Promise<Keep> {
  const open = () => openDatabase(tell, isNewer, blocking);
  const blocking = (wanted: number | null) => {
    // Without a version it is being deleted.
    if (wanted === null) return;
    tell("newer");
    opened = open();
    opened.catch(() => {});
  };
  let opened = open();
  await opened;
  return {
    get: async (name) => (await opened).get(STORE, name),
    set: async (name, value) => void (await (await opened).put(STORE, value, name)),
    remove: async (name) => (await opened).delete(STORE, name),
    names: async () => (await (await opened).getAllKeys(STORE)).map(String),
  };
}

/** `blocking`: called, when it is closed, with the version that another tab wants. */
async function openDatabase(tell: Tell, isNewer: boolean, blocking: (wanted: number | null) => void): Promise<IDBPDatabase> {
  const callbacks = {
    blocking: (_: number, wanted: number | null, event: IDBVersionChangeEvent) => {
      (event.target as IDBDatabase).close();
      blocking(wanted);
    },
  };
  try {
    return await openDB(DATABASE, 1, { ...callbacks, upgrade: (made) => void made.createObjectStore(STORE) });
  } catch (error) {
    if (!isNamed(error, "VersionError")) throw error;
    tell("newer");
    if (!isNewer) throw error;
    // A newer build's: it stays as it is, and what it calls by the same names can be read.
    const newer = await openDB(DATABASE, undefined, callbacks);
    if (newer.objectStoreNames.contains(STORE)) return newer;
    newer.close();
    throw error;
  }
}

/** The keep of this device, and the tab's for what it does not take. */
export async function openKeep(trusted: boolean, tell: Tell = () => {}): Promise<Keep> {
  const tab = tabKeep(sessionStorage);
  if (!trusted) return guarded(layered(null, tab, tell));
  try {
    return guarded(layered(await deviceKeep(tell, true), tab, tell));
  } catch (error) {
    if (!isNamed(error, "VersionError")) tell(troubleOf(error));
    return guarded(layered(null, tab, tell));
  }
}

/** The device alone, for what is of no use in a tab; null where it refuses, or has a newer build's store. */
export async function openDevice(tell: Tell): Promise<Keep | null> {
  const device = await deviceKeep(tell, false).catch(() => null);
  if (!device) return null;
  const set = async (name: string, value: unknown) => {
    try {
      await device.set(name, value);
    } catch (error) {
      if (troubleOf(error) === "full") tell("full");
      throw error;
    }
  };
  return guarded({ ...device, set });
}

/** What the device does not take goes into the tab; what the tab has is newer. */
export function layered(device: Keep | null, tab: Keep, tell: Tell): Keep {
  return {
    get: async (name) => (await tab.get(name)) ?? (await device?.get(name)),
    set: async (name, value) => {
      if (device) {
        try {
          await device.set(name, value);
          return await tab.remove(name);
        } catch (error) {
          tell(troubleOf(error));
        }
      }
      try {
        await tab.set(name, value);
      } catch (error) {
        tell(troubleOf(error));
        throw error;
      }
    },
    remove: async (name) => {
      await tab.remove(name);
      await device?.remove(name);
    },
    names: async () => [...new Set([...(await tab.names()), ...((await device?.names()) ?? [])])],
  };
}

function guarded(keep: Keep): Keep {
  const mine = generation;
  return { ...keep, set: async (name, value) => (mine === generation ? keep.set(name, value) : undefined) };
}

function troubleOf(error: unknown): KeepTrouble {
  return isNamed(error, "QuotaExceededError") ? "full" : "refused";
}

function isNamed(error: unknown, name: string): boolean {
  return typeof error === "object" && error !== null && "name" in error && error.name === name;
}

/** Take along what was typed and is not sent: the device is trusted now, or not any more. */
export async function moveTyped(trusted: boolean): Promise<void> {
  const tab = tabKeep(sessionStorage);
  const device = await deviceKeep(() => {}, true).catch(() => null);
  if (!device) return;
  const both = layered(device, tab, () => {});
  for (const name of await both.names()) {
    if (!TYPED.test(name)) continue;
    const value = await both.get(name);
    if (trusted) await both.set(name, value);
    else {
      await tab.set(name, value);
      await device.remove(name);
    }
  }
}

/** Delete the copies of chats; what was typed and is not sent stays. */
export async function forgetCopies(): Promise<void> {
  const device = await deviceKeep(() => {}, true).catch(() => null);
  for (const name of (await device?.names()) ?? []) if (!TYPED.test(name)) await device?.remove(name);
  localStorage.removeItem(`${PREFIX}kept`);
}

/** Delete all that the client has kept on the device, and nothing of others. */
export async function wipe(): Promise<void> {
  generation++;
  for (const storage of [sessionStorage, localStorage]) {
    for (const name of Object.keys(storage)) if (name.startsWith(PREFIX)) storage.removeItem(name);
  }
  for (const { name } of (await indexedDB.databases?.()) ?? [{ name: DATABASE }]) {
    if (name?.startsWith(PREFIX)) await deleteDatabase(name);
  }
  for (const one of (await navigator.serviceWorker?.getRegistrations()) ?? []) {
    // The desk's worker, with its notices, stays.
    if (!new URL(one.scope).pathname.startsWith(SCOPE)) continue;
    for (const notice of await one.getNotifications().catch(() => [])) notice.close();
    await one.pushManager?.getSubscription().then((found) => found?.unsubscribe()).catch(() => {});
    await one.unregister();
  }
  // After the workers, which fill them.
  for (const name of "caches" in globalThis ? await caches.keys() : []) {
    if (name.startsWith(PREFIX)) await caches.delete(name);
  }
}

/** Another tab may still have it open: it closes it when it is asked to, and then it goes. */
function deleteDatabase(name: string): Promise<void> {
  return new Promise((resume) => {
    const asked = indexedDB.deleteDatabase(name);
    asked.onsuccess = asked.onerror = asked.onblocked = () => resume();
  });
}
