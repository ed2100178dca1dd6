/** What the page does by itself: wakes the connection, answers keys, announces what comes. */
import { effect } from "@preact/signals";
import { t } from "../../i18n/index.ts";
import type { Client } from "../../state/client.ts";
import { keyOf } from "../../state/keys.ts";
import { nameOf } from "../../state/names.ts";
import { Presence } from "../../state/presence.ts";
import type { Update } from "../../wire/schema.d.ts";
import { announce } from "../../ui/announcer.ts";
import { preview, route } from "../app/index.tsx";
import { announcements, isAnnounced } from "../settings/index.tsx";
import { noteMessage, noteUpdate, watchNotices } from "../notices/index.tsx";
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
  const leavePresence = watchPresence(client);
  const leaveNotices = watchNotices(client);
  addEventListener("online", wake);
  addEventListener("focus", wake);
  document.addEventListener("visibilitychange", wake);
  addEventListener("beforeunload", leave);
  addEventListener("pagehide", flush);
  addEventListener("keydown", keys);
  client.sync.onApplied = (updates) => say(client, updates);
  return () => {
    leavePresence();
    leaveNotices();
    removeEventListener("online", wake);
    removeEventListener("focus", wake);
    document.removeEventListener("visibilitychange", wake);
    removeEventListener("beforeunload", leave);
    removeEventListener("pagehide", flush);
    removeEventListener("keydown", keys);
  };
}

/** Whoever looks at the page is online; gives what ends the watching. */
function watchPresence(client: Client): () => void {
  const later = (run: () => void, ms: number) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  };
  const say = (offline: boolean) => void client.connection.call("account.updateStatus", { offline }).catch(() => {});
  const presence = new Presence(say, later);
  const update = () => presence.update(document.visibilityState === "visible", client.link.value === "online");
  const gone = () => presence.leave();
  const end = effect(update);
  document.addEventListener("visibilitychange", update);
  addEventListener("pagehide", gone);
  return () => {
    end();
    presence.stop();
    document.removeEventListener("visibilitychange", update);
    removeEventListener("pagehide", gone);
  };
}

/** Say what others write, where the person wants to hear it. */
function say(client: Client, updates: readonly Update[]): void {
  const at = route.peek();
  for (const update of updates) {
    noteUpdate(update);
    if (update._ !== "updateNewMessage" && update._ !== "updateNewChannelMessage") continue;
    const { message } = update;
    if (message._ === "messageEmpty" || message.out) continue;
    noteMessage(client, message);
    const chat = keyOf(message.peer_id);
    const isOpen = at.screen === "chat" && chat === at.key;
    const muted = (client.store.talk(chat).peek()?.mutedUntil ?? 0) > client.store.now();
    if (!isAnnounced(announcements(), { isOpen, muted, mentioned: message.mentioned ?? false })) continue;
    const who = nameOf(client.store.entity(keyOf(message.from_id ?? message.peer_id)).peek());
    const text = preview(client, message).slice(0, SHOWN_CHARACTERS);
    announce(message._ === "message" ? t("history.announce", { who, text }) : text, (n) => t("history.announce_many", { n }));
  }
}
