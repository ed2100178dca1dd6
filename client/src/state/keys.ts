/** Names of peers inside the page: `u1` a person, `g1` a basic group, `c1` a channel or supergroup. */
import type { Chat, InputPeer, Peer, User } from "../wire/schema.d.ts";

export type PeerKey = string;
export type Entity = User | Chat;

/** The key of a TL peer. */
export function keyOf(peer: Peer): PeerKey {
  if (peer._ === "peerUser") return `u${peer.user_id}`;
  if (peer._ === "peerChat") return `g${peer.chat_id}`;
  return `c${peer.channel_id}`;
}

/** The key of a user or chat. */
export function keyOfEntity(entity: Entity): PeerKey {
  if (entity._ === "user" || entity._ === "userEmpty") return `u${entity.id}`;
  if (entity._ === "channel" || entity._ === "channelForbidden") return `c${entity.id}`;
  return `g${entity.id}`;
}

/** How a call names the peer. */
export function inputOf(key: PeerKey, entity: Entity | undefined): InputPeer {
  const id = key.slice(1);
  const access_hash = (entity && "access_hash" in entity && entity.access_hash) || "0";
  if (key.startsWith("g")) return { _: "inputPeerChat", chat_id: id };
  if (key.startsWith("c")) return { _: "inputPeerChannel", channel_id: id, access_hash };
  if (entity?._ === "user" && entity.self) return { _: "inputPeerSelf" };
  return { _: "inputPeerUser", user_id: id, access_hash };
}

/** The key of a peer as a call names it; "" for none. */
export function keyOfInput(peer: InputPeer, me: string): PeerKey {
  if (peer._ === "inputPeerSelf") return `u${me}`;
  if (peer._ === "inputPeerUser") return `u${peer.user_id}`;
  if (peer._ === "inputPeerChat") return `g${peer.chat_id}`;
  return peer._ === "inputPeerChannel" ? `c${peer.channel_id}` : "";
}

/** A key as a TL peer. */
export function peerOf(key: PeerKey): Peer {
  const id = key.slice(1);
  if (key.startsWith("u")) return { _: "peerUser", user_id: id };
  if (key.startsWith("g")) return { _: "peerChat", chat_id: id };
  return { _: "peerChannel", channel_id: id };
}

/** Whether the text is a key. */
export function isKey(text: string): boolean {
  return /^[ugc][1-9]\d{0,18}$/.test(text);
}
