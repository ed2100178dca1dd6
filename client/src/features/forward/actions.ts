/** The calls of forwarding. */
import type { Client } from "../../state/client.ts";
import { randomLong } from "../../state/outbox.ts";

export interface Way {
  /** Words that go before. */
  comment: string;
  /** As if they were one's own. */
  withoutAuthor: boolean;
}

/** Forward messages to one chat, the words first. */
export async function forwardTo(client: Client, from: string, ids: readonly number[], to: string, { comment, withoutAuthor }: Way): Promise<void> {
  const { connection, store, sync } = client;
  const to_peer = store.input(to);
  if (comment) sync.take(await connection.call("messages.sendMessage", { peer: to_peer, message: comment, random_id: randomLong() }));
  const asked = { from_peer: store.input(from), id: [...ids], random_id: ids.map(randomLong), to_peer, ...(withoutAuthor ? { drop_author: true } : {}) };
  sync.take(await connection.call("messages.forwardMessages", asked));
}

/** Try each; gives those that did not work with the reason. */
export async function toEach(chats: readonly string[], act: (chat: string) => Promise<unknown>): Promise<Map<string, unknown>> {
  const failed = new Map<string, unknown>();
  for (const chat of chats) await act(chat).catch((error: unknown) => failed.set(chat, error));
  return failed;
}
