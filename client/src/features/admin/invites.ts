/** Links by which others come in, and who asks to be let in. */
import type { Client } from "../../state/client.ts";
import type { ChatInviteImporter, ExportedChatInvite } from "../../wire/schema.d.ts";
import { take } from "./full.ts";
import type { Link } from "./link.ts";
import { userOf } from "./members.ts";

export const PAGE = 30;

const isLink = (one: ExportedChatInvite): one is Link => one._ === "chatInviteExported";

/** The links that an admin has made, from after `last` on. */
export async function loadLinks(client: Client, chat: string, admin: string, revoked: boolean, last?: Link): Promise<{ links: Link[]; count: number }> {
  const after = last ? { offset_date: last.date, offset_link: last.link } : {};
  const asked = { peer: client.store.input(chat), admin_id: userOf(client, admin), limit: PAGE, revoked, ...after };
  const found = await client.connection.call("messages.getExportedChatInvites", asked);
  client.store.putEntities(found.users, []);
  return { links: found.invites.filter(isLink), count: found.count };
}

export interface Holder {
  key: string;
  count: number;
}

/** The admins who have links: the owner may look at all of them. */
export async function loadHolders(client: Client, chat: string): Promise<Holder[]> {
  const found = await client.connection.call("messages.getAdminsWithInvites", { peer: client.store.input(chat) });
  client.store.putEntities(found.users, []);
  return found.admins.map((one) => ({ key: `u${one.admin_id}`, count: one.invites_count }));
}

export async function loadLink(client: Client, chat: string, hash: string): Promise<Link | null> {
  const found = await client.connection.call("messages.getExportedChatInvite", { peer: client.store.input(chat), link: hash });
  client.store.putEntities(found.users, []);
  return isLink(found.invite) ? found.invite : null;
}

/** What a link is made with. */
export interface Terms {
  title: string;
  /** 0: for ever. */
  expires: number;
  /** 0: for any number. */
  uses: number;
  asks: boolean;
}

export async function makeLink(client: Client, chat: string, terms: Terms): Promise<Link | null> {
  const made = await client.connection.call("messages.exportChatInvite", {
    peer: client.store.input(chat),
    request_needed: terms.asks,
    ...(terms.title ? { title: terms.title } : {}),
    ...(terms.expires ? { expire_date: terms.expires } : {}),
    ...(terms.uses && !terms.asks ? { usage_limit: terms.uses } : {}),
  });
  return isLink(made) ? made : null;
}

/** My link without terms; the server makes one where there is none. */
export async function permanentLink(client: Client, chat: string): Promise<void> {
  await client.connection.call("messages.exportChatInvite", { peer: client.store.input(chat), legacy_revoke_permanent: true });
}

export async function editLink(client: Client, chat: string, link: string, terms: Terms): Promise<void> {
  const usage_limit = terms.asks ? 0 : terms.uses;
  await client.connection.call("messages.editExportedChatInvite", { peer: client.store.input(chat), link, title: terms.title, expire_date: terms.expires, usage_limit, request_needed: terms.asks });
}

export async function revokeLink(client: Client, chat: string, link: string): Promise<void> {
  await client.connection.call("messages.editExportedChatInvite", { peer: client.store.input(chat), link, revoked: true });
}

export async function deleteLink(client: Client, chat: string, link: string): Promise<void> {
  await client.connection.call("messages.deleteExportedChatInvite", { peer: client.store.input(chat), link });
}

export async function deleteRevoked(client: Client, chat: string, admin: string): Promise<void> {
  await client.connection.call("messages.deleteRevokedExportedChatInvites", { peer: client.store.input(chat), admin_id: userOf(client, admin) });
}

/** Who came by a link (`link`), or who asks to be let in (`requested`), from after `last` on. */
export async function loadImporters(client: Client, chat: string, what: { link?: string; requested?: boolean; q?: string }, last?: ChatInviteImporter): Promise<{ people: ChatInviteImporter[]; count: number }> {
  const after = last ? { offset_date: last.date, offset_user: userOf(client, `u${last.user_id}`) } : { offset_date: 0, offset_user: { _: "inputUserEmpty" as const } };
  const found = await client.connection.call("messages.getChatInviteImporters", { peer: client.store.input(chat), limit: PAGE, ...what, ...after });
  client.store.putEntities(found.users, []);
  return { people: found.importers, count: found.count };
}

/** Let somebody in, or not. */
export function answerRequest(client: Client, chat: string, person: string, approved: boolean): Promise<void> {
  return take(client, client.connection.call("messages.hideChatJoinRequest", { peer: client.store.input(chat), user_id: userOf(client, person), approved }));
}

export function answerAll(client: Client, chat: string, approved: boolean): Promise<void> {
  return take(client, client.connection.call("messages.hideAllChatJoinRequests", { peer: client.store.input(chat), approved }));
}
