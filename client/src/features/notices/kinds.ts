/** The settings of notices at the server: for people, groups and channels, and for single chats. */
import type { Client } from "../../state/client.ts";
import { keyOf } from "../../state/keys.ts";
import type { InputNotifyPeer, PeerNotifySettings } from "../../wire/schema.d.ts";

export const KINDS = ["inputNotifyUsers", "inputNotifyChats", "inputNotifyBroadcasts"] as const;
export type Kind = (typeof KINDS)[number];

export interface Exception {
  key: string;
  settings: PeerNotifySettings;
}

export function loadKind(client: Client, kind: Kind): Promise<PeerNotifySettings> {
  return client.connection.call("account.getNotifySettings", { peer: { _: kind } });
}

/** Change one thing; the server takes all that is set together. */
export async function change(client: Client, peer: InputNotifyPeer, before: PeerNotifySettings, to: { mute_until?: number; show_previews?: boolean }): Promise<PeerNotifySettings> {
  const { show_previews, silent, mute_until } = { ...before, ...to };
  const settings = {
    _: "inputPeerNotifySettings" as const,
    ...(show_previews === undefined ? {} : { show_previews }),
    ...(silent === undefined ? {} : { silent }),
    ...(mute_until === undefined ? {} : { mute_until }),
  };
  await client.connection.call("account.updateNotifySettings", { peer, settings });
  return { ...before, ...to };
}

/** Chats with settings of their own. */
export async function loadExceptions(client: Client): Promise<Exception[]> {
  const found = await client.connection.call("account.getNotifyExceptions", {});
  if (found._ !== "updates") return [];
  client.store.putEntities(found.users, found.chats);
  return found.updates.flatMap((one) =>
    one._ === "updateNotifySettings" && one.peer._ === "notifyPeer" ? [{ key: keyOf(one.peer.peer), settings: one.notify_settings }] : [],
  );
}

/** The chat is as all others of its kind again. */
export async function reset(client: Client, key: string): Promise<void> {
  const peer = { _: "inputNotifyPeer" as const, peer: client.store.input(key) };
  await client.connection.call("account.updateNotifySettings", { peer, settings: { _: "inputPeerNotifySettings" } });
  client.store.setTalk(key, { mutedUntil: 0 });
}
