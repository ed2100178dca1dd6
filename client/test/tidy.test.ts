/** However much comes, the page holds so much and no more; what somebody looks at stays. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { applyAll } from "../src/state/apply.ts";
import { newest } from "../src/state/slices.ts";
import { Store } from "../src/state/store.ts";
import { tidy } from "../src/state/tidy.ts";
import type { Message, Update } from "../src/wire/schema.d.ts";

const KEY = "c9";

function message(id: number, chat = KEY, reply = 0): Message {
  const reply_to = reply ? { _: "messageReplyHeader", reply_to_msg_id: reply } : undefined;
  return { _: "message", id, peer_id: { _: "peerChannel", channel_id: chat.slice(1) }, date: id, message: `n${id}`, reply_to } as unknown as Message;
}

function come(store: Store, one: Message): void {
  applyAll(store, [{ _: "updateNewChannelMessage", message: one, pts: 0, pts_count: 0 } as Update]);
  tidy(store);
}

/** A history of `count` messages of which the store knows all. */
function filled(store: Store, count: number): void {
  store.putMessages(Array.from({ length: count }, (_, at) => message(at + 1)));
  store.setSlices(KEY, () => [{ ids: Array.from({ length: count }, (_, at) => at + 1), start: true, end: true }]);
}

test("eight hours of messages in twenty chats that nobody looks at", () => {
  const store = new Store();
  const chats = Array.from({ length: 20 }, (_, at) => `c${at + 1}`);
  for (const chat of chats.slice(10)) store.setSlices(chat, () => [{ ids: [], start: true, end: true }]);
  for (let id = 1; id <= 1440; id++) for (const chat of chats) come(store, message(id, chat));
  for (const chat of chats) {
    const { messages, slices } = store.history(chat);
    assert.ok(messages.size <= 600, `${messages.size} of ${chat}`);
    assert.ok(messages.has(1440));
    for (const id of slices.flatMap((slice) => slice.ids)) assert.ok(messages.has(id));
  }
  assert.equal(newest(store.history("c11").slices)?.ids.at(-1), 1440);
  assert.equal(newest(store.history("c11").slices)?.start, false);
});

test("what is looked at stays, and the newest", () => {
  const store = new Store();
  store.history(KEY).near = 5000;
  filled(store, 20_000);
  tidy(store);
  const { messages, slices } = store.history(KEY);
  assert.ok(messages.size <= 2400, `${messages.size}`);
  assert.deepEqual(slices.map((one) => [one.ids[0], one.ids.at(-1), one.start, one.end]), [[4000, 5999, false, false], [19_901, 20_000, false, true]]);
  for (let id = 4000; id < 6000; id++) assert.ok(messages.has(id));
  come(store, message(20_001));
  assert.equal(newest(store.history(KEY).slices)?.ids.at(-1), 20_001);
});

test("what is replied to and what is pinned stay", () => {
  const store = new Store();
  filled(store, 2000);
  store.putMessages([message(2000, KEY, 3), { ...message(5), pinned: true } as Message]);
  tidy(store);
  const { messages } = store.history(KEY);
  assert.deepEqual([3, 4, 5].map((id) => messages.has(id)), [true, false, true]);
});

test("what comes while the first page is on its way is still there when it is", () => {
  const store = new Store();
  for (let id = 1; id <= 599; id++) come(store, message(id));
  const since = store.journal.now();
  for (let id = 600; id <= 700; id++) come(store, message(id));
  for (const id of store.journal.since(since).arrived(KEY)) assert.ok(store.message(KEY, id), String(id));
});
