/** Recent actions in words. Pure but for the words. */
import type { Key } from "../../i18n/index.ts";
import { t } from "../../i18n/index.ts";
import { full as fullDate } from "../../i18n/times.ts";
import { keyOf } from "../../state/keys.ts";
import type { ChannelAdminLogEvent, ChannelAdminLogEventAction, ChannelParticipant, ChatAdminRights, ChatBannedRights, ExportedChatInvite, Message } from "../../wire/schema.d.ts";
import { adminRights, allowed, chosenRights, labelOfRight, NEVER, PERMISSIONS } from "./rights.ts";

/** What the words need to know. */
export interface Look {
  /** What a person or chat is called, apart from the script around it. */
  name: (key: string) => string;
  preview: (message: Message) => string;
  duration: (seconds: number) => string;
  broadcast: boolean;
}
/** A sentence, and what belongs under it. */
export interface Said {
  text: string;
  before?: string;
  after?: string;
  details?: readonly string[];
}

/** What somebody has done, in a sentence. */
export function sayEvent(event: ChannelAdminLogEvent, look: Look): Said {
  const who = look.name(`u${event.user_id}`);
  return values(event.action, who) ?? settings(event.action, who, look) ?? people(event.action, who, look) ?? messages(event.action, who, look) ?? links(event.action, who) ?? { text: t("log.other", { who }) };
}

/** What was changed from one value to another. */
function values(action: ChannelAdminLogEventAction, who: string): Said | null {
  switch (action._) {
    case "channelAdminLogEventActionChangeTitle":
      return { text: t("log.title", { who }), before: action.prev_value, after: action.new_value };
    case "channelAdminLogEventActionChangeAbout":
      return { text: t(action.new_value ? "log.about" : "log.about_gone", { who }), before: action.prev_value, after: action.new_value };
    case "channelAdminLogEventActionChangeUsername":
      return { text: t(action.new_value ? "log.address" : "log.address_gone", { who }), before: action.prev_value && `@${action.prev_value}`, after: action.new_value && `@${action.new_value}` };
    case "channelAdminLogEventActionChangeUsernames":
      return { text: t("log.address", { who }), before: action.prev_value.join(", "), after: action.new_value.join(", ") };
    case "channelAdminLogEventActionChangePhoto":
      return { text: t(action.new_photo._ === "photo" ? "log.photo" : "log.photo_gone", { who }) };
    default:
      return null;
  }
}

const SWITCHES: Partial<Record<ChannelAdminLogEventAction["_"], Key>> = {
  channelAdminLogEventActionToggleInvites: "log.invites",
  channelAdminLogEventActionToggleSignatures: "log.signatures",
  channelAdminLogEventActionToggleSignatureProfiles: "log.profiles",
  channelAdminLogEventActionTogglePreHistoryHidden: "log.history",
  channelAdminLogEventActionToggleNoForwards: "log.protected",
  channelAdminLogEventActionToggleAntiSpam: "log.antispam",
  channelAdminLogEventActionToggleAutotranslation: "log.translation",
  channelAdminLogEventActionToggleForum: "log.forum",
};

function settings(action: ChannelAdminLogEventAction, who: string, look: Look): Said | null {
  const key = SWITCHES[action._];
  if (key && "new_value" in action) return { text: t(key, { who, on: action.new_value ? "yes" : "no" }) };
  switch (action._) {
    case "channelAdminLogEventActionToggleSlowMode":
      return { text: action.new_value ? t("log.slow", { who, time: look.duration(action.new_value) }) : t("log.slow_off", { who }) };
    case "channelAdminLogEventActionChangeHistoryTTL":
      return { text: action.new_value ? t("log.timer", { who, n: Math.max(1, Math.round(action.new_value / 86_400)) }) : t("log.timer_off", { who }) };
    case "channelAdminLogEventActionChangeLinkedChat":
      return { text: action.new_value !== "0" ? t("log.linked", { who, name: look.name(`c${action.new_value}`) }) : t("log.unlinked", { who, name: look.name(`c${action.prev_value}`) }) };
    case "channelAdminLogEventActionChangeAvailableReactions":
      return { text: t("log.reactions", { who }) };
    case "channelAdminLogEventActionDefaultBannedRights":
      return { text: t("log.permissions", { who }), details: changedPermissions(action.prev_banned_rights, action.new_banned_rights) };
    default:
      return null;
  }
}

/** What members may now, and what they may no longer. */
function changedPermissions(before: ChatBannedRights | undefined, after: ChatBannedRights | undefined): string[] {
  const [was, is] = [allowed(before), allowed(after)];
  return PERMISSIONS.filter((one) => was.has(one.name) !== is.has(one.name)).map((one) => (is.has(one.name) ? "+ " : "− ") + t(one.label));
}

function changedRights(before: ChatAdminRights | undefined, after: ChatAdminRights | undefined, broadcast: boolean): string[] {
  const [was, is] = [chosenRights(before, broadcast), chosenRights(after, broadcast)];
  return adminRights(broadcast).filter((one) => was.has(one) !== is.has(one)).map((one) => (is.has(one) ? "+ " : "− ") + t(labelOfRight(one)));
}

const personOf = (one: ChannelParticipant) => ("peer" in one ? keyOf(one.peer) : `u${one.user_id}`);
const rightsOf = (one: ChannelParticipant) => ("admin_rights" in one ? one.admin_rights : undefined);
const bannedOf = (one: ChannelParticipant) => ("banned_rights" in one ? one.banned_rights : undefined);
const rankOf = (one: ChannelParticipant) => ("rank" in one ? (one.rank ?? "") : "");

function people(action: ChannelAdminLogEventAction, who: string, look: Look): Said | null {
  switch (action._) {
    case "channelAdminLogEventActionParticipantJoin":
      return { text: t("log.join", { who }) };
    case "channelAdminLogEventActionParticipantLeave":
      return { text: t("log.leave", { who }) };
    case "channelAdminLogEventActionParticipantInvite":
      return { text: t("log.invite", { who, name: look.name(personOf(action.participant)) }) };
    case "channelAdminLogEventActionParticipantJoinByInvite":
      return { text: t("log.join_by_link", { who }), details: linkDetails(action.invite) };
    case "channelAdminLogEventActionParticipantJoinByRequest":
      return { text: t("log.join_by_request", { who, name: look.name(`u${action.approved_by}`) }), details: linkDetails(action.invite) };
    case "channelAdminLogEventActionParticipantEditRank":
      return { text: t(action.new_rank ? "log.rank" : "log.rank_gone", { who, name: look.name(`u${action.user_id}`) }), before: action.prev_rank, after: action.new_rank };
    case "channelAdminLogEventActionParticipantToggleAdmin":
      return admins(action.prev_participant, action.new_participant, who, look);
    case "channelAdminLogEventActionParticipantToggleBan":
      return bans(action.prev_participant, action.new_participant, who, look);
    default:
      return null;
  }
}

function admins(before: ChannelParticipant, after: ChannelParticipant, who: string, look: Look): Said {
  const name = look.name(personOf(after));
  const [was, is] = [rightsOf(before), rightsOf(after)];
  if (after._ === "channelParticipantCreator" && before._ !== "channelParticipantCreator") return { text: t("log.owner", { who, name }) };
  if (!is) return { text: t("log.demote", { who, name }) };
  const ranks = rankOf(before) === rankOf(after) ? {} : { before: rankOf(before), after: rankOf(after) };
  return { text: t(was ? "log.rights" : "log.promote", { who, name }), details: changedRights(was, is, look.broadcast), ...ranks };
}

function bans(before: ChannelParticipant, after: ChannelParticipant, who: string, look: Look): Said {
  const name = look.name(personOf(after));
  const [was, is] = [bannedOf(before), bannedOf(after)];
  const until = is && is.until_date > 0 && is.until_date < NEVER ? [t("until.ends", { date: fullDate(is.until_date) })] : [];
  if (is?.view_messages) return { text: t("log.ban", { who, name }), details: until };
  if (was?.view_messages) return { text: t("log.unban", { who, name }), details: is ? changedPermissions(undefined, is) : [] };
  if (!is) return { text: t("log.lift", { who, name }) };
  return { text: t("log.restrict", { who, name }), details: [...changedPermissions(was, is), ...until] };
}

function messages(action: ChannelAdminLogEventAction, who: string, look: Look): Said | null {
  switch (action._) {
    case "channelAdminLogEventActionEditMessage":
      return { text: t("log.edit", { who, name: authorOf(action.new_message, look), own: authorOf(action.new_message, look) === who ? "yes" : "no" }), before: look.preview(action.prev_message), after: look.preview(action.new_message) };
    case "channelAdminLogEventActionDeleteMessage":
      return { text: t("log.delete", { who, name: authorOf(action.message, look), own: authorOf(action.message, look) === who ? "yes" : "no" }), before: look.preview(action.message) };
    case "channelAdminLogEventActionUpdatePinned":
      return { text: t(action.message._ === "message" && action.message.pinned ? "log.pin" : "log.unpin", { who }), after: look.preview(action.message) };
    case "channelAdminLogEventActionStopPoll":
      return { text: t("log.poll", { who }), after: look.preview(action.message) };
    case "channelAdminLogEventActionSendMessage":
      return { text: t("log.send", { who }), after: look.preview(action.message) };
    default:
      return null;
  }
}

function authorOf(message: Message, look: Look): string {
  if (message._ === "messageEmpty") return "";
  return look.name(keyOf(message.from_id ?? message.peer_id));
}

function links(action: ChannelAdminLogEventAction, who: string): Said | null {
  switch (action._) {
    case "channelAdminLogEventActionExportedInviteEdit":
      return { text: t("log.link_edit", { who }), details: linkDetails(action.new_invite) };
    case "channelAdminLogEventActionExportedInviteRevoke":
      return { text: t("log.link_revoke", { who }), details: linkDetails(action.invite) };
    case "channelAdminLogEventActionExportedInviteDelete":
      return { text: t("log.link_delete", { who }), details: linkDetails(action.invite) };
    default:
      return null;
  }
}

function linkDetails(link: ExportedChatInvite): string[] {
  if (link._ !== "chatInviteExported") return [];
  return [link.title || link.link.replace(/^https?:\/\//, "")];
}
