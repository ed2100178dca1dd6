import { t } from "../../i18n/index.ts";
import type { Client } from "../../state/client.ts";
import { keyOf } from "../../state/keys.ts";
import { Paged } from "../../state/paged.ts";
import type { Shown } from "../../state/store.ts";
import { useClient, useName } from "../app/index.tsx";

const PAGE = 50;
const NOTHING = { items: [], total: 0, end: true };

/** A chat that something was saved from. */
export interface Saved {
  key: string;
  pinned: boolean;
  /** The newest of it. */
  top: Shown | undefined;
}

/** All of them: pinned ones first, then by the newest message. */
export function savedChats(client: Client): Paged<Saved> {
  return new Paged<Saved>(async (last, count) => {
    const offset_peer = last ? client.store.input(last.key) : { _: "inputPeerEmpty" as const };
    const asked = { offset_date: last?.top?.date ?? 0, offset_id: last?.top?.id ?? 0, offset_peer, limit: PAGE, hash: "0" };
    const found = await client.connection.call("messages.getSavedDialogs", asked);
    if (found._ === "messages.savedDialogsNotModified") return NOTHING;
    client.store.putEntities(found.users, found.chats);
    const tops = new Map(client.store.putMessages(found.messages).map((one) => [one.id, one]));
    const items = found.dialogs.flatMap((one) => (one._ === "savedDialog" ? [{ key: keyOf(one.peer), pinned: one.pinned ?? false, top: tops.get(one.top_message) }] : []));
    const total = "count" in found ? found.count : items.length;
    return { items, total, end: count + items.length >= total };
  });
}

/** What was saved from one of them, newest first. */
export function savedFrom(client: Client, key: string): Paged<Shown> {
  return new Paged<Shown>(async (last, count) => {
    const asked = { peer: client.store.input(key), offset_id: last?.id ?? 0, offset_date: 0, add_offset: 0, limit: PAGE, max_id: 0, min_id: 0, hash: "0" };
    const found = await client.connection.call("messages.getSavedHistory", asked);
    if (found._ === "messages.messagesNotModified") return NOTHING;
    client.store.putEntities(found.users, found.chats);
    const items = client.store.putMessages(found.messages);
    const total = "count" in found ? found.count : count + items.length;
    return { items, total, end: count + items.length >= total };
  });
}

/** Whether one of them stands above the others. */
export async function isPinned(client: Client, key: string): Promise<boolean> {
  const found = await client.connection.call("messages.getPinnedSavedDialogs", {});
  return found._ !== "messages.savedDialogsNotModified" && found.dialogs.some((one) => keyOf(one.peer) === key);
}

export async function pinSaved(client: Client, key: string, pinned: boolean): Promise<void> {
  const peer = { _: "inputDialogPeer" as const, peer: client.store.input(key) };
  await client.connection.call("messages.toggleSavedDialogPin", { peer, ...(pinned ? { pinned } : {}) });
}

/** Delete all that was saved from one of them. */
export async function deleteSaved(client: Client, key: string): Promise<void> {
  for (let left = 1; left > 0; ) {
    const affected = await client.connection.call("messages.deleteSavedHistory", { peer: client.store.input(key), max_id: 0 });
    left = affected.offset;
    // Other devices hear which messages are gone; here the difference says so.
    client.sync.takeAffected("", affected, null);
  }
  client.store.forget(`u${client.store.me}`);
}

/** What to call one of them. */
export function useSavedName(key: string): string {
  const { store } = useClient();
  const name = useName(key, true);
  return key === `u${store.me}` ? t("saved.notes") : name;
}
