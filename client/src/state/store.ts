/** All that the page knows: people and chats, the list, messages. Written by `apply.ts`, `load.ts`, `kept.ts` and `tidy.ts` only. */
import { batch, signal } from "@preact/signals";
import type { Signal } from "@preact/signals";
import type {
  Chat,
  Dialog,
  DialogFilter,
  DraftMessage,
  Message,
  PeerNotifySettings,
  User,
} from "../wire/schema.d.ts";
import type { Entity, PeerKey } from "./keys.ts";
import { Journal } from "./journal.ts";
import { inputOf, keyOf, keyOfEntity } from "./keys.ts";
import { isThreadIn } from "./threads.ts";
import type { Slices } from "./slices.ts";

/** A message that can be shown: the empty ones are left out. */
export type Shown = Exclude<Message, { _: "messageEmpty" }>;

/** A row of the list. */
export interface Talk {
  readonly key: PeerKey;
  readonly top: number;
  readonly date: number;
  readonly unread: number;
  readonly mentions: number;
  /** Of my messages, those with reactions that I have not seen; older devices kept none. */
  readonly reactions?: number;
  readonly readIn: number;
  readonly readOut: number;
  readonly pinned: boolean;
  readonly mark: boolean;
  /** 0 the list, 1 the archive. */
  readonly folder: number;
  readonly mutedUntil: number;
  readonly draft: DraftMessage | null;
}

export interface History {
  readonly messages: Map<number, Shown>;
  slices: Slices;
  /** Grows with every change of `messages` or `slices`. */
  readonly version: Signal<number>;
  usedAt: number;
  /** The message that somebody looks at; Infinity: the newest; null: nobody looks. */
  near: number | null;
}

export interface Typing {
  readonly who: PeerKey;
  readonly until: number;
}

const KEPT_HISTORIES = 30;

export class Store {
  me = "";
  readonly entities = new Map<PeerKey, Signal<Entity | undefined>>();
  readonly talks = new Map<PeerKey, Signal<Talk | undefined>>();
  /** Keys of all rows, in the order of the list. */
  readonly order = signal<readonly PeerKey[]>([]);
  readonly pinned = new Map<number, readonly PeerKey[]>();
  readonly filters = signal<readonly DialogFilter[]>([]);
  readonly typing = new Map<PeerKey, Signal<readonly Typing[]>>();
  /** Grows whenever somebody comes into a chat, goes, or gets another role. */
  readonly membership = new Map<PeerKey, Signal<number>>();
  /** Whether I have blocked somebody; undefined: that was not asked for yet. */
  readonly blocked = new Map<PeerKey, Signal<boolean | undefined>>();
  /** How many ask to be let into a chat, where I may answer them. */
  readonly requests = new Map<PeerKey, Signal<number>>();
  /** Grows whenever something is put off, changed or sent of what waits in a chat. */
  readonly scheduled = new Map<PeerKey, Signal<number>>();
  readonly listLoaded = signal(false);
  /** Rows that must be asked for again. */
  readonly stale = new Set<PeerKey>();
  readonly journal = new Journal();
  /** Histories as the device had kept them: nothing is added before the server's word replaces them. */
  readonly restored = new Set<PeerKey>();
  /** Rows that the device had kept and the server has not named yet. */
  readonly unconfirmed = new Set<PeerKey>();
  /** Times are the server's: how far the browser's clock is behind it, milliseconds. */
  skew = 0;
  /** Chats to which messages have come since `tidy.ts` looked. */
  readonly filled = new Set<PeerKey>();
  private readonly histories = new Map<PeerKey, History>();
  /** Which chat a message of the common box is in. */
  private readonly places = new Map<number, PeerKey>();

  now(): number {
    return Math.floor((Date.now() + this.skew) / 1000);
  }

  entity(key: PeerKey): Signal<Entity | undefined> {
    return cell(this.entities, key, undefined);
  }

  talk(key: PeerKey): Signal<Talk | undefined> {
    return cell(this.talks, key, undefined);
  }

  typingIn(key: PeerKey): Signal<readonly Typing[]> {
    return cell(this.typing, key, []);
  }

  membershipOf(key: PeerKey): Signal<number> {
    return cell(this.membership, key, 0);
  }

  requestsOf(key: PeerKey): Signal<number> {
    return cell(this.requests, key, 0);
  }

  scheduledIn(key: PeerKey): Signal<number> {
    return cell(this.scheduled, key, 0);
  }

  isBlocked(key: PeerKey): Signal<boolean | undefined> {
    return cell<boolean | undefined>(this.blocked, key, undefined);
  }

  input(key: PeerKey) {
    return inputOf(key, this.entity(key).peek());
  }

  history(key: PeerKey): History {
    let found = this.histories.get(key);
    if (!found) {
      found = { messages: new Map(), slices: [], version: signal(0), usedAt: Date.now(), near: null };
      this.histories.set(key, found);
    }
    return found;
  }

  /** Keys of the threads of a chat whose histories are known. */
  threadsOf(chat: PeerKey): PeerKey[] {
    return [...this.histories.keys()].filter((key) => isThreadIn(key, chat));
  }

  message(key: PeerKey, id: number): Shown | undefined {
    return this.histories.get(key)?.messages.get(id);
  }

  placeOf(id: number): PeerKey | undefined {
    return this.places.get(id);
  }

  putEntities(users: readonly User[], chats: readonly Chat[]): void {
    batch(() => {
      for (const entity of [...users, ...chats]) this.putEntity(entity);
    });
  }

  /** What is known in full is not overwritten by a short form. */
  private putEntity(entity: Entity): void {
    const key = keyOfEntity(entity);
    const cellOf = this.entity(key);
    const known = cellOf.peek();
    if ("min" in entity && entity.min && known && !("min" in known && known.min)) return;
    if (entity._ === "user" && entity.self) this.me = entity.id;
    cellOf.value = entity;
  }

  /** Take messages in; gives them without the empty ones. `peers` named by the messages. */
  putMessages(messages: readonly Message[]): Shown[] {
    const shown = messages.filter((message) => message._ !== "messageEmpty");
    for (const message of shown) {
      const key = keyOf(message.peer_id);
      const history = this.history(key);
      history.messages.set(message.id, message);
      this.filled.add(key);
      if (!key.startsWith("c")) this.places.set(message.id, key);
    }
    return shown;
  }

  replaceMessage(key: PeerKey, id: number, change: (message: Shown) => Shown): void {
    this.journal.note(key, id, "changed");
    const history = this.histories.get(key);
    const message = history?.messages.get(id);
    if (!history || !message) return;
    history.messages.set(id, change(message));
    history.version.value++;
  }

  setSlices(key: PeerKey, change: (slices: Slices) => Slices): void {
    const history = this.history(key);
    history.slices = change(history.slices);
    history.version.value++;
  }

  dropMessages(key: PeerKey, ids: ReadonlySet<number>): void {
    const history = this.histories.get(key);
    for (const id of ids) {
      this.places.delete(id);
      history?.messages.delete(id);
    }
  }

  /** Forget what is cached of a chat (what changed meanwhile is not known). */
  forget(key: PeerKey): void {
    this.journal.note(key, -1, "forgotten");
    for (const thread of this.threadsOf(key)) this.forget(thread);
    const history = this.histories.get(key);
    if (!history) return;
    const top = this.talk(key).peek()?.top ?? 0;
    for (const id of history.messages.keys()) if (id !== top) history.messages.delete(id);
    this.restored.delete(key);
    history.slices = [];
    history.version.value++;
  }

  /** Keep the newest used histories only. */
  trim(open: PeerKey): void {
    const old = [...this.histories].filter(([key, one]) => key !== open && one.slices.length);
    old.sort(([, a], [, b]) => b.usedAt - a.usedAt);
    for (const [key] of old.slice(KEPT_HISTORIES)) this.forget(key);
  }

  setTalk(key: PeerKey, change: Partial<Talk>): void {
    this.journal.note(key, 0, "row");
    const known = this.talk(key).peek();
    if (known) this.talk(key).value = { ...known, ...change };
  }

  putDialog(dialog: Dialog): void {
    if (dialog._ !== "dialog") return;
    const key = keyOf(dialog.peer);
    const message = this.message(key, dialog.top_message);
    this.talk(key).value = {
      key,
      top: dialog.top_message,
      date: message?.date ?? this.talk(key).peek()?.date ?? 0,
      unread: dialog.unread_count,
      mentions: dialog.unread_mentions_count,
      reactions: dialog.unread_reactions_count ?? 0,
      readIn: dialog.read_inbox_max_id,
      readOut: dialog.read_outbox_max_id,
      pinned: dialog.pinned ?? false,
      mark: dialog.unread_mark ?? false,
      folder: dialog.folder_id ?? 0,
      mutedUntil: mutedUntil(dialog.notify_settings),
      draft: dialog.draft ?? null,
    };
  }

  removeTalk(key: PeerKey): void {
    this.talk(key).value = undefined;
    this.sort();
  }

  /** Put the rows in order: pinned ones as they were put, then by date. */
  sort(): void {
    const rows = [...this.talks.values()].flatMap((one) => one.peek() ?? []);
    const place = (row: Talk) => this.pinned.get(row.folder)?.indexOf(row.key) ?? -1;
    const date = (row: Talk) => Math.max(row.date, draftDate(row.draft));
    rows.sort(
      (a, b) =>
        Number(b.pinned) - Number(a.pinned) ||
        (a.pinned ? place(a) - place(b) : 0) ||
        date(b) - date(a),
    );
    const keys = rows.map((row) => row.key);
    const known = this.order.peek();
    if (keys.length !== known.length || keys.some((key, at) => key !== known[at])) {
      this.order.value = keys;
    }
  }
}

function draftDate(draft: DraftMessage | null): number {
  return draft?._ === "draftMessage" ? draft.date : 0;
}

/** Until when nothing is to be heard of a chat (unix time). */
export function mutedUntil(settings: PeerNotifySettings): number {
  return settings.mute_until ?? 0;
}

function cell<T>(cells: Map<PeerKey, Signal<T>>, key: PeerKey, empty: T): Signal<T> {
  let found = cells.get(key);
  if (!found) {
    found = signal(empty);
    cells.set(key, found);
  }
  return found;
}
