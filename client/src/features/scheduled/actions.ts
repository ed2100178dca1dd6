/** The calls about messages that are sent later, about whose name they stand under, and about timers. */
import type { Client } from "../../state/client.ts";
import { keyOf } from "../../state/keys.ts";
import type { Shown } from "../../state/store.ts";

/** What waits in a chat, the first to be sent first. */
export async function waiting(client: Client, chat: string): Promise<Shown[]> {
  const found = await client.connection.call("messages.getScheduledHistory", { peer: client.store.input(chat), hash: "0" });
  if (found._ === "messages.messagesNotModified") return [];
  client.store.putEntities(found.users, found.chats);
  return found.messages.filter((one): one is Shown => one._ !== "messageEmpty").sort((a, b) => a.date - b.date || a.id - b.id);
}

export async function sendNow(client: Client, chat: string, id: number): Promise<void> {
  client.sync.take(await client.connection.call("messages.sendScheduledMessages", { peer: client.store.input(chat), id: [id] }));
}

export async function remove(client: Client, chat: string, id: number): Promise<void> {
  client.sync.take(await client.connection.call("messages.deleteScheduledMessages", { peer: client.store.input(chat), id: [id] }));
}

/** Another text, another time. */
export async function change(client: Client, chat: string, id: number, what: { message?: string; schedule_date: number }): Promise<void> {
  client.sync.take(await client.connection.call("messages.editMessage", { peer: client.store.input(chat), id, ...what }));
}

/** In whose names one may write in a chat. */
export async function names(client: Client, chat: string): Promise<string[]> {
  const found = await client.connection.call("channels.getSendAs", { peer: client.store.input(chat) });
  client.store.putEntities(found.users, found.chats);
  return found.peers.map((one) => keyOf(one.peer));
}

/** From now on messages of this chat stand under this name. */
export async function writeAs(client: Client, chat: string, name: string): Promise<void> {
  await client.connection.call("messages.saveDefaultSendAs", { peer: client.store.input(chat), send_as: client.store.input(name) });
}

/** After how many seconds messages of a chat are deleted; 0: never. */
export async function timerOf(client: Client, chat: string): Promise<number> {
  const peer = client.store.input(chat);
  const { connection } = client;
  if (peer._ === "inputPeerChat") return ttl((await connection.call("messages.getFullChat", { chat_id: peer.chat_id })).full_chat);
  if (peer._ === "inputPeerChannel") return ttl((await connection.call("channels.getFullChannel", { channel: { ...peer, _: "inputChannel" } })).full_chat);
  if (peer._ === "inputPeerUser") return ttl((await connection.call("users.getFullUser", { id: { ...peer, _: "inputUser" } })).full_user);
  return 0;
}

function ttl(full: object): number {
  return "ttl_period" in full && typeof full.ttl_period === "number" ? full.ttl_period : 0;
}

export async function setTimer(client: Client, chat: string, period: number): Promise<void> {
  client.sync.take(await client.connection.call("messages.setHistoryTTL", { peer: client.store.input(chat), period }));
}
