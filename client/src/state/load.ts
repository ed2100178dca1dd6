/** Asks the server for what the store lacks: the list, pages of history, single rows. */
import { batch } from "@preact/signals";
import type { Connection } from "../wire/connection.ts";
import { isError } from "../wire/errors.ts";
import type { Chat, Dialog, InputPeer, Message, User } from "../wire/schema.d.ts";
import type { PeerKey } from "./keys.ts";
import { keyOf } from "./keys.ts";
import { addPage, newest } from "./slices.ts";
import type { Shown, Store } from "./store.ts";
import { threadOf } from "./threads.ts";
import { tidy } from "./tidy.ts";
import type { Sync } from "./sync.ts";

const DIALOGS = 100;
export const PAGE = 60;

interface List {
  dialogs: Dialog[];
  messages: Message[];
  users: User[];
  chats: Chat[];
}

export class Loader {
  private readonly connection: Connection;
  private readonly store: Store;
  private readonly sync: Sync;
  private readonly loading = new Map<string, Promise<void>>();
  /** Messages that were taken though they had changed meanwhile: a reaction that comes tells nothing of their text. */
  private readonly unsure = new Set<string>();

  constructor(connection: Connection, store: Store, sync: Sync) {
    this.connection = connection;
    this.store = store;
    this.sync = sync;
  }

  /** The whole list: pinned rows, then page by page, the archive too. */
  async list(): Promise<void> {
    const { connection, store } = this;
    const since = store.journal.now();
    const [filters] = await Promise.all([
      connection.call("messages.getDialogFilters", {}),
      this.folder(0),
    ]);
    store.filters.value = filters.filters;
    store.listLoaded.value = true;
    await this.folder(1);
    const changes = store.journal.since(since);
    const left = [...store.unconfirmed];
    store.unconfirmed.clear();
    for (const key of left) if (!changes.hasRow(key)) store.removeTalk(key);
    // A row that has moved up meanwhile may have been on no page.
    await this.rows(left.filter((key) => changes.hasRow(key)));
  }

  private async folder(folder_id: number): Promise<void> {
    let since = this.store.journal.now();
    const pinned = await this.connection.call("messages.getPinnedDialogs", { folder_id });
    const keys = pinned.dialogs.flatMap((one) => (one._ === "dialog" ? keyOf(one.peer) : []));
    this.store.pinned.set(folder_id, keys);
    this.put(pinned, since);
    let offset_peer: InputPeer = { _: "inputPeerEmpty" };
    let [offset_id, offset_date] = [0, 0];
    for (;;) {
      since = this.store.journal.now();
      const found = await this.connection.call("messages.getDialogs", {
        exclude_pinned: true,
        folder_id,
        offset_date,
        offset_id,
        offset_peer,
        limit: DIALOGS,
        hash: "0",
      });
      if (found._ === "messages.dialogsNotModified") return;
      this.put(found, since);
      const last = found.dialogs.findLast((one) => one._ === "dialog");
      if (found._ === "messages.dialogs" || found.dialogs.length < DIALOGS || !last) return;
      const key = keyOf(last.peer);
      offset_peer = this.store.input(key);
      offset_id = last.top_message;
      // The row's own date may be of a message that has come meanwhile.
      const top = found.messages.find((one) => one.id === last.top_message && one._ !== "messageEmpty" && keyOf(one.peer_id) === key);
      offset_date = (top && "date" in top ? top.date : this.store.talk(key).peek()?.date) ?? 0;
    }
  }

  /** Rows of the list anew. */
  async rows(keys: readonly PeerKey[]): Promise<void> {
    for (let at = 0; at < keys.length; at += DIALOGS) {
      const peers = keys.slice(at, at + DIALOGS).map((key) => ({
        _: "inputDialogPeer" as const,
        peer: this.store.input(key),
      }));
      const since = this.store.journal.now();
      const found = await this.connection.call("messages.getPeerDialogs", { peers });
      batch(() => {
        this.put(found, since);
        const known = new Set(found.dialogs.flatMap((one) => (one._ === "dialog" ? keyOf(one.peer) : [])));
        for (const key of keys) if (!known.has(key)) this.store.removeTalk(key);
      });
    }
  }

  /** Rows that were asked for at `since`; those that have changed meanwhile are asked for again. */
  private put(found: List, since: number): void {
    const changes = this.store.journal.since(since);
    const again: PeerKey[] = [];
    batch(() => {
      this.putFound(found, since);
      for (const dialog of found.dialogs) {
        if (dialog._ !== "dialog") continue;
        const key = keyOf(dialog.peer);
        this.store.unconfirmed.delete(key);
        const isOld = changes.hasRow(key) || changes.of(key, dialog.top_message) === "deleted";
        if (isOld) again.push(key);
        if (!isOld || !this.store.talk(key).peek()) this.store.putDialog(dialog);
        if (dialog.pts !== undefined) this.sync.known(key, dialog.pts);
        this.store.history(key).version.value++;
      }
      this.store.sort();
    });
    if (again.length) void this.rows(again).catch(() => {});
  }

  /** The messages around one (`id` 0: the newest), so that they can be shown without a hole. */
  around(key: PeerKey, id: number): Promise<void> {
    if (!id && this.store.restored.has(key)) return this.refresh(key);
    if (!id) return this.page(key, { offset_id: 0, add_offset: 0 });
    return this.page(key, { offset_id: id, add_offset: -PAGE / 2 });
  }

  /** The newest messages as the server has them, in place of all that the device had kept of the chat. */
  refresh(key: PeerKey): Promise<void> {
    return this.once(`${key} kept`, () => this.fetchNewest(key));
  }

  private async fetchNewest(key: PeerKey): Promise<void> {
    const { journal } = this.store;
    const since = journal.now();
    const found = await this.history(key, 0, 0);
    if (found._ === "messages.messagesNotModified") return;
    if (journal.since(since).isForgotten(key)) return this.around(key, 0);
    batch(() => {
      const before = this.store.history(key).slices.flatMap((slice) => slice.ids);
      const ids = this.putFound(found, since).map((one) => one.id);
      const there = [...ids, ...this.arrived(key, since, ids)];
      this.store.dropMessages(key, new Set(before.filter((id) => !there.includes(id))));
      this.store.restored.delete(key);
      this.store.setSlices(key, () => addPage([], { ids: there, start: found.messages.length < PAGE, end: true }));
    });
  }

  /** Have the newest messages of the first chats, for the time without a connection. */
  async fill(chats: number): Promise<void> {
    for (const key of this.store.order.peek().slice(0, chats)) {
      const newestKept = newest(this.store.history(key).slices)?.ids.at(-1);
      if (newestKept !== this.store.talk(key).peek()?.top) await this.around(key, 0);
    }
  }

  /** What came newer than a page while it was on its way: it belongs to its end. */
  private arrived(key: PeerKey, since: number, ids: readonly number[]): number[] {
    const last = Math.max(0, ...ids);
    return this.store.journal.since(since).arrived(key).filter((id) => id > last);
  }

  /** The page before the oldest message of a slice. */
  older(key: PeerKey, oldest: number): Promise<void> {
    return this.page(key, { offset_id: oldest, add_offset: 0, before: oldest });
  }

  /** The page after the newest message of a slice. */
  newer(key: PeerKey, newest: number): Promise<void> {
    return this.page(key, { offset_id: newest, add_offset: -PAGE, after: newest });
  }

  private page(
    key: PeerKey,
    where: { offset_id: number; add_offset: number; before?: number; after?: number },
  ): Promise<void> {
    return this.once(`${key} ${where.offset_id} ${where.add_offset}`, () => this.fetchPage(key, where));
  }

  /** Nothing is asked for twice at a time. */
  private once(name: string, fetch: () => Promise<void>): Promise<void> {
    let running = this.loading.get(name);
    if (!running) {
      running = fetch().finally(() => this.loading.delete(name));
      this.loading.set(name, running);
    }
    return running;
  }

  private history(key: PeerKey, offset_id: number, add_offset: number) {
    const thread = threadOf(key);
    const where = { offset_id, add_offset, offset_date: 0, limit: PAGE, max_id: 0, min_id: 0, hash: "0" };
    if (thread) return this.connection.call("messages.getReplies", { peer: this.store.input(thread.chat), msg_id: thread.top, ...where });
    return this.connection.call("messages.getHistory", { peer: this.store.input(key), ...where });
  }

  private async fetchPage(
    key: PeerKey,
    where: { offset_id: number; add_offset: number; before?: number; after?: number },
  ): Promise<void> {
    const since = this.store.journal.now();
    const found = await this.history(key, where.offset_id, where.add_offset);
    if (found._ === "messages.messagesNotModified") return;
    if (this.store.journal.since(since).isForgotten(key)) {
      // It may be older than the counter from which the chat goes on.
      return where.before === undefined && where.after === undefined ? this.fetchPage(key, where) : undefined;
    }
    batch(() => {
      const ids = this.putFound(found, since).map((one) => one.id);
      const top = threadOf(key) ? Infinity : (this.store.talk(key).peek()?.top ?? 0);
      const newestAsked = where.offset_id === 0;
      const reachedEnd = newestAsked || (ids.length > 0 && Math.max(...ids) >= top);
      const short = found.messages.length < PAGE;
      const half = PAGE / 2 - 1;
      const isAround = where.before === undefined && where.after === undefined && !newestAsked;
      const older = ids.filter((id) => id < where.offset_id).length;
      const page = {
        ids,
        start: isAround ? older < half : where.after === undefined && short,
        end:
          where.before === undefined &&
          (reachedEnd || (isAround ? ids.length - older < half : short && !newestAsked)),
        ...(where.before === undefined ? {} : { before: where.before }),
        ...(where.after === undefined ? {} : { after: where.after }),
      };
      if (page.end) page.ids = [...ids, ...this.arrived(key, since, ids)];
      this.store.setSlices(key, (slices) => addPage(slices, page));
      tidy(this.store);
    });
  }

  /** Single messages (what is replied to, pinned): into the store, not into the history. */
  async messages(key: PeerKey, ids: readonly number[]): Promise<void> {
    const id = ids.map((one) => ({ _: "inputMessageID" as const, id: one }));
    const peer = this.store.input(key);
    const since = this.store.journal.now();
    const found =
      peer._ === "inputPeerChannel"
        ? await this.connection.call("channels.getMessages", {
            channel: { ...peer, _: "inputChannel" },
            id,
          })
        : await this.connection.call("messages.getMessages", { id });
    if (found._ === "messages.messagesNotModified") return;
    batch(() => {
      this.putFound(found, since);
      this.store.history(key).version.value++;
    });
  }

  /** Messages that were asked for at `since`: what updates have made of them meanwhile stays. */
  private putFound(found: Pick<List, "messages" | "users" | "chats">, since: number): Shown[] {
    const changes = this.store.journal.since(since);
    const again = new Map<PeerKey, number[]>();
    this.store.putEntities(found.users, found.chats);
    const left = found.messages.filter((one): one is Shown => {
      if (one._ === "messageEmpty") return false;
      return changes.of(keyOf(one.peer_id), one.id) !== "deleted";
    });
    this.store.putMessages(
      left.filter((one) => {
        const key = keyOf(one.peer_id);
        const [name, kind] = [`${key} ${one.id}`, changes.of(key, one.id)];
        if (kind !== "changed" && kind !== "edited") {
          this.unsure.delete(name);
          return true;
        }
        const isSure = changes.isWhole(key, one.id) || !(this.unsure.has(name) || this.store.restored.has(key));
        if (isSure && this.store.message(key, one.id)) return false;
        this.unsure.add(name);
        again.set(key, [...(again.get(key) ?? []), one.id]);
        return true;
      }),
    );
    for (const [key, ids] of again) void this.messages(key, ids).catch(() => {});
    return left;
  }

  /** Make sure a peer is known; from its name if need be. Gives its key, or null. */
  async resolve(username: string): Promise<PeerKey | null> {
    try {
      const found = await this.connection.call("contacts.resolveUsername", { username });
      this.store.putEntities(found.users, found.chats);
      return keyOf(found.peer);
    } catch (error) {
      if (isError(error, "USERNAME_NOT_OCCUPIED", "USERNAME_INVALID")) return null;
      throw error;
    }
  }
}
