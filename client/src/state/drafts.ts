/**
 * Text that is being written: kept on this device at once, at the server after a pause. The newer date
 * wins, an empty draft has a date too.
 */
import type { Connection } from "../wire/connection.ts";
import type { DraftMessage, MessageEntity } from "../wire/schema.d.ts";
import type { Keep } from "./keep.ts";
import type { PeerKey } from "./keys.ts";
import { withHashes } from "./mentions.ts";
import type { Store } from "./store.ts";

/** What stands in a field. */
export interface Written {
  text: string;
  /** Missing: none, as in drafts of older builds. */
  entities?: MessageEntity[];
  /** The text is written with Markdown marks: it comes from the plain field. */
  marks?: boolean;
}

export interface LocalDraft extends Written {
  replyTo: number;
  /** Unix time of the last change. */
  at: number;
}

const KEY = "draft-";
const SERVER_MS = 2000;

/** Which of the two is to be shown. */
export function newer(local: LocalDraft | undefined, remote: DraftMessage | null): LocalDraft {
  const theirs = remote
    ? {
        text: remote._ === "draftMessage" ? remote.message : "",
        entities: remote._ === "draftMessage" ? (remote.entities ?? []) : [],
        replyTo:
          remote._ === "draftMessage" && remote.reply_to?._ === "inputReplyToMessage"
            ? remote.reply_to.reply_to_msg_id
            : 0,
        at: remote.date ?? 0,
      }
    : { text: "", replyTo: 0, at: 0 };
  return local && local.at >= theirs.at ? local : theirs;
}

export class Drafts {
  private readonly local = new Map<PeerKey, LocalDraft>();
  private readonly timers = new Map<PeerKey, ReturnType<typeof setTimeout>>();
  private readonly connection: Connection;
  private readonly store: Store;
  private keep: Keep | null = null;
  /** Chats whose text the server is not known to have. */
  private readonly unconfirmed = new Set<PeerKey>();

  constructor(connection: Connection, store: Store) {
    this.connection = connection;
    this.store = store;
  }

  /** Read what an earlier page has left. */
  async open(keep: Keep): Promise<void> {
    this.keep = keep;
    for (const name of await keep.names()) {
      if (!name.startsWith(KEY)) continue;
      const found = (await keep.get(name)) as LocalDraft | undefined;
      const key = name.slice(KEY.length);
      if (found && !this.local.has(key)) this.local.set(key, found);
    }
  }

  /** What to show in the composer of a chat. */
  of(key: PeerKey): LocalDraft {
    return newer(this.local.get(key), this.store.talk(key).peek()?.draft ?? null);
  }

  /** Texts that the server may not have. */
  unsent(): string[] {
    return [...this.unconfirmed].flatMap((key) => this.local.get(key)?.text || []);
  }

  /** The clock was found to be wrong by so many seconds: what was written before is dated anew. */
  shift(seconds: number): void {
    for (const key of this.unconfirmed) {
      const draft = this.local.get(key);
      if (!draft) continue;
      const moved = { ...draft, at: draft.at + seconds };
      this.local.set(key, moved);
      this.keep?.set(KEY + key, moved).catch(() => {});
    }
  }

  /** Chats with text that the server may not have. */
  unsaved(): boolean {
    return this.timers.size > 0;
  }

  /** The text has changed. */
  write(key: PeerKey, written: Written, replyTo: number): void {
    const draft = { ...written, replyTo, at: this.store.now() };
    this.unconfirmed.add(key);
    this.local.set(key, draft);
    this.keep?.set(KEY + key, draft).catch(() => {});
    clearTimeout(this.timers.get(key));
    this.timers.set(key, setTimeout(() => this.flush(key), SERVER_MS));
  }

  /** It was sent: nothing is left, and the server forgets its copy with the message. */
  sent(key: PeerKey): void {
    clearTimeout(this.timers.get(key));
    this.timers.delete(key);
    this.unconfirmed.delete(key);
    this.local.set(key, { text: "", replyTo: 0, at: this.store.now() });
    this.keep?.remove(KEY + key).catch(() => {});
    this.store.setTalk(key, { draft: null });
  }

  /** Tell the server now: the chat is being left. */
  flush(key: PeerKey): void {
    const timer = this.timers.get(key);
    const draft = this.local.get(key);
    if (timer === undefined || !draft) return;
    clearTimeout(timer);
    this.timers.delete(key);
    const known = this.store.talk(key).peek()?.draft;
    if (!draft.text && known?._ !== "draftMessage") return;
    const replying = draft.replyTo
      ? { reply_to: { _: "inputReplyToMessage" as const, reply_to_msg_id: draft.replyTo } }
      : {};
    const formatted = draft.entities?.length ? { entities: draft.entities } : {};
    const saved: DraftMessage = draft.text
      ? { _: "draftMessage", message: draft.text, date: draft.at, ...formatted, ...replying }
      : { _: "draftMessageEmpty", date: draft.at };
    this.store.setTalk(key, { draft: saved });
    this.connection
      .call("messages.saveDraft", {
        peer: this.store.input(key),
        message: draft.text,
        ...(draft.entities?.length ? { entities: withHashes(this.store, draft.entities) } : {}),
        ...replying,
      })
      .then(() => {
        if (this.local.get(key) === draft) this.unconfirmed.delete(key);
        return draft.text ? undefined : this.keep?.remove(KEY + key);
      })
      .catch(() => {});
  }
}
