/** The calls of comments. */
import { batch } from "@preact/signals";
import type { Client } from "../../state/client.ts";
import { keyOf } from "../../state/keys.ts";
import type { Shown } from "../../state/store.ts";
import { keyOfThread } from "../../state/threads.ts";
import type { message as TextMessage } from "../../wire/schema.d.ts";

export interface Discussion {
  /** The group in which it is talked about. */
  group: string;
  /** What it hangs on there: the post's copy, of an album all of it. */
  posts: readonly TextMessage[];
  top: number;
  readIn: number;
  unread: number;
}

/** The thread under a post of a channel, or under a message of a group. */
export async function loadDiscussion(client: Client, chat: string, post: number): Promise<Discussion> {
  const { store, connection } = client;
  const found = await connection.call("messages.getDiscussionMessage", { peer: store.input(chat), msg_id: post });
  store.putEntities(found.users, found.chats);
  const posts = store.putMessages(found.messages).filter((one): one is TextMessage => one._ === "message").sort((a, b) => a.id - b.id);
  const group = posts[0] ? keyOf(posts[0].peer_id) : chat;
  return { group, posts, top: posts[0]?.id ?? 0, readIn: found.read_inbox_max_id ?? 0, unread: found.unread_count };
}

/** All up to this comment was read. */
export async function readThread(client: Client, group: string, top: number, upTo: number): Promise<void> {
  await client.connection.call("messages.readDiscussion", { peer: client.store.input(group), msg_id: top, read_max_id: upTo });
}

/** What was said since, where no updates come: in a group that one is not in. */
export function renewThread(client: Client, group: string, top: number): Promise<void> {
  return client.load.around(keyOfThread({ chat: group, top }), 0);
}

const PAUSE_MS = 600;
const counted = new Set<string>();
let waiting: { chat: string; ids: Set<number> } | null = null;

/** A post stands in view: that is counted once, and its numbers are made new. */
export function countView(client: Client, chat: string, message: Shown | undefined): void {
  if (message?._ !== "message" || !message.post || message.views === undefined || client.link.peek() !== "online") return;
  const name = `${chat} ${message.id}`;
  if (counted.has(name)) return;
  counted.add(name);
  if (waiting?.chat === chat) return void waiting.ids.add(message.id);
  const now = { chat, ids: new Set([message.id]) };
  waiting = now;
  setTimeout(() => {
    if (waiting === now) waiting = null;
    renewCounts(client, chat, [...now.ids], true).catch(() => {});
  }, PAUSE_MS);
}

/** Views, forwards and comments of posts as they are now. */
export async function renewCounts(client: Client, chat: string, id: number[], increment: boolean): Promise<void> {
  const found = await client.connection.call("messages.getMessagesViews", { peer: client.store.input(chat), id, increment });
  client.store.putEntities(found.users, found.chats);
  batch(() => {
    for (const [at, { views, forwards, replies }] of found.views.entries()) {
      const one = id[at];
      if (one === undefined) continue;
      client.store.replaceMessage(chat, one, (message) => (message._ === "message" ? { ...message, ...(views === undefined ? {} : { views }), ...(forwards === undefined ? {} : { forwards }), ...(replies ? { replies } : {}) } : message));
    }
  });
}
