/** What the page does by itself: wakes the connection, answers keys, announces what comes. */
import { t } from "../../i18n/index.ts";
import type { Client } from "../../state/client.ts";
import { keyOf } from "../../state/keys.ts";
import { nameOf } from "../../state/names.ts";
import type { Update } from "../../wire/schema.d.ts";
import { announce } from "../../ui/announcer.ts";
import { go, preview, route } from "../app/index.tsx";

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
    announce(message._ === "message" ? `${who} : ${text}` : text, (n) => t("history.announce_many", { n }));
  }
}

function shortcut(client: Client, event: KeyboardEvent): void {
  const modal = document.querySelector("dialog[open], [role=menu]");
  if (event.defaultPrevented || modal) return;
  if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
    const at = route.peek();
    const keys = client.store.order.peek().filter((key) => {
      const talk = client.store.talk(key).peek();
      return talk?.folder === 0 && (!event.shiftKey || talk.unread > 0 || talk.mark);
    });
    const here = at.screen === "chat" ? keys.indexOf(at.key) : -1;
    const next = keys.at(event.key === "ArrowDown" ? (here + 1) % keys.length : here < 0 ? -1 : here - 1);
    if (next) go(`/app/c/${next}`);
    event.preventDefault();
  } else if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey) {
    document.querySelector<HTMLElement>("#search")?.focus();
    event.preventDefault();
  } else if (event.key === "F6") {
    landmark(event.shiftKey ? -1 : 1);
    event.preventDefault();
  } else if (event.key === "Escape") {
    const at = route.peek();
    if (at.screen === "chat" && at.panel) go(`/app/c/${at.key}`);
    else if (at.screen !== "list") go("/app");
  }
}

/** Move the focus to the next part of the page. */
function landmark(step: number): void {
  const parts = ["#search", ".messages", "#composer", ".panel"]
    .map((part) => document.querySelector<HTMLElement>(part))
    .filter((part) => part !== null && part.offsetParent !== null) as HTMLElement[];
  const here = parts.findIndex((part) => part === document.activeElement || part.contains(document.activeElement));
  parts.at((here + step + parts.length) % parts.length)?.focus();
}
