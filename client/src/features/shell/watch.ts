/** What the page does by itself: wakes the connection, answers keys, announces what comes. */
import { t } from "../../i18n/index.ts";
import type { Client } from "../../state/client.ts";
import { keyOf } from "../../state/keys.ts";
import { nameOf } from "../../state/names.ts";
import type { Update } from "../../wire/schema.d.ts";
import { announce } from "../../ui/announcer.ts";
import { preview, route } from "../app/index.tsx";
import { shortcut } from "./keys.ts";

const SHOWN_CHARACTERS = 140;

/** Begin; gives what ends it. */
export function watch(client: Client): () => void {
  const wake = () => document.visibilityState === "visible" && client.connection.wake();
  const leave = (event: BeforeUnloadEvent) => {
    const inTab = !client.trusted || client.keeping.peek() !== "";
    const typed = client.outbox.entries.peek().length > 0 || (client.keeping.peek() !== "" && client.drafts.unsent().length > 0);
    if (inTab && typed) event.preventDefault();
  };
  const flush = () => {
    const at = route.peek();
    if (at.screen === "chat") client.drafts.flush(at.key);
  };
  const keys = (event: KeyboardEvent) => shortcut(client, event);
  addEventListener("online", wake);
  addEventListener("focus", wake);
  document.addEventListener("visibilitychange", wake);
  addEventListener("beforeunload", leave);
  addEventListener("pagehide", flush);
  addEventListener("keydown", keys);
  client.sync.onApplied = (updates) => say(client, updates);
  return () => {
    removeEventListener("online", wake);
    removeEventListener("focus", wake);
    document.removeEventListener("visibilitychange", wake);
    removeEventListener("beforeunload", leave);
    removeEventListener("pagehide", flush);
    removeEventListener("keydown", keys);
  };
}

/** Say what others write in the chat that is open. */
function say(client: Client, updates: readonly Update[]): void {
  const at = route.peek();
  for (const update of updates) {
    if (update._ !== "updateNewMessage" && update._ !== "updateNewChannelMessage") continue;
    const { message } = update;
    if (message._ === "messageEmpty" || message.out || at.screen !== "chat" || keyOf(message.peer_id) !== at.key) continue;
    const who = nameOf(client.store.entity(keyOf(message.from_id ?? message.peer_id)).peek());
    const text = preview(client, message).slice(0, SHOWN_CHARACTERS);
    announce(message._ === "message" ? t("history.announce", { who, text }) : text, (n) => t("history.announce_many", { n }));
  }
}
