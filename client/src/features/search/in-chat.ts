/** The search in each chat: what was asked, what was found, which of it is shown. */
import { batch, signal } from "@preact/signals";
import type { Client } from "../../state/client.ts";
import type { Paged } from "../../state/paged.ts";
import type { Shown } from "../../state/store.ts";
import type { Place } from "../app/index.tsx";
import { comeBackTo, go, placeNow } from "../app/index.tsx";
import { inChat } from "./actions.ts";
import type { Asked } from "./asked.ts";
import { isAsked, NOTHING } from "./asked.ts";

export class ChatSearch {
  readonly asked = signal<Asked>(NOTHING);
  readonly found = signal<Paged<Shown> | null>(null);
  /** Which of the found messages is shown; -1: none yet. */
  readonly at = signal(-1);
  private readonly client: Client;
  private readonly chat: string;
  /** Where it was begun; gone to again by Escape. */
  private readonly start: Place = placeNow();
  private jumped = false;

  constructor(client: Client, chat: string) {
    this.client = client;
    this.chat = chat;
  }

  /** Look for something else. */
  ask(asked: Asked): void {
    this.found.peek()?.stop();
    const found = isAsked(asked) ? inChat(this.client, this.chat, asked) : null;
    batch(() => {
      this.asked.value = asked;
      this.found.value = found;
      this.at.value = -1;
    });
    void found?.more();
  }

  /** Show one of the found messages. */
  show(at: number): void {
    const message = this.found.peek()?.items.peek()[at];
    if (!message) return;
    this.at.value = at;
    this.jump(message.id);
  }

  /** The next older (1) or newer (-1) one; further pages are fetched on the way. */
  async step(by: 1 | -1): Promise<void> {
    const found = this.found.peek();
    const next = this.at.peek() + by;
    if (!found || next < 0) return;
    if (next >= found.items.peek().length) await found.more();
    if (found === this.found.peek()) this.show(next);
  }

  /** Go to a message of the chat; Back leads to where the search was begun. */
  jump(id: number): void {
    go(`/app/c/${this.chat}/${id}`, this.jumped);
    this.jumped = true;
  }

  /** Back to the place where it was begun. */
  leave(): void {
    this.found.peek()?.stop();
    if (location.pathname === this.start.path) return;
    comeBackTo(this.start);
    go(this.start.path, true);
  }
}

/** Those that are open, by chat: what was found is still there when somebody comes back. */
export const searches = signal<ReadonlyMap<string, ChatSearch>>(new Map());

/** Open the search of a chat, or move into its field. */
export function openSearch(client: Client, chat: string): void {
  if (!searches.peek().has(chat)) searches.value = new Map(searches.peek()).set(chat, new ChatSearch(client, chat));
  else document.querySelector<HTMLElement>("#chat-search")?.focus();
}

/** Close the search of a chat; whether one was open. */
export function closeSearch(chat: string): boolean {
  const open = searches.peek().get(chat);
  if (!open) return false;
  const left = new Map(searches.peek());
  left.delete(chat);
  searches.value = left;
  open.leave();
  return true;
}
