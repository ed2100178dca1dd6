/** What peers are called and how they may be used. */
import type { ChatBannedRights, channel, chat, user } from "../wire/schema.d.ts";
import type { Entity, PeerKey } from "./keys.ts";

/** No server that cleans names lets longer ones through; a page that laid one out would stand still. */
const NAME = 256;

/** The name of a person or chat; "" for one that was deleted or is not known. */
export function nameOf(entity: Entity | undefined): string {
  if (!entity) return "";
  const name = entity._ === "user" ? [entity.first_name, entity.last_name].filter(Boolean).join(" ") : "title" in entity ? entity.title : "";
  return name.length > NAME ? name.slice(0, NAME).replace(/[\ud800-\udbff]$/, "") : name;
}

export function usernameOf(entity: Entity | undefined): string {
  if (entity?._ !== "user" && entity?._ !== "channel") return "";
  return entity.username ?? entity.usernames?.find((one) => one.active)?.username ?? "";
}

/** The account that speaks for the service: it is nobody's contact and no member of anything. */
export function isService(key: PeerKey): boolean {
  return key === "u777000";
}

/** At most two letters for the place of a picture. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).slice(0, 2);
  return words.map((one) => [...one][0] ?? "").join("").toLocaleUpperCase();
}

/** The picture of a peer as `/app/f` names it, or "". */
export function pictureOf(entity: Entity | undefined): string {
  const photo = entity && "photo" in entity ? entity.photo : undefined;
  if (!entity || !photo || !("photo_id" in photo)) return "";
  const kind = entity._ === "user" ? "u" : entity._ === "channel" ? "c" : "g";
  return `/app/f/p/${kind}${entity.id}/${photo.photo_id}/a`;
}

export function isBroadcast(entity: Entity | undefined): boolean {
  return entity?._ === "channel" && (entity.broadcast ?? false);
}

/** Whether several people write in it. */
export function isGroup(entity: Entity | undefined): boolean {
  return entity?._ === "chat" || (entity?._ === "channel" && !entity.broadcast);
}

export function isMember(entity: Entity | undefined): boolean {
  if (entity?._ === "user") return true;
  return (entity?._ === "chat" && !entity.deactivated && !entity.left) || (entity?._ === "channel" && !entity.left);
}

/** Whether I may do what a right of the chat allows, as far as the page knows. */
export function may(entity: channel | chat, right: keyof ChatBannedRights): boolean {
  if (entity.creator || entity.admin_rights) return true;
  const mine = "banned_rights" in entity ? entity.banned_rights : undefined;
  return !(mine?.[right] || entity.default_banned_rights?.[right]);
}

/** Whether the composer is to be offered. */
export function mayWrite(entity: Entity | undefined): boolean {
  if (entity?._ === "user") return !entity.deleted;
  if (entity?._ === "chat") return isMember(entity) && may(entity, "send_plain") && may(entity, "send_messages");
  if (entity?._ !== "channel" || entity.left) return false;
  if (entity.broadcast) return Boolean(entity.creator || entity.admin_rights?.post_messages);
  return may(entity, "send_messages") && may(entity, "send_plain");
}

export function isAdmin(entity: Entity | undefined): boolean {
  return (entity?._ === "chat" || entity?._ === "channel") && Boolean(entity.creator || entity.admin_rights);
}

/** Whether a person is shown as online now. */
export function isOnline(person: user, now: number): boolean {
  return person.status?._ === "userStatusOnline" && person.status.expires > now;
}
