/** What the device keeps comes back as it was, and gives way to what the server says. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { applyAll } from "../src/state/apply.ts";
import type { Keep } from "../src/state/keep.ts";
import type { About, Kept } from "../src/state/kept.ts";
import { FLAG, Keeper, restore } from "../src/state/kept.ts";
import { Loader } from "../src/state/load.ts";
import { Store } from "../src/state/store.ts";
import type { Connection } from "../src/wire/connection.ts";
import type { Message, User } from "../src/wire/schema.d.ts";

const CHAT = "u7";
const about = { config: { build: "1" }, session: { state: "signed-in", user: "1", trusted: true, rotate: false } } as unknown as About;
const flags = new Map<string, string>();
Object.assign(globalThis, { localStorage: { setItem: (name: string, value: string) => flags.set(name, value) } });

const person = (id: string) => ({ _: "user", id, first_name: `Person ${id}` }) as User;
const message = (id: number, text = `text ${id}`) =>
  ({ _: "message", id, message: text, date: id, peer_id: { _: "peerUser", user_id: "7" }, from_id: { _: "peerUser", user_id: "9" } }) as unknown as Message;

function memory(): Keep & { all: Map<string, unknown> } {
  const all = new Map<string, unknown>();
  return {
    all,
    get: async (name) => all.get(name),
    set: async (name, value) => void all.set(name, structuredClone(value)),
    remove: async (name) => void all.delete(name),
    names: async () => [...all.keys()],
  };
}

function filled(ids: readonly number[]): Store {
  const store = new Store();
  store.me = "1";
  store.putEntities([person("1"), person("7"), person("9")], []);
  store.putMessages(ids.map((id) => message(id)));
  store.putDialog({ _: "dialog", peer: { _: "peerUser", user_id: "7" }, top_message: Math.max(...ids), unread_count: 0, unread_mentions_count: 0, read_inbox_max_id: 0, read_outbox_max_id: 0, notify_settings: { _: "peerNotifySettings" } } as unknown as Parameters<Store["putDialog"]>[0]);
  store.setSlices(CHAT, () => [{ ids, start: true, end: true }]);
  store.sort();
  return store;
}

const ids = (store: Store) => store.history(CHAT).slices.flatMap((slice) => slice.ids);

test("what is kept comes back", async () => {
  const store = filled(Array.from({ length: 70 }, (_, n) => n + 1));
  const keep = memory();
  store.listLoaded.value = true;
  const keeper = new Keeper(store, keep, about);
  await new Promise((resume) => setTimeout(resume, 1700));
  keeper.stop();
  assert.equal(flags.get(FLAG), "1");
  const kept: Kept = { list: keep.all.get("list") as Kept["list"], chats: [[CHAT, keep.all.get(`chat-${CHAT}`) as Kept["chats"][0][1]]] };
  const again = new Store();
  restore(again, kept);
  assert.equal(again.me, "1");
  assert.deepEqual(again.order.value, [CHAT]);
  assert.deepEqual(ids(again), Array.from({ length: 50 }, (_, n) => n + 21));
  assert.equal(again.history(CHAT).slices[0]?.start, false);
  // Who wrote is known too.
  assert.equal((again.entity("u9").value as { first_name: string }).first_name, "Person 9");
  assert.ok(again.restored.has(CHAT) && again.unconfirmed.has(CHAT));
});

test("the server's word replaces it, whatever happened meanwhile", async () => {
  const some = fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 50 });
  await fc.assert(
    fc.asyncProperty(some, some, fc.boolean(), async (before, now, live) => {
      const kept = [...before].sort((a, b) => a - b);
      const there = [...now].sort((a, b) => b - a);
      const store = filled(kept);
      store.restored.add(CHAT);
      const news = live ? [61, 62] : [];
      const connection = {
        call: async () => {
          // What comes while the page is on its way.
          for (const id of news) applyAll(store, [{ _: "updateNewMessage", message: message(id), pts: id, pts_count: 1 }]);
          return { _: "messages.messages", messages: there.map((id) => message(id, "the server's")), users: [], chats: [] };
        },
      } as unknown as Connection;
      await new Loader(connection, store, { known: () => {} } as never).refresh(CHAT);
      assert.deepEqual(ids(store), [...there].reverse().concat(news));
      for (const id of there) assert.equal((store.message(CHAT, id) as { message: string }).message, "the server's");
      for (const id of kept) if (!there.includes(id)) assert.equal(store.message(CHAT, id), undefined);
      assert.ok(!store.restored.has(CHAT));
      applyAll(store, [{ _: "updateNewMessage", message: message(70), pts: 70, pts_count: 1 }]);
      assert.equal(ids(store).at(-1), 70);
    }),
    { numRuns: Number(process.env["PROPERTY_RUNS"] ?? 300) },
  );
});
