/**
 * What was written and is not yet at the server. In a chat the order is kept (`after`); an entry keeps
 * its `random_id`, so that a repeat makes no second message. Entries survive a reload (`keep.ts`);
 * each tab sends its own, and those of tabs that are gone.
 */
import { batch, signal } from "@preact/signals";
import type { Connection } from "../wire/connection.ts";
import { RpcError } from "../wire/errors.ts";
import type { Call } from "../wire/frames.ts";
import type { InputMedia, InputPeer, MessageEntity, Updates } from "../wire/schema.d.ts";
import type { Keep } from "./keep.ts";
import type { PeerKey } from "./keys.ts";
import { withHashes } from "./mentions.ts";
import type { Store } from "./store.ts";
import type { Tabs } from "./tabs.ts";

export type EntryState = "waiting" | "sending" | "failed";

export interface Entry {
  readonly randomId: string;
  readonly chat: PeerKey;
  /** The chat as it was known then: a page that begins with this entry knows no chat yet. */
  readonly peer?: InputPeer;
  readonly text: string;
  readonly entities: readonly MessageEntity[];
  readonly replyTo: number;
  readonly silent: boolean;
  /** When it is to be sent (unix time); 0: at once. */
  readonly schedule?: number;
  readonly media: InputMedia | null;
  /** Unix time when it was written. */
  readonly at: number;
  readonly state: EntryState;
  /** Why it was refused. */
  readonly error: { kind: string; code: number; value: number; incident: string } | null;
}
export type Draft = Pick<Entry, "chat" | "text" | "entities"> &
  Partial<Pick<Entry, "replyTo" | "silent" | "schedule" | "media" | "randomId">>;

/** How a message is sent otherwise than at once and with a sound. */
export type Manner = Pick<Draft, "silent" | "schedule">;

/** So long is a manner good for the next message: the form is sent at once, or not at all. */
const MANNER_MS = 500;

const KEY = "outbox-";

export class Outbox {
  readonly entries = signal<readonly Entry[]>([]);
  /** The newest call of each entry. */
  private readonly calls = new Map<string, Call>();
  private readonly connection: Connection;
  private readonly store: Store;
  private readonly take: (updates: Updates) => void;
  private keep: Keep | null = null;
  private tab = "";
  /** The thread that is open: what is written in its group belongs to it. */
  thread: { chat: PeerKey; top: number } | null = null;
  private next: { chat: PeerKey; manner: Manner; until: number } | null = null;

  constructor(connection: Connection, store: Store, take: (updates: Updates) => void) {
    this.connection = connection;
    this.store = store;
    this.take = take;
  }

  /** Read what this tab and tabs that are gone have left, and send it. */
  async open(keep: Keep, tabs: Tabs): Promise<void> {
    this.keep = keep;
    this.tab = tabs.name;
    for (const name of await keep.names()) {
      if (!name.startsWith(KEY)) continue;
      const owner = name.slice(KEY.length);
      if (owner === tabs.name) await this.adopt(name);
      else await tabs.afterEnd(owner, () => this.adopt(name));
    }
  }

  /** Nothing is forgotten before it is kept here: the server knows what comes twice by its number. */
  private async adopt(name: string): Promise<void> {
    const found = ((await this.keep?.get(name)) ?? []) as Entry[];
    const known = new Set(this.entries.peek().map((one) => one.randomId));
    const fresh = found.filter((one) => !known.has(one.randomId));
    this.entries.value = [...this.entries.peek(), ...fresh];
    if (name !== KEY + this.tab) {
      await this.save();
      await this.keep?.remove(name);
    }
    for (const entry of fresh) if (entry.state !== "failed") this.send(entry);
  }

  /** The message that is put in next, at once, goes in this manner. */
  nextBy(chat: PeerKey, manner: Manner): void {
    this.next = { chat, manner, until: Date.now() + MANNER_MS };
  }

  /** What is answered where nothing else is: the first message of the thread that is open, or 0. */
  topIn(chat: PeerKey): number {
    return this.thread?.chat === chat ? this.thread.top : 0;
  }

  private mannerOf(chat: PeerKey): Manner {
    const { next } = this;
    this.next = null;
    return next?.chat === chat && Date.now() < next.until ? next.manner : {};
  }

  /** Put a message in and send it. */
  add(draft: Draft): Entry {
    const entry: Entry = {
      silent: false,
      media: null,
      randomId: randomLong(),
      ...this.mannerOf(draft.chat),
      ...draft,
      replyTo: draft.replyTo || this.topIn(draft.chat),
      peer: this.store.input(draft.chat),
      at: this.store.now(),
      state: "waiting",
      error: null,
    };
    this.entries.value = [...this.entries.peek(), entry];
    void this.save();
    this.send(entry);
    return entry;
  }

  /** Try a refused message again. */
  retry(randomId: string): void {
    this.change(randomId, { state: "waiting", error: null });
    const entry = this.find(randomId);
    if (entry) this.send(entry);
  }

  /** Give up a message that was refused. */
  discard(randomId: string): void {
    this.entries.value = this.entries.peek().filter((one) => one.randomId !== randomId);
    this.calls.delete(randomId);
    void this.save();
  }

  private find(randomId: string): Entry | undefined {
    return this.entries.peek().find((one) => one.randomId === randomId);
  }

  private send(entry: Entry): void {
    this.change(entry.randomId, { state: "sending" });
    const { call, answer } = this.request(entry, this.before(entry));
    this.calls.set(entry.randomId, call);
    answer.then(
      (updates) =>
        batch(() => {
          this.take(updates);
          this.discard(entry.randomId);
        }),
      (error: unknown) => this.failed(entry, error),
    );
  }

  /**
   * The call that is to be answered first: of the entry before it in its chat that is on its way. Not the
   * newest call of the chat: that may be of one after it, which waits for this one.
   */
  private before(entry: Entry): Call | null {
    const all = this.entries.peek();
    for (let at = all.findIndex((one) => one.randomId === entry.randomId) - 1; at >= 0; at--) {
      const other = all[at];
      const call = other?.chat === entry.chat ? this.calls.get(other.randomId) : undefined;
      if (call?.state === "waiting") return call;
    }
    return null;
  }

  private request(entry: Entry, after: Call | null) {
    const replying = entry.replyTo
      ? { reply_to: { _: "inputReplyToMessage" as const, reply_to_msg_id: entry.replyTo } }
      : {};
    const { chat } = entry;
    const common = {
      peer: (!this.store.entity(chat).peek() && entry.peer) || this.store.input(chat),
      message: entry.text,
      random_id: entry.randomId,
      ...(entry.entities.length ? { entities: withHashes(this.store, entry.entities) } : {}),
      ...(entry.silent ? { silent: true } : {}),
      ...(entry.schedule ? { schedule_date: entry.schedule } : {}),
      ...replying,
    };
    return entry.media
      ? this.connection.make("messages.sendMedia", { ...common, media: entry.media }, { after })
      : this.connection.make("messages.sendMessage", { ...common, clear_draft: true }, { after });
  }

  private failed(entry: Entry, error: unknown): void {
    const { kind, code, value, incident } =
      error instanceof RpcError ? error : new RpcError("INTERNAL", 500);
    if (kind === "RANDOM_ID_DUPLICATE") return this.discard(entry.randomId);
    if (kind === "MSG_WAIT_FAILED" || kind === "MSG_WAIT_TIMEOUT") {
      // What it was to come after was refused, or takes long: it is not its own fault.
      const again = this.find(entry.randomId);
      if (again) this.send(again);
      return;
    }
    this.change(entry.randomId, { state: "failed", error: { kind, code, value, incident } });
  }

  private change(randomId: string, change: Partial<Entry>): void {
    this.entries.value = this.entries
      .peek()
      .map((one) => (one.randomId === randomId ? { ...one, ...change } : one));
    void this.save();
  }

  private async save(): Promise<void> {
    if (!this.keep) return;
    const left = this.entries.peek();
    const saved = left.length
      ? this.keep.set(KEY + this.tab, left)
      : this.keep.remove(KEY + this.tab);
    await saved.catch(() => {});
  }
}

/** 63 random bits in decimal digits. */
export function randomLong(): string {
  const [high = 0, low = 0] = crypto.getRandomValues(new Uint32Array(2));
  return ((BigInt(high >>> 1) << 32n) | BigInt(low)).toString();
}
