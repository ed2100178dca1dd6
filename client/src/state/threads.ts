/** A thread of a supergroup has a history of its own: its key is the group's, `t`, and its first message. Pure. */
import type { Message } from "../wire/schema.d.ts";
import type { PeerKey } from "./keys.ts";

export interface Thread {
  chat: PeerKey;
  top: number;
}

/** The key of a thread's history. */
export function keyOfThread({ chat, top }: Thread): string {
  return `${chat}t${top}`;
}

/** The thread that a key names, if it does. */
export function threadOf(key: string): Thread | null {
  const [, chat, top] = /^(c\d+)t(\d+)$/.exec(key) ?? [];
  return chat && top ? { chat, top: Number(top) } : null;
}

/** Whether a key is of a thread in this chat. */
export function isThreadIn(key: string, chat: PeerKey): boolean {
  return key.startsWith(`${chat}t`);
}

/** The first message of the thread that a message belongs to, or 0. */
export function topOf(message: Message): number {
  const to = "reply_to" in message ? message.reply_to : undefined;
  return to?._ === "messageReplyHeader" ? (to.reply_to_top_id ?? to.reply_to_msg_id ?? 0) : 0;
}
