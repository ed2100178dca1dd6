/** The members of a chat, page by page, and what is done to them. */
import type { Client } from "../../state/client.ts";
import { keyOf } from "../../state/keys.ts";
import { nameOf } from "../../state/names.ts";
import type {
  ChannelParticipant,
  ChannelParticipantsFilter,
  ChatAdminRights,
  ChatBannedRights,
  ChatParticipant,
  InputUser,
} from "../../wire/schema.d.ts";
import { channelOf } from "../info/index.tsx";
import { take } from "./full.ts";
import { FREE, OUT } from "./rights.ts";

export type Filter = "recent" | "admins" | "banned" | "kicked" | "contacts";
export type Role = "creator" | "admin" | "member" | "restricted" | "removed";

export interface Member {
  key: string;
  role: Role;
  rank: string;
  /** Somebody else may have made them an admin: then I may not change them. */
  mayEdit: boolean;
  rights?: ChatAdminRights;
  banned?: ChatBannedRights;
}
export interface Page {
  members: Member[];
  /** How many there are in all. */
  count: number;
}

export const PAGE = 50;
/** The server gives no more at once. */
export const PAGE_MAX = 200;

/** Some of the members, from `offset` on. */
export async function loadPage(client: Client, chat: string, filter: Filter, text: string, offset: number, limit = PAGE): Promise<Page> {
  if (chat.startsWith("g")) return ofGroup(client, chat, filter, text);
  const asked = { channel: channelOf(client, chat), filter: filterOf(filter, text), offset, limit, hash: "0" };
  const found = await client.connection.call("channels.getParticipants", asked);
  if (found._ !== "channels.channelParticipants") return { members: [], count: 0 };
  client.store.putEntities(found.users, found.chats);
  const members = found.participants.map(memberOf);
  if (filter !== "admins" || !text) return { members, count: found.count };
  const called = members.filter((one) => isCalled(client, one.key, text));
  return { members: called, count: offset + called.length };
}

function filterOf(filter: Filter, q: string): ChannelParticipantsFilter {
  switch (filter) {
    case "admins":
      return { _: "channelParticipantsAdmins" };
    case "banned":
      return { _: "channelParticipantsBanned", q };
    case "kicked":
      return { _: "channelParticipantsKicked", q };
    case "contacts":
      return { _: "channelParticipantsContacts", q };
    case "recent":
      return q ? { _: "channelParticipantsSearch", q } : { _: "channelParticipantsRecent" };
  }
}

/** A small group tells all of its members at once. */
async function ofGroup(client: Client, chat: string, filter: Filter, text: string): Promise<Page> {
  const found = await client.connection.call("messages.getFullChat", { chat_id: chat.slice(1) });
  client.store.putEntities(found.users, found.chats);
  const full = found.full_chat;
  const all = full._ === "chatFull" && full.participants._ === "chatParticipants" ? full.participants.participants : [];
  const members = all.map(memberOfGroup).filter((one) => isCalled(client, one.key, text) && (filter !== "admins" || one.role !== "member"));
  return { members, count: members.length };
}

function memberOfGroup(one: ChatParticipant): Member {
  const role = one._ === "chatParticipantCreator" ? "creator" : one._ === "chatParticipantAdmin" ? "admin" : "member";
  return { key: `u${one.user_id}`, role, rank: one.rank ?? "", mayEdit: true };
}

/** How a member of a supergroup or channel is shown. */
export function memberOf(one: ChannelParticipant): Member {
  const key = "peer" in one ? keyOf(one.peer) : `u${one.user_id}`;
  const rank = "rank" in one ? (one.rank ?? "") : "";
  switch (one._) {
    case "channelParticipantCreator":
      return { key, rank, role: "creator", mayEdit: false, rights: one.admin_rights };
    case "channelParticipantAdmin":
      return { key, rank, role: "admin", mayEdit: one.can_edit ?? false, rights: one.admin_rights };
    case "channelParticipantBanned":
      return { key, rank, role: one.banned_rights.view_messages ? "removed" : "restricted", mayEdit: true, banned: one.banned_rights };
    default:
      return { key, rank, role: "member", mayEdit: true };
  }
}

/** Whether a name has a word that begins with each of a text. */
function isCalled(client: Client, key: string, text: string): boolean {
  const plain = (one: string) => one.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
  const words = plain(nameOf(client.store.entity(key).peek())).split(/\s+/);
  return plain(text).split(/\s+/).every((part) => words.some((word) => word.startsWith(part)));
}

/** How calls name a person. */
export function userOf(client: Client, key: string): InputUser {
  const peer = client.store.input(key);
  if (peer._ === "inputPeerUser") return { ...peer, _: "inputUser" };
  return peer._ === "inputPeerSelf" ? { _: "inputUserSelf" } : { _: "inputUserEmpty" };
}

/** Make somebody an admin, or change what they may do. */
export function setAdmin(client: Client, chat: string, person: string, admin_rights: ChatAdminRights, rank: string): Promise<void> {
  const { connection } = client;
  return take(client, connection.call("channels.editAdmin", { channel: channelOf(client, chat), user_id: userOf(client, person), admin_rights, rank }));
}

/** Make somebody an admin of a small group, or take that back. */
export async function setGroupAdmin(client: Client, chat: string, person: string, is_admin: boolean): Promise<void> {
  await client.connection.call("messages.editChatAdmin", { chat_id: chat.slice(1), user_id: userOf(client, person), is_admin });
}

/** Restrict somebody, keep them out, or lift both. */
export function restrict(client: Client, chat: string, person: string, banned_rights: ChatBannedRights): Promise<void> {
  const { connection, store } = client;
  return take(client, connection.call("channels.editBanned", { channel: channelOf(client, chat), participant: store.input(person), banned_rights }));
}

/** Put somebody out who may come back. */
export async function remove(client: Client, chat: string, person: string): Promise<void> {
  if (chat.startsWith("g")) {
    return take(client, client.connection.call("messages.deleteChatUser", { chat_id: chat.slice(1), user_id: userOf(client, person) }));
  }
  await restrict(client, chat, person, OUT);
  await restrict(client, chat, person, FREE);
}
