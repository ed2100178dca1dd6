/** What can be done to a row. */
import { t } from "../../i18n/index.ts";
import type { Client } from "../../state/client.ts";
import { markRead } from "../../state/read.ts";
import type { Talk } from "../../state/store.ts";
import { alarm } from "../../ui/announcer.ts";
import type { Item } from "../../ui/menu.tsx";
import { describe } from "../app/index.tsx";

const FOREVER = 2_147_483_647;

/** The menu of a row. */
export function menuOf(client: Client, talk: Talk, muted: boolean): Item[] {
  const unread = talk.unread > 0 || talk.mark;
  return [
    { label: t(talk.pinned ? "list.unpin" : "list.pin"), icon: "pin", act: () => pin(client, talk) },
    { label: t(unread ? "list.mark_read" : "list.mark_unread"), icon: "check", act: () => mark(client, talk, !unread) },
    { label: t(muted ? "list.unmute" : "list.mute"), icon: muted ? "bell" : "mute", act: () => mute(client, talk.key, !muted) },
    { label: t(talk.folder ? "list.unarchive" : "list.to_archive"), icon: "down", act: () => archive(client, talk) },
  ];
}

function attempt(done: Promise<unknown>): void {
  done.catch((error: unknown) => alarm(describe(error)));
}

function pin(client: Client, { key, pinned }: Talk): void {
  const peer = { _: "inputDialogPeer" as const, peer: client.store.input(key) };
  client.sync.take({ _: "updateShort", date: 0, update: { _: "updateDialogPinned", pinned: !pinned, peer: { _: "dialogPeer", peer: peerOf(key) } } });
  attempt(client.connection.call("messages.toggleDialogPin", { peer, ...(pinned ? {} : { pinned: true }) }));
}

function peerOf(key: string) {
  const id = key.slice(1);
  if (key.startsWith("u")) return { _: "peerUser" as const, user_id: id };
  if (key.startsWith("g")) return { _: "peerChat" as const, chat_id: id };
  return { _: "peerChannel" as const, channel_id: id };
}

function mark(client: Client, talk: Talk, unread: boolean): void {
  const peer = { _: "inputDialogPeer" as const, peer: client.store.input(talk.key) };
  if (!unread && talk.unread) attempt(markRead(client, talk.key, talk.top));
  client.store.setTalk(talk.key, { mark: unread });
  attempt(client.connection.call("messages.markDialogUnread", { peer, ...(unread ? { unread: true } : {}) }));
}

/** Mark a chat as unread. */
export function markUnread(client: Client, talk: Talk): void {
  mark(client, talk, true);
}

/** Hear nothing of a chat, or again. */
export function mute(client: Client, key: string, muted: boolean): void {
  const mute_until = muted ? FOREVER : 0;
  const peer = { _: "inputNotifyPeer" as const, peer: client.store.input(key) };
  client.store.setTalk(key, { mutedUntil: mute_until });
  attempt(client.connection.call("account.updateNotifySettings", { peer, settings: { _: "inputPeerNotifySettings", mute_until } }));
}

function archive(client: Client, talk: Talk): void {
  const folder_peers = [{ _: "inputFolderPeer" as const, peer: client.store.input(talk.key), folder_id: talk.folder ? 0 : 1 }];
  attempt(client.connection.call("folders.editPeerFolders", { folder_peers }).then((updates) => client.sync.take(updates)));
}
