/** The questions of a report, and what can be done besides. */
import type { Key } from "../../i18n/index.ts";
import { t } from "../../i18n/index.ts";
import type { Client } from "../../state/client.ts";
import { keyOf } from "../../state/keys.ts";
import { isBroadcast, isMember } from "../../state/names.ts";
import type { ReportReason, petitbleu_receipt } from "../../wire/schema.d.ts";
import { mute } from "../chat-list/index.tsx";
import { channelOf } from "../info/index.tsx";
import type { Reported } from "./index.tsx";

export interface Choice {
  value: string;
  text: string;
}
export type Step =
  | { kind: "choose"; title: string; choices: readonly Choice[] }
  | { kind: "comment"; optional: boolean; value: string }
  | { kind: "danger"; value: string }
  | { kind: "unwanted" }
  | { kind: "done"; receipt: petitbleu_receipt | null };

/** What the person said so far: the option that was chosen last, and words. */
export interface Said {
  value: string;
  words: string;
}

/** The paths of the server's tree that lead somewhere else than to a case. */
const DANGER = "danger";
const UNWANTED = "unwanted";
const DONE_MARK = /!$/;

/** What comes after what was said. `called`: the emergency numbers were shown. */
export async function nextStep(client: Client, what: Reported, said: Said, called: boolean): Promise<Step> {
  if (said.value === UNWANTED) return { kind: "unwanted" };
  if (said.value === DANGER && !called) return { kind: "danger", value: DANGER };
  return what.ids.length ? askServer(client, what, said) : askWhole(client, what, said);
}

async function askServer(client: Client, what: Reported, said: Said): Promise<Step> {
  const peer = client.store.input(what.chat);
  const id = [...what.ids];
  const found = await client.connection.call("messages.report", { peer, id, option: btoa(said.value), message: said.words });
  if (found._ === "reportResultChooseOption") {
    return { kind: "choose", title: found.title, choices: found.options.map((one) => ({ value: atob(one.option), text: one.text })) };
  }
  if (found._ === "reportResultAddComment") return { kind: "comment", optional: found.optional ?? false, value: atob(found.option) };
  return { kind: "done", receipt: await receiptOf(client, what, said.value.replace(DONE_MARK, "")) };
}

/** Reasons why a person or chat is reported, in the order in which they are offered. */
const REASONS: Record<string, Key> = {
  spam: "report.why_spam",
  fake: "report.why_fake",
  violence: "report.why_violence",
  childAbuse: "report.why_child",
  illegalDrugs: "report.why_goods",
  personalDetails: "report.why_privacy",
  copyright: "report.why_copyright",
  other: "report.why_other",
  danger: "report.why_danger",
  unwanted: "report.why_unwanted",
};
const NAMES: Record<string, ReportReason["_"]> = {
  spam: "inputReportReasonSpam",
  fake: "inputReportReasonFake",
  violence: "inputReportReasonViolence",
  danger: "inputReportReasonViolence",
  childAbuse: "inputReportReasonChildAbuse",
  illegalDrugs: "inputReportReasonIllegalDrugs",
  personalDetails: "inputReportReasonPersonalDetails",
  copyright: "inputReportReasonCopyright",
  other: "inputReportReasonOther",
};

/** A whole chat has no tree of the server's. */
async function askWhole(client: Client, what: Reported, said: Said): Promise<Step> {
  if (!said.value) {
    const choices = Object.entries(REASONS).map(([value, key]) => ({ value, text: t(key) }));
    return { kind: "choose", title: t("report.why"), choices };
  }
  const name = said.value.replace(DONE_MARK, "");
  if (name === said.value) return { kind: "comment", optional: name !== "other" && name !== DANGER, value: `${name}!` };
  const reason = { _: NAMES[name] ?? "inputReportReasonOther" } as ReportReason;
  await client.connection.call("account.reportPeer", { peer: client.store.input(what.chat), reason, message: said.words });
  return { kind: "done", receipt: await receiptOf(client, what, name === DANGER ? "violence" : name) };
}

/** The report was taken: a number that does not come is no reason to say anything else. */
async function receiptOf(client: Client, what: Reported, reason: string): Promise<petitbleu_receipt | null> {
  const peer = client.store.input(what.chat);
  return client.connection.call("petitbleu.getReceipt", { peer, id: [...what.ids], reason }).catch(() => null);
}

// What can be done besides.

/** Who wrote all of it, or who it is: the person to block; "" where there is no one. */
export function personIn(client: Client, { chat, ids }: Reported): string {
  if (!ids.length) return chat.startsWith("u") ? chat : "";
  const authors = new Set(ids.map((id) => {
    const found = client.store.message(chat, id);
    if (found?._ !== "message") return "";
    return found.from_id ? keyOf(found.from_id) : chat;
  }));
  const [author = ""] = authors;
  return authors.size === 1 && author.startsWith("u") && author !== `u${client.store.me}` ? author : "";
}

/** Hear nothing more of a person. */
export async function blockPerson(client: Client, person: string): Promise<void> {
  await client.connection.call("contacts.block", { id: client.store.input(person) });
  client.store.isBlocked(person).value = true;
}

/** Hear no sound of a chat; whether it can be muted. */
export function mayMute(client: Client, chat: string): boolean {
  const talk = client.store.talk(chat).value;
  return talk !== undefined && talk.mutedUntil < client.store.now();
}

export function muteChat(client: Client, chat: string): void {
  mute(client, chat, true);
}

/** What leaving a chat is called; null where it cannot be left so. */
export function leaveKey(client: Client, chat: string): Key | null {
  const entity = client.store.entity(chat).value;
  if (!entity || entity._ === "user" || !isMember(entity) || ("creator" in entity && entity.creator)) return null;
  return isBroadcast(entity) ? "info.leave_channel" : "info.leave_group";
}

export async function leaveChat(client: Client, chat: string): Promise<void> {
  const { connection, store, sync } = client;
  const updates = chat.startsWith("g")
    ? await connection.call("messages.deleteChatUser", { chat_id: chat.slice(1), user_id: { _: "inputUserSelf" } })
    : await connection.call("channels.leaveChannel", { channel: channelOf(client, chat) });
  sync.take(updates);
  if (chat.startsWith("c")) store.removeTalk(chat);
}
