/** What I may do with a member. */
import { t } from "../../i18n/index.ts";
import type { Entity } from "../../state/keys.ts";
import { isAdmin, isBroadcast, isGroup, may, nameOf } from "../../state/names.ts";
import type { Item, Place } from "../../ui/menu.tsx";
import { Menu } from "../../ui/menu.tsx";
import { go, useClient, useEntity } from "../app/index.tsx";
import { askToDo } from "../ask/index.tsx";
import { addMember } from "../info/index.tsx";
import { useDeed } from "./full.ts";
import { remove, restrict, setGroupAdmin } from "./members.ts";
import type { Member } from "./members.ts";
import type { Task } from "./members-screen.tsx";
import { FREE, holds, OUT } from "./rights.ts";

interface Given {
  chat: string;
  member: Member;
  at: Place;
  onTask: (task: Task) => void;
  /** Something was done: the list is old. */
  onDone: () => void;
  onClose: () => void;
}

/** Whether I may give somebody (or myself) a title. */
export function mayRank(entity: Entity | undefined, member: Member, mine: boolean): boolean {
  if ((entity?._ !== "channel" && entity?._ !== "chat") || isBroadcast(entity)) return false;
  if (member.role === "removed") return false;
  if (entity.creator) return true;
  if (mine) return isAdmin(entity) || may(entity, "edit_rank");
  return holds(entity, "manage_ranks") && member.role !== "creator" && (member.role !== "admin" || member.mayEdit);
}

export function MemberMenu({ chat, member, at, onTask, onDone, onClose }: Given) {
  const client = useClient();
  const entity = useEntity(chat);
  const name = nameOf(client.store.entity(member.key).value) || t("person.deleted");
  const deed = useDeed(chat, async () => onDone());
  const mine = member.key === `u${client.store.me}`;
  const items: Item[] = mine ? [] : [{ label: t("members.message"), icon: "message", act: () => go(`/app/c/${member.key}`) }];
  if (mayRank(entity, member, mine)) items.push({ label: t("members.title"), icon: "edit", act: () => onTask({ what: "rank", member }) });
  if (mine) return <Menu label={name} at={at} items={items} onClose={onClose} />;
  const { role } = member;
  const inside = role === "member" || role === "admin" || role === "restricted";
  const small = chat.startsWith("g");
  const mayBan = holds(entity, "ban_users") && (role !== "admin" || member.mayEdit) && role !== "creator";
  const mayPromote = holds(entity, "add_admins") && member.mayEdit && inside;
  if (small) {
    const owner = entity?._ === "chat" && entity.creator;
    if (owner && role !== "creator") items.push({ label: t(role === "admin" ? "members.dismiss" : "members.promote"), icon: "shield", act: () => void deed(() => setGroupAdmin(client, chat, member.key, role !== "admin"), t("admin.saved")) });
  } else if (mayPromote) {
    items.push({ label: t(role === "admin" ? "members.rights" : "members.promote"), icon: "shield", act: () => onTask({ what: "rights", member }) });
  }
  if (role === "admin" && (entity?._ === "channel" || entity?._ === "chat") && entity.creator) items.push({ label: t("members.hand_over"), icon: "person", act: () => onTask({ what: "handover", member }) });
  if (!small && mayBan && inside && isGroup(entity)) items.push({ label: t(role === "restricted" ? "members.change_restrictions" : "members.restrict"), icon: "lock", act: () => onTask({ what: "restrict", member }) });
  if (role === "restricted" && mayBan) items.push({ label: t("members.lift"), icon: "check", act: () => void deed(() => restrict(client, chat, member.key, FREE), t("admin.saved")) });
  if (role === "removed" && mayBan) {
    items.push({ label: t("members.unban"), icon: "check", act: () => void deed(() => restrict(client, chat, member.key, FREE), t("admin.saved")) });
    if (entity?._ === "channel" && may(entity, "invite_users")) items.push({ label: t("members.add_back"), icon: "new", act: () => void deed(async () => {
      await restrict(client, chat, member.key, FREE);
      await addMember(client, chat, member.key);
    }, t("admin.saved")) });
  }
  if (inside && mayBan) {
    const title = isBroadcast(entity) ? "members.remove_channel_ask" : "members.remove_ask";
    items.push({ label: t(isBroadcast(entity) ? "members.remove_channel" : "members.remove"), icon: "close", danger: true, act: () => askToDo(t(title, { name }), t("members.remove_do"), () => void deed(() => remove(client, chat, member.key))) });
    if (!small) items.push({ label: t("members.ban"), icon: "trash", danger: true, act: () => askToDo(t("members.ban_ask", { name }), t("members.ban_do"), () => void deed(() => restrict(client, chat, member.key, OUT))) });
  }
  return <Menu label={name} at={at} items={items} onClose={onClose} />;
}
