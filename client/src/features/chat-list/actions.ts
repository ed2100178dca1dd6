/** What can be done to a row. */
import { t } from "../../i18n/index.ts";
import type { Client } from "../../state/client.ts";
import { peerOf } from "../../state/keys.ts";
import { isMember, isService } from "../../state/names.ts";
import { markRead } from "../../state/read.ts";
import type { Talk } from "../../state/store.ts";
import { alarm } from "../../ui/announcer.ts";
import type { Item } from "../../ui/menu.tsx";
import { describe, go, route } from "../app/index.tsx";
import { ask } from "../ask/index.tsx";
import type { Answer } from "../ask/index.tsx";
import { choosing, movePinned } from "../folders/index.tsx";

const FOREVER = 2_147_483_647;

/** The menu of a row. */
export function menuOf(client: Client, talk: Talk, muted: boolean): Item[] {
  const unread = talk.unread > 0 || talk.mark;
  const pinned = client.store.pinned.get(talk.folder) ?? [];
  const at = talk.pinned ? pinned.indexOf(talk.key) : -1;
  const items: (Item | false)[] = [
    { label: t(talk.pinned ? "list.unpin" : "list.pin"), icon: "pin", act: () => pin(client, talk) },
    { label: t(unread ? "list.mark_read" : "list.mark_unread"), icon: "check", act: () => mark(client, talk, !unread) },
    { label: t(muted ? "list.unmute" : "list.mute"), icon: muted ? "bell" : "mute", act: () => (muted ? mute(client, talk.key, false) : askToMute(client, talk.key)) },
    { label: t(talk.folder ? "list.unarchive" : "list.to_archive"), icon: "down", act: () => archive(client, talk) },
    at > 0 && { label: t("list.move_up"), icon: "up", act: () => attempt(movePinned(client, talk, -1)) },
    at >= 0 && at < pinned.length - 1 && { label: t("list.move_down"), icon: "down", act: () => attempt(movePinned(client, talk, 1)) },
    { label: t("list.to_folders"), icon: "folder", act: () => (choosing.value = talk.key) },
    !talk.key.startsWith("c") && { label: t("list.delete"), icon: "trash", danger: true, act: () => deleteTalk(client, talk.key) },
  ];
  return items.filter((one) => one !== false);
}

function attempt(done: Promise<unknown>): void {
  done.catch((error: unknown) => alarm(describe(error)));
}

function pin(client: Client, { key, pinned }: Talk): void {
  const peer = { _: "inputDialogPeer" as const, peer: client.store.input(key) };
  client.sync.take({ _: "updateShort", date: 0, update: { _: "updateDialogPinned", pinned: !pinned, peer: { _: "dialogPeer", peer: peerOf(key) } } });
  attempt(client.connection.call("messages.toggleDialogPin", { peer, ...(pinned ? {} : { pinned: true }) }));
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
  muteUntil(client, key, muted ? FOREVER : 0);
}

function muteUntil(client: Client, key: string, mute_until: number): void {
  const peer = { _: "inputNotifyPeer" as const, peer: client.store.input(key) };
  client.store.setTalk(key, { mutedUntil: mute_until });
  attempt(client.connection.call("account.updateNotifySettings", { peer, settings: { _: "inputPeerNotifySettings", mute_until } }));
}

const HOUR = 3600;

/** Ask for how long nothing is to be heard of a chat. */
export function askToMute(client: Client, key: string): void {
  const times = [[HOUR, "list.mute_1h"], [8 * HOUR, "list.mute_8h"], [48 * HOUR, "list.mute_2d"], [0, "list.mute_always"]] as const;
  const until = (seconds: number) => (seconds ? client.store.now() + seconds : FOREVER);
  ask({ title: t("list.mute"), answers: times.map(([seconds, label]) => ({ label: t(label), act: () => muteUntil(client, key, until(seconds)) })) });
}

function archive(client: Client, talk: Talk): void {
  const folder_peers = [{ _: "inputFolderPeer" as const, peer: client.store.input(talk.key), folder_id: talk.folder ? 0 : 1 }];
  attempt(client.connection.call("folders.editPeerFolders", { folder_peers }).then((updates) => client.sync.take(updates)));
}

/** Delete all that was said in a chat with a person or in a basic group; with a person, for both if one wants. */
function deleteTalk(client: Client, key: string): void {
  const act = (revoke: boolean) => () => attempt(deleteHistory(client, key, revoke));
  const both = key.startsWith("u") && key !== `u${client.store.me}` && !isService(key);
  const mine: Answer = { label: t(both ? "list.delete_mine" : "list.delete"), danger: true, act: act(false) };
  const name = client.store.entity(key).peek();
  ask({ title: t("list.delete_ask"), ...(name && !isMember(name) ? {} : { text: t("list.delete_text") }), answers: both ? [mine, { label: t("list.delete_both"), danger: true, act: act(true) }] : [mine] });
}

async function deleteHistory(client: Client, key: string, revoke: boolean): Promise<void> {
  const { connection, store, sync } = client;
  for (let left = 1; left > 0; ) {
    const affected = await connection.call("messages.deleteHistory", { peer: store.input(key), max_id: 0, ...(revoke ? { revoke } : {}) });
    sync.takeAffected("", affected, null);
    left = affected.offset;
  }
  store.forget(key);
  store.removeTalk(key);
  const at = route.peek();
  if (at.screen === "chat" && at.key === key) go("/app");
}
