/** The calls about folders and the order of pinned chats. */
import type { Client } from "../../state/client.ts";
import type { Talk } from "../../state/store.ts";
import { peerOf } from "../../state/keys.ts";
import type { Update, dialogFilter, dialogFilterSuggested } from "../../wire/schema.d.ts";
import { made, moved, placeOf, put } from "./edit.ts";

function take(client: Client, update: Update): void {
  client.sync.take({ _: "updateShort", date: 0, update });
}

/** Keep a folder as it is now. */
export async function save(client: Client, filter: dialogFilter): Promise<void> {
  const { id } = filter;
  await client.connection.call("messages.updateDialogFilter", { id, filter });
  take(client, { _: "updateDialogFilter", id, filter });
}

/** Delete a folder; its chats stay. */
export async function remove(client: Client, id: number): Promise<void> {
  await client.connection.call("messages.updateDialogFilter", { id });
  take(client, { _: "updateDialogFilter", id });
}

/** Move a folder one place; the list of all chats stays where it is among them. */
export async function move(client: Client, id: number, by: 1 | -1): Promise<void> {
  const filters = client.store.filters.peek();
  const ids = made(filters).map((one) => one.id);
  const order = moved(ids, ids.indexOf(id), by);
  if (order === ids) return;
  const place = filters.findIndex((one) => one._ === "dialogFilterDefault");
  const whole = place < 0 ? [...order] : [...order.slice(0, place), 0, ...order.slice(place)];
  take(client, { _: "updateDialogFilterOrder", order: whole });
  await client.connection.call("messages.updateDialogFiltersOrder", { order: whole });
}

/** Put a chat into a folder, or take it out. */
export async function toggle(client: Client, filter: dialogFilter, chat: string): Promise<void> {
  const { store } = client;
  const is = placeOf(filter, chat, store.me) === "in";
  await save(client, put(filter, store.input(chat), is ? "" : "in", store.me));
}

export function suggested(client: Client): Promise<dialogFilterSuggested[]> {
  return client.connection.call("messages.getSuggestedDialogFilters", {});
}

/** Move a pinned chat one place among the pinned ones. */
export async function movePinned(client: Client, talk: Talk, by: 1 | -1): Promise<void> {
  const keys = client.store.pinned.get(talk.folder) ?? [];
  const order = moved(keys, keys.indexOf(talk.key), by);
  if (order === keys) return;
  take(client, { _: "updatePinnedDialogs", folder_id: talk.folder, order: order.map((key) => ({ _: "dialogPeer" as const, peer: peerOf(key) })) });
  const peers = order.map((key) => ({ _: "inputDialogPeer" as const, peer: client.store.input(key) }));
  await client.connection.call("messages.reorderPinnedDialogs", { folder_id: talk.folder, order: peers, force: true });
}

