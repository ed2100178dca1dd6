/** The calls of searching. */
import type { Client } from "../../state/client.ts";
import { keyOf } from "../../state/keys.ts";
import { isBroadcast } from "../../state/names.ts";
import { Paged } from "../../state/paged.ts";
import type { Shown } from "../../state/store.ts";
import type { messages_Messages } from "../../wire/schema.d.ts";
import type { Asked } from "./asked.ts";
import { isAsked, KINDS, limits } from "./asked.ts";

export const PAGE = 50;

/** What answers in one chat, newest first. */
export function inChat(client: Client, chat: string, asked: Asked): Paged<Shown> {
  return new Paged(async (last, count) => {
    if (!isAsked(asked)) return { items: [], total: 0, end: true };
    const found = await client.connection.call("messages.search", {
      peer: client.store.input(chat),
      q: asked.text.trim(),
      ...(asked.from ? { from_id: client.store.input(asked.from) } : {}),
      filter: KINDS[asked.kind].filter,
      ...limits(asked),
      offset_id: last?.id ?? 0,
      add_offset: 0,
      limit: PAGE,
      max_id: 0,
      min_id: 0,
      hash: "0",
    });
    const { items, total } = taken(client, found);
    return { items, total, end: count + items.length >= total };
  });
}

/** What answers in all chats, newest first. */
export function everywhere(client: Client, asked: Asked): Paged<Shown> {
  return new Paged(async (last) => {
    if (!isAsked(asked)) return { items: [], total: 0, end: true };
    const where = { users: { users_only: true }, groups: { groups_only: true }, channels: { broadcasts_only: true }, all: {} }[asked.where];
    const found = await client.connection.call("messages.searchGlobal", {
      q: asked.text.trim(),
      filter: KINDS[asked.kind].filter,
      ...where,
      ...limits(asked),
      offset_rate: last?.date ?? 0,
      offset_peer: last ? client.store.input(keyOf(last.peer_id)) : { _: "inputPeerEmpty" },
      offset_id: last?.id ?? 0,
      limit: PAGE,
    });
    const { items, total } = taken(client, found);
    return { items, total, end: found._ !== "messages.messagesSlice" || found.next_rate === undefined };
  });
}

function taken(client: Client, found: messages_Messages): { items: Shown[]; total: number } {
  if (found._ === "messages.messagesNotModified") return { items: [], total: 0 };
  client.store.putEntities(found.users, found.chats);
  const items = found.messages.filter((one): one is Shown => one._ !== "messageEmpty");
  return { items, total: "count" in found ? found.count : items.length };
}

/** The first message of a day or after it; 0: there is none. */
export async function firstSince(client: Client, chat: string, second: number): Promise<number> {
  const found = await client.connection.call("messages.getHistory", {
    peer: client.store.input(chat),
    offset_id: 0,
    offset_date: second,
    add_offset: -1,
    limit: 1,
    max_id: 0,
    min_id: 0,
    hash: "0",
  });
  return taken(client, found).items[0]?.id ?? 0;
}

/** The days of the month that ends at `before` with pictures or videos: numbers of days since 1970. */
export async function daysWith(client: Client, chat: string, before: number): Promise<Set<number>> {
  const found = await client.connection.call("messages.getSearchResultsCalendar", {
    peer: client.store.input(chat),
    filter: { _: "inputMessagesFilterPhotoVideo" },
    offset_id: 0,
    offset_date: before,
  });
  return new Set(found.periods.map((one) => Math.floor(one.date / 86_400)));
}

/** Who may have said something in a chat, by a part of their name. */
export async function speakers(client: Client, chat: string, q: string): Promise<string[]> {
  const { store, connection } = client;
  const peer = store.input(chat);
  const me = `u${store.me}`;
  if (peer._ === "inputPeerUser" || peer._ === "inputPeerSelf") return [...new Set([me, chat])];
  if (peer._ === "inputPeerChat") {
    const found = await connection.call("messages.getFullChat", { chat_id: peer.chat_id });
    store.putEntities(found.users, found.chats);
    const full = found.full_chat;
    return full._ === "chatFull" && full.participants._ === "chatParticipants" ? full.participants.participants.map((one) => `u${one.user_id}`) : [];
  }
  if (peer._ !== "inputPeerChannel" || isBroadcast(store.entity(chat).peek())) return [];
  const asked = { channel: { ...peer, _: "inputChannel" as const }, filter: { _: "channelParticipantsSearch" as const, q }, offset: 0, limit: PAGE, hash: "0" };
  const found = await connection.call("channels.getParticipants", asked);
  if (found._ !== "channels.channelParticipants") return [];
  store.putEntities(found.users, found.chats);
  return found.participants.map((one) => ("peer" in one ? keyOf(one.peer) : `u${one.user_id}`));
}
