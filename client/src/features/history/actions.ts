/** What can be done to a message. */
import { t } from "../../i18n/index.ts";
import type { Client } from "../../state/client.ts";
import { peerOf } from "../../state/keys.ts";
import type { Entity } from "../../state/keys.ts";
import { isAdmin, isBroadcast, usernameOf } from "../../state/names.ts";
import type { Shown } from "../../state/store.ts";
import { alarm } from "../../ui/announcer.ts";
import type { Item } from "../../ui/menu.tsx";
import type { InputChannel, Reaction, message } from "../../wire/schema.d.ts";
import { copy, describe, go } from "../app/index.tsx";
import { ask } from "../ask/index.tsx";
import type { Answer } from "../ask/index.tsx";
import { markUnread } from "../chat-list/index.tsx";
import { hasThread, openThread } from "../comments/index.tsx";
import { compose } from "../composer/index.tsx";
import { forwarding } from "../forward/index.tsx";
import { correcting, describing, mayCorrect, mayDescribe, mayPlace, placing } from "../page/index.tsx";
import { shown as dialogs } from "../polls/index.tsx";
import { reporting } from "../report/index.tsx";
import { toggleSelected } from "./selection.tsx";

/** The menu of a message: what its reader may do. */
export function itemsOf(client: Client, chat: string, shown: message): Item[] {
  const entity = client.store.entity(chat).peek();
  const act = (what: string) => () => perform(client, chat, shown, what);
  const items: (Item | false)[] = [
    { label: t("message.reply"), icon: "reply", act: act("reply") },
    hasThread(shown) && { label: t(shown.replies?.comments ? "comments.title" : "comments.thread"), icon: "message", act: () => openThread(chat, shown) },
    shown.message !== "" && { label: t("message.copy"), icon: "copy", act: act("copy") },
    linkOf(client, chat, shown) !== "" && { label: t("message.copy_link"), icon: "copy", act: act("link") },
    mayEdit(client, chat, shown) && { label: t("message.edit"), icon: "edit", act: act("edit") },
    !shown.noforwards && { label: t("message.forward"), icon: "forward", act: act("forward") },
    mayPin(entity) && { label: t(shown.pinned ? "message.unpin" : "message.pin"), icon: "pin", act: act("pin") },
    { label: t("message.select"), icon: "check", act: act("select") },
    client.store.talk(chat).peek() !== undefined && { label: t("list.mark_unread"), icon: "bell", act: act("unread") },
    mayPlace(client, chat) && { label: t("page.of_post_menu"), icon: "globe", act: () => (placing.value = { chat, id: shown.id }) },
    mayDescribe(client, chat, shown) && { label: t("page.describe"), icon: "edit", act: act("describe") },
    mayCorrect(client, chat) && { label: t("correct.menu"), icon: "edit", act: act("correct") },
    Boolean(shown.reactions?.can_see_list && shown.reactions.results.length) && { label: t("react.who"), icon: "react", act: () => (dialogs.value = { what: "reactions", chat, message: shown }) },
    !shown.out && { label: t("message.report"), icon: "flag", act: act("report") },
    mayDelete(client, chat, shown) && { label: t("message.delete"), icon: "trash", danger: true, act: act("delete") },
  ];
  return items.filter((one) => one !== false);
}

/** Do one of them; what is not allowed does nothing. */
export function perform(client: Client, chat: string, shown: Shown, what: string): void {
  if (shown._ !== "message") return;
  if (what === "reply") compose.value = { chat, kind: "reply", id: shown.id };
  else if (what === "edit" && mayEdit(client, chat, shown)) compose.value = { chat, kind: "edit", id: shown.id };
  else if (what === "copy") copy(shown.message);
  else if (what === "link") copy(linkOf(client, chat, shown));
  else if (what === "forward" && !shown.noforwards) forwarding.value = { chat, ids: [shown.id] };
  else if (what === "pin") attempt(pin(client, chat, shown));
  else if (what === "select") toggleSelected(chat, shown.id);
  else if (what === "unread") leaveUnread(client, chat);
  else if (what === "report" && !shown.out) reporting.value = { chat, ids: [shown.id] };
  else if (what === "describe" && mayDescribe(client, chat, shown)) describing.value = { chat, id: shown.id };
  else if (what === "correct" && mayCorrect(client, chat)) correcting.value = { chat, id: shown.id };
  else if (what === "delete" && mayDelete(client, chat, shown)) remove(client, chat, shown);
}

/** The chat is left, or what is seen of it would be read again. */
function leaveUnread(client: Client, chat: string): void {
  const talk = client.store.talk(chat).peek();
  if (!talk) return;
  go("/app");
  markUnread(client, talk);
}

function attempt(done: Promise<unknown>): void {
  done.catch((error: unknown) => alarm(describe(error)));
}

export function mayEdit(client: Client, chat: string, shown: message): boolean {
  const entity = client.store.entity(chat).peek();
  const channel = isBroadcast(entity) && entity?._ === "channel" && (entity.creator || entity.admin_rights?.edit_messages);
  return Boolean((shown.out || channel) && !shown.fwd_from && shown.media?._ !== "messageMediaPoll");
}

export function mayDelete(client: Client, chat: string, shown: message): boolean {
  const entity = client.store.entity(chat).peek();
  if (shown.out || entity?._ === "user" || entity?._ === "chat") return true;
  return entity?._ === "channel" && Boolean(entity.creator || entity.admin_rights?.delete_messages);
}

function linkOf(client: Client, chat: string, shown: message): string {
  if (!chat.startsWith("c")) return "";
  const name = usernameOf(client.store.entity(chat).peek());
  const base = client.config.public_url || location.origin;
  return name ? `${base}/${name}/${shown.id}` : `${location.origin}/app/c/${chat}/${shown.id}`;
}

async function pin(client: Client, chat: string, shown: message): Promise<void> {
  const peer = client.store.input(chat);
  const asked = { peer, id: shown.id, ...(shown.pinned ? { unpin: true } : {}) };
  client.sync.take(await client.connection.call("messages.updatePinnedMessage", asked));
}

/** Whether messages of a chat can be pinned and unpinned, as far as the page knows. */
export function mayPin(entity: Entity | undefined): boolean {
  return entity?._ === "user" || isAdmin(entity);
}

/** Unpin a message, or all where there are several. */
export function askToUnpin(client: Client, chat: string, shown: message, several: boolean): void {
  const one = { label: t("message.unpin"), act: () => attempt(pin(client, chat, shown)) };
  const all = { label: t("pinned.remove_all"), danger: true, act: () => attempt(unpinAll(client, chat)) };
  ask({ title: t("pinned.remove_ask"), answers: several ? [one, all] : [one] });
}

async function unpinAll(client: Client, chat: string): Promise<void> {
  const { connection, store, sync } = client;
  for (let left = 1; left > 0; ) {
    const affected = await connection.call("messages.unpinAllMessages", { peer: store.input(chat) });
    const { pts, pts_count } = affected;
    left = affected.offset;
    // The other devices are told; this one knows what it shows.
    const messages = [...store.history(chat).messages.values()].filter((one) => one._ === "message" && one.pinned).map((one) => one.id);
    const said = chat.startsWith("c") ? { _: "updatePinnedChannelMessages" as const, channel_id: chat.slice(1) } : { _: "updatePinnedMessages" as const, peer: peerOf(chat) };
    sync.takeAffected(chat.startsWith("c") ? chat : "", affected, { ...said, messages, pts, pts_count });
  }
}

/** Delete several after asking; `end` once that is settled. */
export function removeChosen(client: Client, chat: string, ids: number[], end: () => void): void {
  const act = (forAll: boolean) => () => {
    end();
    attempt(removeAll(client, chat, ids, forAll));
  };
  ask({ title: t("selection.delete_ask", { n: ids.length }), answers: deletions(client, chat, act) });
}

function remove(client: Client, chat: string, shown: message): void {
  const act = (forAll: boolean) => () => attempt(removeAll(client, chat, [shown.id], forAll));
  ask({ title: t("message.delete_ask"), answers: deletions(client, chat, act) });
}

/** For whom messages of a chat can be deleted: of a channel for everybody, of oneself there is nobody else. */
function deletions(client: Client, chat: string, act: (forAll: boolean) => () => void): Answer[] {
  if (chat === `u${client.store.me}`) return [{ label: t("message.delete"), danger: true, act: act(true) }];
  const forAll = { label: t("message.delete_all"), danger: true, act: act(true) };
  return chat.startsWith("c") ? [forAll] : [forAll, { label: t("message.delete_mine"), act: act(false) }];
}

async function removeAll(client: Client, chat: string, ids: number[], revoke: boolean): Promise<void> {
  const peer = client.store.input(chat);
  if (peer._ === "inputPeerChannel") {
    const channel: InputChannel = { ...peer, _: "inputChannel" };
    const done = await client.connection.call("channels.deleteMessages", { channel, id: ids });
    const { pts, pts_count } = done;
    const gone = { channel_id: peer.channel_id, messages: ids, pts, pts_count };
    return client.sync.takeAffected(chat, done, { _: "updateDeleteChannelMessages", ...gone });
  }
  const done = await client.connection.call("messages.deleteMessages", { id: ids, ...(revoke ? { revoke } : {}) });
  const { pts, pts_count } = done;
  client.sync.takeAffected("", done, { _: "updateDeleteMessages", messages: ids, pts, pts_count });
}

/** Give or take back a reaction. */
export async function react(client: Client, chat: string, shown: message, reaction: Reaction): Promise<void> {
  const mine = (shown.reactions?.results ?? []).filter((one) => one.chosen_order !== undefined);
  const had = mine.some((one) => same(one.reaction, reaction));
  const chosen = had ? mine.map((one) => one.reaction).filter((one) => !same(one, reaction)) : [reaction];
  const peer = client.store.input(chat);
  const asked = { peer, msg_id: shown.id, reaction: chosen, add_to_recent: true };
  client.sync.take(await client.connection.call("messages.sendReaction", asked));
}

function same(a: Reaction, b: Reaction): boolean {
  return a._ === "reactionEmoji" && b._ === "reactionEmoji" ? a.emoticon === b.emoticon : a._ === b._ && JSON.stringify(a) === JSON.stringify(b);
}
