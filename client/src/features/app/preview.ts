/** A message in one line, and what service messages say. */
import { isolate } from "../../i18n/bidi.ts";
import { t } from "../../i18n/index.ts";
import { brief } from "../../ui/calm.ts";
import { day } from "../../i18n/times.ts";
import type { Client } from "../../state/client.ts";
import { keyOf } from "../../state/keys.ts";
import { nameOf } from "../../state/names.ts";
import type { Shown } from "../../state/store.ts";
import type { MessageMedia, messageService } from "../../wire/schema.d.ts";

/** What a message says, in one line. */
export function preview(client: Client, message: Shown): string {
  if (message._ === "messageService") return service(client, message);
  const text = message.message.replace(/\s+/g, " ");
  const media = message.media ? mediaLabel(message.media) : "";
  return media && text ? `${media} · ${text}` : media || text;
}

function mediaLabel(media: MessageMedia): string {
  switch (media._) {
    case "messageMediaPhoto":
      return t("media.photo");
    case "messageMediaPoll":
      return t("media.poll", { question: media.poll.question.text });
    case "messageMediaGeo":
    case "messageMediaGeoLive":
    case "messageMediaVenue":
      return t("media.place");
    case "messageMediaContact":
      return t("media.contact");
    case "messageMediaDocument":
      return documentLabel(media);
    case "messageMediaWebPage":
    case "messageMediaEmpty":
      return "";
    default:
      return t("media.other");
  }
}

function documentLabel(media: Extract<MessageMedia, { _: "messageMediaDocument" }>): string {
  if (media.document?._ !== "document") return t("media.file");
  for (const attribute of media.document.attributes) {
    if (attribute._ === "documentAttributeSticker") return t("media.sticker", { emoji: attribute.alt });
    if (attribute._ === "documentAttributeAudio") return attribute.voice ? t("media.voice") : t("media.audio");
    if (attribute._ === "documentAttributeVideo") return t("media.video");
  }
  const name = media.document.attributes.find((one) => one._ === "documentAttributeFilename");
  return name?._ === "documentAttributeFilename" ? name.file_name : t("media.file");
}

/** The line of a service message; to those whom it is about it says "you". */
export function service(client: Client, message: messageService): string {
  const name = (key: string) => isolate(nameOf(client.store.entity(key).value) || t("person.deleted"));
  const from = keyOf(message.from_id ?? message.peer_id);
  const me = `u${client.store.me}`;
  const who = name(from);
  const by = from === me ? "me" : "other";
  const { action } = message;
  switch (action._) {
    case "messageActionChatCreate":
      return t("service.created", { by, who, title: isolate(brief(action.title)) });
    case "messageActionChannelCreate":
      return t("service.channel_created", { title: isolate(brief(action.title)) });
    case "messageActionChatAddUser": {
      const keys = action.users.map((id) => `u${id}`);
      if (keys.length === 1 && keys[0] === from) return t("service.joined", { by, who });
      const whom = keys.length === 1 && keys[0] === me ? "you" : by;
      return t("service.added", { by: whom, who, names: keys.map((key) => (key === me ? t("service.you") : name(key))).join(", ") });
    }
    case "messageActionChatDeleteUser": {
      const key = `u${action.user_id}`;
      if (key === from) return t("service.left", { by, who });
      return t("service.removed", { by: key === me ? "you" : by, who, name: name(key) });
    }
    case "messageActionChatJoinedByLink":
      return t("service.joined_by_link", { by, who });
    case "messageActionChatJoinedByRequest":
      return t("service.let_in", { by, who });
    case "messageActionCustomAction":
      return action.message;
    case "messageActionChatEditTitle":
      return t("service.renamed", { by, who, title: isolate(brief(action.title)) });
    case "messageActionChatEditPhoto":
      return t("service.photo", { by, who });
    case "messageActionChatDeletePhoto":
      return t("service.photo_removed", { by, who });
    case "messageActionPinMessage":
      return t("service.pinned", { by, who });
    case "messageActionHistoryClear":
      return t("service.cleared");
    case "messageActionContactSignUp":
      return t("service.signed_up", { who });
    case "messageActionSetMessagesTTL":
      return action.period ? t("service.timer", { by, who, n: Math.max(1, Math.round(action.period / 86_400)) }) : t("service.timer_off", { by, who });
    case "messageActionChatMigrateTo":
    case "messageActionChannelMigrateFrom":
      return t("service.migrated");
    default:
      return t("service.other", { date: day(message.date, client.store.now()) });
  }
}
