/** Leaves out of memory what nobody looks at: however long a page is open, it holds so much and no more. */
import type { PeerKey } from "./keys.ts";
import { cut } from "./slices.ts";
import type { Store } from "./store.ts";

interface Limit {
  /** Messages of a chat before it is cut, and afterwards. */
  readonly most: number;
  readonly left: number;
}
/** Where nobody looks, and where somebody does. */
const UNSEEN: Limit = { most: 600, left: 300 };
const SEEN: Limit = { most: 3000, left: 2000 };

/** To be called when messages have come. */
export function tidy(store: Store): void {
  for (const chat of store.filled) {
    const histories = [chat, ...store.threadsOf(chat)].map((key) => store.history(key));
    const limits = histories.map(({ near }) => (near === null ? UNSEEN : SEEN));
    const most = limits.reduce((sum, limit) => sum + limit.most, 0);
    if (store.history(chat).messages.size <= most) continue;
    for (const [at, history] of histories.entries()) {
      history.slices = cut(history.slices, history.near ?? Infinity, limits[at]?.left ?? 0);
    }
    sweep(store, chat);
    for (const { version } of histories) version.value++;
  }
  store.filled.clear();
}

/** Drop the messages that are in no slice; what has just come is in none while a page is on its way. */
function sweep(store: Store, chat: PeerKey): void {
  const { messages } = store.history(chat);
  const wanted = new Set([store.talk(chat).peek()?.top ?? 0]);
  for (const key of [chat, ...store.threadsOf(chat)]) for (const { ids } of store.history(key).slices) for (const id of ids) wanted.add(id);
  for (const id of [...messages.keys()].sort((a, b) => b - a).slice(0, UNSEEN.left)) wanted.add(id);
  for (const id of [...wanted]) {
    const reply = messages.get(id)?.reply_to;
    if (reply?._ === "messageReplyHeader" && reply.reply_to_msg_id) wanted.add(reply.reply_to_msg_id);
  }
  for (const [id, message] of messages) if (!wanted.has(id) && !(message._ === "message" && message.pinned)) messages.delete(id);
}
