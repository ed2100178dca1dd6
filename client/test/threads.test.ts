/** Threads have histories of their own: what comes and goes in the group changes them too. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { applyAll } from "../src/state/apply.ts";
import { Store } from "../src/state/store.ts";
import { keyOfThread, threadOf, topOf } from "../src/state/threads.ts";
import type { Update, message } from "../src/wire/schema.d.ts";

const GROUP = "c9";
const KEY = keyOfThread({ chat: GROUP, top: 5 });

function comment(id: number, reply: { reply_to_msg_id?: number; reply_to_top_id?: number } = { reply_to_msg_id: 5 }): message {
  return { _: "message", id, peer_id: { _: "peerChannel", channel_id: "9" }, date: id, message: `n${id}`, reply_to: { _: "messageReplyHeader", ...reply } } as message;
}

function come(store: Store, one: message): void {
  applyAll(store, [{ _: "updateNewChannelMessage", message: one, pts: 0, pts_count: 0 } as Update]);
}

test("keys of threads are told from those of chats", () => {
  assert.deepEqual(threadOf(KEY), { chat: GROUP, top: 5 });
  for (const other of ["c9", "u9t5", "c9t", "g9t5"]) assert.equal(threadOf(other), null);
  assert.equal(topOf(comment(7, { reply_to_msg_id: 6, reply_to_top_id: 5 })), 5);
  assert.equal(topOf(comment(7)), 5);
});

test("a comment comes into its thread, and is taken out of it", () => {
  const store = new Store();
  store.setSlices(KEY, () => [{ ids: [6], start: true, end: true }]);
  store.setSlices("c9t50", () => [{ ids: [51], start: true, end: true }]);
  const ids = (key: string) => store.history(key).slices.flatMap((one) => one.ids);
  come(store, comment(7));
  come(store, comment(8, { reply_to_msg_id: 7, reply_to_top_id: 5 }));
  come(store, comment(9, { reply_to_msg_id: 50 }));
  assert.deepEqual([ids(KEY), ids("c9t50")], [[6, 7, 8], [51, 9].sort((a, b) => a - b)]);
  applyAll(store, [{ _: "updateDeleteChannelMessages", channel_id: "9", messages: [7], pts: 0, pts_count: 0 } as Update]);
  assert.deepEqual(ids(KEY), [6, 8]);
  store.forget(GROUP);
  assert.deepEqual([ids(KEY), ids("c9t50")], [[], []]);
});
