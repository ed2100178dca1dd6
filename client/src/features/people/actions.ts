/** The calls about people. */
import type { Client } from "../../state/client.ts";
import { keyOf, keyOfEntity } from "../../state/keys.ts";
import { Paged } from "../../state/paged.ts";
import type { InputUser, photo } from "../../wire/schema.d.ts";
import { RpcError } from "../../wire/errors.ts";

/** How calls name a person. */
export function userOf(client: Client, person: string): InputUser {
  const peer = client.store.input(person);
  if (peer._ === "inputPeerSelf") return { _: "inputUserSelf" };
  if (peer._ !== "inputPeerUser") throw new RpcError("USER_ID_INVALID", 400);
  return { ...peer, _: "inputUser" };
}

/** Everybody in one's contacts. */
export async function contacts(client: Client): Promise<string[]> {
  const found = await client.connection.call("contacts.getContacts", { hash: "0" });
  if (found._ === "contacts.contactsNotModified") return [];
  client.store.putEntities(found.users, []);
  return found.contacts.map((one) => `u${one.user_id}`);
}

export interface Name {
  first: string;
  last: string;
}

/** Whether this is a number rather than a name. */
export function isNumber(who: string): boolean {
  return /^\+?[\d ().-]{5,}$/.test(who.trim());
}

/** Take somebody into the contacts by number or @name; gives their key, or "" where nobody has the number yet. */
export async function addBy(client: Client, who: string, name: Name): Promise<string> {
  const { connection, store } = client;
  if (isNumber(who)) {
    const card = { _: "inputPhoneContact" as const, client_id: "1", phone: who.replace(/\D/g, ""), first_name: name.first, last_name: name.last };
    const found = await connection.call("contacts.importContacts", { contacts: [card] });
    store.putEntities(found.users, []);
    return found.imported[0] ? `u${found.imported[0].user_id}` : "";
  }
  const username = who.trim().replace(/^@|^https?:\/\/[^/]+\//, "");
  const found = await connection.call("contacts.resolveUsername", { username });
  store.putEntities(found.users, found.chats);
  const key = keyOf(found.peer);
  if (!key.startsWith("u")) throw new RpcError("USERNAME_INVALID", 400);
  await rename(client, key, name);
  return key;
}

/** Take somebody into the contacts, or call them otherwise. */
export async function rename(client: Client, person: string, { first, last }: Name): Promise<void> {
  const entity = client.store.entity(person).peek();
  const phone = entity?._ === "user" ? (entity.phone ?? "") : "";
  client.sync.take(await client.connection.call("contacts.addContact", { id: userOf(client, person), first_name: first, last_name: last, phone }));
}

/** Take somebody out of the contacts. */
export async function forget(client: Client, person: string): Promise<void> {
  client.sync.take(await client.connection.call("contacts.deleteContacts", { id: [userOf(client, person)] }));
}

const COMMON = 50;

/** The groups that both are in. */
export function commonChats(client: Client, person: string): Paged<string> {
  return new Paged(async (last) => {
    const found = await client.connection.call("messages.getCommonChats", { user_id: userOf(client, person), max_id: last?.slice(1) ?? "0", limit: COMMON });
    client.store.putEntities([], found.chats);
    const items = found.chats.map(keyOfEntity);
    return { items, total: "count" in found ? found.count : items.length, end: found._ !== "messages.chatsSlice" };
  });
}

const PHOTOS = 30;

/** The pictures that somebody shows of themselves, newest first. */
export function photosOf(client: Client, person: string): Paged<photo> {
  return new Paged(async (_, count) => {
    const found = await client.connection.call("photos.getUserPhotos", { user_id: userOf(client, person), offset: count, max_id: "0", limit: PHOTOS });
    client.store.putEntities(found.users, []);
    const items = found.photos.filter((one): one is photo => one._ === "photo");
    const total = "count" in found ? found.count : items.length;
    return { items, total, end: count + found.photos.length >= total };
  });
}

/** Send somebody's name and number to chats. */
export async function share(client: Client, person: string, to: string): Promise<void> {
  const entity = client.store.entity(person).peek();
  if (entity?._ !== "user") return;
  client.outbox.add({
    chat: to,
    text: "",
    entities: [],
    media: { _: "inputMediaContact", phone_number: entity.phone ?? "", first_name: entity.first_name ?? "", last_name: entity.last_name ?? "", vcard: "" },
  });
}
