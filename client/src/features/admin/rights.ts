/** Rights of admins and members as switches. Pure. */
import type { Key } from "../../i18n/index.ts";
import type { Entity } from "../../state/keys.ts";
import type { ChatAdminRights, ChatBannedRights } from "../../wire/schema.d.ts";

export type AdminRight = Exclude<keyof ChatAdminRights, "_">;
export type BannedRight = Exclude<keyof ChatBannedRights, "_" | "until_date">;

/** What an admin can be given, in the order in which it is shown; what the server serves nothing for is left out. */
const OF_GROUP: readonly AdminRight[] = ["change_info", "delete_messages", "ban_users", "invite_users", "pin_messages", "manage_ranks", "anonymous", "add_admins"];
const OF_CHANNEL: readonly AdminRight[] = ["change_info", "post_messages", "edit_messages", "delete_messages", "invite_users", "ban_users", "add_admins"];

const LABELS: Partial<Record<AdminRight, Key>> = {
  change_info: "rights.change_info",
  post_messages: "rights.post_messages",
  edit_messages: "rights.edit_messages",
  delete_messages: "rights.delete_messages",
  ban_users: "rights.ban_users",
  invite_users: "rights.invite_users",
  pin_messages: "rights.pin_messages",
  manage_ranks: "rights.manage_ranks",
  anonymous: "rights.anonymous",
  add_admins: "rights.add_admins",
};

/** The rights that are offered in a chat of this kind. */
export function adminRights(broadcast: boolean): readonly AdminRight[] {
  return broadcast ? OF_CHANNEL : OF_GROUP;
}

export function labelOfRight(right: AdminRight): Key {
  return LABELS[right] ?? "rights.other";
}

/** Whether I have a right of an admin in a chat. */
export function holds(entity: Entity | undefined, right: AdminRight): boolean {
  if (entity?._ !== "chat" && entity?._ !== "channel") return false;
  return Boolean(entity.creator || entity.admin_rights?.[right]);
}

/** Whether I may give it: the owner any, an admin what they have. */
export function mayGive(entity: Entity | undefined, right: AdminRight): boolean {
  // To be anonymous is no power over others, but one gives only what one has.
  if (entity?._ === "channel" && entity.creator) return true;
  return holds(entity, right);
}

/** What a new admin is given at first: what I may give, but not to make admins or to be anonymous. */
export function usualRights(entity: Entity | undefined, broadcast: boolean): Set<AdminRight> {
  return new Set(adminRights(broadcast).filter((right) => right !== "add_admins" && right !== "anonymous" && mayGive(entity, right)));
}

export function chosenRights(given: ChatAdminRights | undefined, broadcast: boolean): Set<AdminRight> {
  return new Set(adminRights(broadcast).filter((right) => given?.[right]));
}

/** The rights to send: what was chosen, and of what is not shown what they had and I may give. */
export function grant(entity: Entity | undefined, before: ChatAdminRights | undefined, chosen: ReadonlySet<AdminRight>, broadcast: boolean): ChatAdminRights {
  const made: ChatAdminRights = { _: "chatAdminRights", other: true };
  for (const [name, had] of Object.entries(before ?? {})) {
    const right = name as AdminRight;
    if (had === true && !adminRights(broadcast).includes(right) && mayGive(entity, right)) made[right] = true;
  }
  for (const right of chosen) if (mayGive(entity, right)) made[right] = true;
  return made;
}

/** What members of a group may do, each with the bits that forbid it. */
export interface Permission {
  name: string;
  label: Key;
  bits: readonly BannedRight[];
}
export const PERMISSIONS: readonly Permission[] = [
  { name: "write", label: "may.write", bits: ["send_plain"] },
  { name: "photos", label: "may.photos", bits: ["send_photos"] },
  { name: "videos", label: "may.videos", bits: ["send_videos", "send_roundvideos"] },
  { name: "files", label: "may.files", bits: ["send_docs"] },
  { name: "music", label: "may.music", bits: ["send_audios"] },
  { name: "voice", label: "may.voice", bits: ["send_voices"] },
  { name: "stickers", label: "may.stickers", bits: ["send_stickers", "send_gifs", "send_games", "send_inline"] },
  { name: "polls", label: "may.polls", bits: ["send_polls"] },
  { name: "links", label: "may.links", bits: ["embed_links"] },
  { name: "reactions", label: "may.reactions", bits: ["send_reactions"] },
  { name: "invite", label: "may.invite", bits: ["invite_users"] },
  { name: "pin", label: "may.pin", bits: ["pin_messages"] },
  { name: "info", label: "may.info", bits: ["change_info"] },
  { name: "rank", label: "may.rank", bits: ["edit_rank"] },
];
const SENDING = new Set(["write", "photos", "videos", "files", "music", "voice", "stickers", "polls", "links"]);

/** The names of what is allowed. */
export function allowed(banned: ChatBannedRights | undefined): Set<string> {
  const all = PERMISSIONS.filter((one) => {
    if (SENDING.has(one.name) && banned?.send_messages) return false;
    if (SENDING.has(one.name) && one.name !== "write" && banned?.send_media) return false;
    return one.bits.some((bit) => !banned?.[bit]);
  });
  return new Set(all.map((one) => one.name));
}

/** What is forbidden where these alone are allowed; what is not shown stays as it was. */
export function banned(names: ReadonlySet<string>, until: number, before?: ChatBannedRights): ChatBannedRights {
  const made: ChatBannedRights = { _: "chatBannedRights", until_date: until };
  for (const [name, was] of Object.entries(before ?? {})) if (was === true) made[name as BannedRight] = true;
  for (const one of PERMISSIONS) for (const bit of one.bits) made[bit] = !names.has(one.name);
  const sending = [...SENDING].filter((name) => names.has(name));
  made.send_messages = sending.length === 0;
  made.send_media = sending.every((name) => name === "write");
  delete made.view_messages;
  return made;
}

/** Nothing is forbidden. */
export const FREE: ChatBannedRights = { _: "chatBannedRights", until_date: 0 };
/** Kept out. */
export const OUT: ChatBannedRights = { _: "chatBannedRights", until_date: 0, view_messages: true };
/** `until_date` of what does not end. */
export const NEVER = 2 ** 31 - 1;
