/** What is asked and done beside a conversation. */
import type { Client } from "../../state/client.ts";
import { keyOf } from "../../state/keys.ts";
import { isBroadcast, may } from "../../state/names.ts";
import { RpcError } from "../../wire/errors.ts";
import type { ChannelParticipant, ChatParticipant, InputChannel } from "../../wire/schema.d.ts";

export interface Member {
  key: string;
  role: "creator" | "admin" | "member";
  /** A title of their own, or "". */
  rank: string;
}
export interface Info {
  about: string;
  count: number;
  members: Member[];
  mayInvite: boolean;
  mayAdd: boolean;
}

/** So many are shown at once; a screen of their own has all. */
const MEMBERS = 20;

/** What there is to know of a chat. */
export async function loadInfo(client: Client, chat: string): Promise<Info> {
  const { store, connection } = client;
  const peer = store.input(chat);
  const entity = store.entity(chat).peek();
  const none: Info = { about: "", count: 0, members: [], mayInvite: false, mayAdd: false };
  if (peer._ === "inputPeerUser" || peer._ === "inputPeerSelf") {
    return { ...none, about: await loadPerson(client, chat) };
  }
  if (entity?._ !== "chat" && entity?._ !== "channel") return none;
  const rights = { mayInvite: Boolean(entity.creator || entity.admin_rights?.invite_users), mayAdd: !isBroadcast(entity) && may(entity, "invite_users") };
  if (peer._ === "inputPeerChat") {
    const found = await connection.call("messages.getFullChat", { chat_id: peer.chat_id });
    store.putEntities(found.users, found.chats);
    const full = found.full_chat;
    const list = full._ === "chatFull" && full.participants._ === "chatParticipants" ? full.participants.participants : [];
    return { ...none, ...rights, about: full.about, count: list.length, members: list.slice(0, MEMBERS).map(ofGroup) };
  }
  const channel = channelOf(client, chat);
  const found = await connection.call("channels.getFullChannel", { channel });
  store.putEntities(found.users, found.chats);
  const full = found.full_chat;
  const count = full._ === "channelFull" ? (full.participants_count ?? 0) : 0;
  const mayList = full._ === "channelFull" && full.can_view_participants && !isBroadcast(entity);
  const members = mayList ? await participants(client, channel) : [];
  return { ...none, ...rights, about: full.about, count, members };
}

/** What a person says of themselves; and the store knows then whether I have blocked them. */
export async function loadPerson({ store, connection }: Client, person: string): Promise<string> {
  const peer = store.input(person);
  if (peer._ !== "inputPeerUser" && peer._ !== "inputPeerSelf") return "";
  const id = peer._ === "inputPeerSelf" ? { _: "inputUserSelf" as const } : { ...peer, _: "inputUser" as const };
  const found = await connection.call("users.getFullUser", { id });
  store.putEntities(found.users, found.chats);
  store.isBlocked(person).value = found.full_user.blocked ?? false;
  return found.full_user.about ?? "";
}

async function participants(client: Client, channel: InputChannel): Promise<Member[]> {
  const asked = { channel, filter: { _: "channelParticipantsRecent" as const }, offset: 0, limit: MEMBERS, hash: "0" };
  const found = await client.connection.call("channels.getParticipants", asked);
  if (found._ !== "channels.channelParticipants") return [];
  client.store.putEntities(found.users, found.chats);
  return found.participants.map(ofChannel);
}

function ofGroup(one: ChatParticipant): Member {
  const role = one._ === "chatParticipantCreator" ? "creator" : one._ === "chatParticipantAdmin" ? "admin" : "member";
  return { key: `u${one.user_id}`, role, rank: one.rank ?? "" };
}

function ofChannel(one: ChannelParticipant): Member {
  const role = one._ === "channelParticipantCreator" ? "creator" : one._ === "channelParticipantAdmin" ? "admin" : "member";
  return { key: "peer" in one ? keyOf(one.peer) : `u${one.user_id}`, role, rank: "rank" in one ? (one.rank ?? "") : "" };
}

/** How calls of channels name one. */
export function channelOf(client: Client, chat: string): InputChannel {
  const peer = client.store.input(chat);
  if (peer._ !== "inputPeerChannel") throw new Error(`${chat} is no channel`);
  return { ...peer, _: "inputChannel" };
}

/** My plain link by which others come in: the one I have, or a first one. */
export async function inviteLink(client: Client, chat: string): Promise<string> {
  const peer = client.store.input(chat);
  const { full_chat: full } = chat.startsWith("g")
    ? await client.connection.call("messages.getFullChat", { chat_id: chat.slice(1) })
    : await client.connection.call("channels.getFullChannel", { channel: channelOf(client, chat) });
  const mine = "exported_invite" in full ? full.exported_invite : undefined;
  if (mine?._ === "chatInviteExported" && !mine.revoked) return mine.link;
  const found = await client.connection.call("messages.exportChatInvite", { peer, legacy_revoke_permanent: true });
  return found._ === "chatInviteExported" ? found.link : "";
}

/** Bring somebody in. */
export async function addMember(client: Client, chat: string, person: string): Promise<void> {
  const peer = client.store.input(person);
  if (peer._ !== "inputPeerUser") return;
  const user = { ...peer, _: "inputUser" as const };
  const { connection } = client;
  const done = chat.startsWith("g")
    ? await connection.call("messages.addChatUser", { chat_id: chat.slice(1), user_id: user, fwd_limit: 100 })
    : await connection.call("channels.inviteToChannel", { channel: channelOf(client, chat), users: [user] });
  client.sync.take(done.updates);
  // Nobody came: it is their settings, or they are in too many chats.
  if (done.missing_invitees.length) throw new RpcError("USER_PRIVACY_RESTRICTED", 403);
}

/** Hear nothing more of a person, or again. */
export async function block(client: Client, person: string, blocked: boolean): Promise<void> {
  const id = client.store.input(person);
  await (blocked ? client.connection.call("contacts.block", { id }) : client.connection.call("contacts.unblock", { id }));
  client.store.isBlocked(person).value = blocked;
}

/** Leave a group or channel. */
export async function leave(client: Client, chat: string): Promise<void> {
  const { connection, store, sync } = client;
  const updates = chat.startsWith("g")
    ? await connection.call("messages.deleteChatUser", { chat_id: chat.slice(1), user_id: { _: "inputUserSelf" } })
    : await connection.call("channels.leaveChannel", { channel: channelOf(client, chat) });
  sync.take(updates);
  if (chat.startsWith("c")) store.removeTalk(chat);
}

/** Delete a group or channel for everybody: its owner's way out. */
export async function deleteChat(client: Client, chat: string): Promise<void> {
  client.sync.take(await client.connection.call("channels.deleteChannel", { channel: channelOf(client, chat) }));
  client.store.removeTalk(chat);
}
