/**
 * What a trusted device keeps so that the page shows it at once, and without a connection: the rows of
 * the list and the newest messages of the last chats. The server's word replaces it as it comes.
 */
import { batch, effect } from "@preact/signals";
import type { Config, Session } from "../wire/http.ts";
import type { Chat, DialogFilter, User } from "../wire/schema.d.ts";
import type { Keep } from "./keep.ts";
import { openDevice } from "./keep.ts";
import type { Entity, PeerKey } from "./keys.ts";
import { keyOf } from "./keys.ts";
import { newest } from "./slices.ts";
import type { Shown, Store, Talk } from "./store.ts";

export const CHATS = 30;
const ROWS = 100;
const MESSAGES = 50;
const PAUSE_MS = 1500;
const LIST = "list";
const CHAT = "chat-";
/** In localStorage: something is kept, so the page need not ask the server what to show first. */
export const FLAG = "pb-app-kept";
const VERSION = 1;

type SignedIn = Extract<Session, { state: "signed-in" }>;
export interface About {
  config: Config;
  session: SignedIn;
}
interface KeptList extends About {
  v: number;
  talks: readonly Talk[];
  pinned: [number, readonly PeerKey[]][];
  filters: readonly DialogFilter[];
  entities: readonly Entity[];
}
interface KeptChat {
  messages: readonly Shown[];
  /** Nothing is older than the first of them. */
  start: boolean;
}
export interface Kept {
  list: KeptList;
  chats: [PeerKey, KeptChat][];
}

/** What an earlier page has kept here; null where there is nothing that this build can read. */
export async function readKept(): Promise<Kept | null> {
  const keep = await openDevice(() => {});
  const list = (await keep?.get(LIST)) as KeptList | undefined;
  if (!keep || list?.v !== VERSION) return null;
  const chats: [PeerKey, KeptChat][] = [];
  for (const { key } of list.talks) {
    const found = (await keep.get(CHAT + key)) as KeptChat | undefined;
    if (found) chats.push([key, found]);
  }
  return { list, chats };
}

/** Fill an empty store with it. */
export function restore(store: Store, { list, chats }: Kept): void {
  batch(() => {
    store.me = list.session.user;
    const isPerson = (one: Entity): one is User => one._ === "user" || one._ === "userEmpty";
    const others = list.entities.filter((one): one is Chat => !isPerson(one));
    store.putEntities(list.entities.filter(isPerson), others);
    for (const [folder, keys] of list.pinned) store.pinned.set(folder, keys);
    store.filters.value = list.filters;
    for (const talk of list.talks) {
      store.talk(talk.key).value = talk;
      store.unconfirmed.add(talk.key);
    }
    for (const [key, { messages, start }] of chats) {
      store.putMessages(messages);
      store.setSlices(key, () => [{ ids: messages.map((one) => one.id), start, end: true }]);
      store.restored.add(key);
    }
    store.sort();
  });
}

/** Keeps the device's copy up to date. */
export class Keeper {
  private readonly store: Store;
  private readonly about: About;
  private readonly keep: Keep;
  private readonly saved = new Map<PeerKey, number>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly end: () => void;
  private stopped = false;

  constructor(store: Store, keep: Keep, about: About) {
    this.store = store;
    this.keep = keep;
    this.about = about;
    this.end = effect(() => {
      if (!store.listLoaded.value) return;
      for (const key of store.order.value.slice(0, CHATS)) void [store.talk(key).value, store.history(key).version.value];
      this.timer ??= setTimeout(() => void this.save().catch(() => {}), PAUSE_MS);
    });
  }

  /** Keep nothing more. */
  stop(): void {
    this.stopped = true;
    this.end();
    clearTimeout(this.timer);
  }

  private async save(): Promise<void> {
    this.timer = undefined;
    const { store, keep } = this;
    const keys = store.order.peek().slice(0, CHATS);
    const list = this.list();
    await keep.set(LIST, list);
    if (this.stopped) return;
    localStorage.setItem(FLAG, "1");
    for (const key of keys) {
      const { version } = store.history(key);
      if (this.saved.get(key) === version.peek() || store.restored.has(key)) continue;
      const chat = this.chat(key);
      if (chat) await keep.set(CHAT + key, chat);
      this.saved.set(key, version.peek());
    }
    const wanted = new Set(list.talks.map((one) => CHAT + one.key));
    for (const name of await keep.names()) if (name.startsWith(CHAT) && !wanted.has(name)) await keep.remove(name);
  }

  private chat(key: PeerKey): KeptChat | null {
    const { slices, messages } = this.store.history(key);
    const slice = newest(slices);
    if (!slice) return null;
    const ids = slice.ids.slice(-MESSAGES);
    return { messages: ids.flatMap((id) => messages.get(id) ?? []), start: slice.start && ids.length === slice.ids.length };
  }

  private list(): KeptList {
    const { store } = this;
    const talks = store.order.peek().slice(0, ROWS).flatMap((key) => store.talk(key).peek() ?? []);
    const wanted = new Set<PeerKey>([`u${store.me}`]);
    for (const [at, { key, top }] of talks.entries()) {
      wanted.add(key);
      const shown = at < CHATS ? (this.chat(key)?.messages ?? []) : [];
      peersIn([...shown, store.message(key, top)], wanted);
    }
    const entities = [...wanted].flatMap((key) => store.entity(key).peek() ?? []);
    return { v: VERSION, ...this.about, talks, pinned: [...store.pinned], filters: store.filters.peek(), entities };
  }
}

/** The peers that an object of the protocol names, at any depth. */
function peersIn(value: unknown, found: Set<PeerKey>): void {
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) return value.forEach((one) => peersIn(one, found));
  const one = value as Record<string, unknown>;
  if (one["_"] === "peerUser" || one["_"] === "peerChat" || one["_"] === "peerChannel") found.add(keyOf(value as Parameters<typeof keyOf>[0]));
  else if (typeof one["user_id"] === "string") found.add(`u${one["user_id"]}`);
  if (Array.isArray(one["users"])) for (const id of one["users"]) found.add(`u${String(id)}`);
  for (const part of Object.values(one)) peersIn(part, found);
}
