/**
 * What updates have changed lately. An answer may have been made before an update that came before it:
 * whoever asked looks here for what is newer than the answer. Pure.
 */
import type { PeerKey } from "./keys.ts";

/** `row`: something of the chat's row in the list; `forgotten`: its history; the others: one message (`edited`: all of it). */
export type Kind = "arrived" | "changed" | "edited" | "deleted" | "row" | "forgotten";

interface Entry {
  readonly at: number;
  /** Of a deleted message whose chat is not known: "" (it is in no channel). */
  readonly key: PeerKey;
  readonly id: number;
  readonly kind: Kind;
}

const KEPT = 5000;

export class Journal {
  private at = 0;
  private entries: Entry[] = [];

  /** To be given to `since` by whoever asks now. */
  now(): number {
    return this.at;
  }

  note(key: PeerKey, id: number, kind: Kind): void {
    this.entries.push({ at: ++this.at, key, id, kind });
    if (this.entries.length > 2 * KEPT) this.entries = this.entries.slice(-KEPT);
  }

  /** What has changed since. */
  since(at: number): Changes {
    let first = this.entries.length;
    while (first > 0 && (this.entries[first - 1]?.at ?? 0) > at) first--;
    return new Changes(this.entries.slice(first));
  }
}

export class Changes {
  private readonly kinds = new Map<string, Kind>();
  private readonly entries: readonly Entry[];

  constructor(entries: readonly Entry[]) {
    this.entries = entries;
    for (const { key, id, kind } of entries) this.kinds.set(`${key} ${id}`, kind);
  }

  /** The last that happened to a message. */
  of(key: PeerKey, id: number): Kind | undefined {
    const elsewhere = key.startsWith("c") ? undefined : this.kinds.get(` ${id}`);
    return elsewhere ?? this.kinds.get(`${key} ${id}`);
  }

  /** Whether an update has brought all of a message. */
  isWhole(key: PeerKey, id: number): boolean {
    return this.entries.some((one) => one.id === id && one.key === key && one.kind === "edited");
  }

  hasRow(key: PeerKey): boolean {
    return this.kinds.has(`${key} 0`);
  }

  /** Whether what was known of the chat's history has been given up. */
  isForgotten(key: PeerKey): boolean {
    return this.kinds.has(`${key} -1`);
  }

  /** Messages that have come to a chat and are still there. */
  arrived(key: PeerKey): number[] {
    const came = this.entries.filter((one) => one.key === key && one.kind === "arrived");
    return came.map((one) => one.id).filter((id) => this.of(key, id) !== "deleted");
  }
}
