/** The calls of the composer. */
import { t } from "../../i18n/index.ts";
import type { Client } from "../../state/client.ts";
import { withHashes } from "../../state/mentions.ts";
import { newest } from "../../state/slices.ts";
import { confirmDone } from "../../ui/announcer.ts";
import type { Rich } from "../../ui/markdown.ts";
import { isError } from "../../wire/errors.ts";

const TYPING_MS = 5000;
let said = 0;

/** Change what was sent. */
export async function saveEdit(client: Client, chat: string, id: number, { text, entities }: Rich): Promise<void> {
  try {
    const asked = { peer: client.store.input(chat), id, message: text, entities: withHashes(client.store, entities) };
    const made = await client.connection.call("messages.editMessage", asked);
    client.sync.take(made);
    // A channel with a second reader changes nothing yet.
    if (made._ === "updates" && !made.updates.length && chat.startsWith("c")) confirmDone(t("review.edit_waits"));
  } catch (error) {
    if (!isError(error, "MESSAGE_NOT_MODIFIED")) throw error;
  }
}

/** The newest message of mine that can be edited, or 0. */
export function lastOwn(client: Client, chat: string): number {
  const { slices, messages } = client.store.history(chat);
  return newest(slices)?.ids.findLast((id) => {
    const message = messages.get(id);
    return message?._ === "message" && message.out && !message.fwd_from && message.message !== "";
  }) ?? 0;
}

/** Tell the others that I am writing, now and then. */
export function sayTyping(client: Client, chat: string): void {
  if (Date.now() - said < TYPING_MS || client.link.peek() !== "online") return;
  said = Date.now();
  const asked = { peer: client.store.input(chat), action: { _: "sendMessageTypingAction" as const } };
  client.connection.call("messages.setTyping", asked).catch(() => {});
}
