/** An answer may be older than the updates that came before it: what they changed stays changed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { applyAll } from "../src/state/apply.ts";
import { Loader } from "../src/state/load.ts";
import { newest } from "../src/state/slices.ts";
import { Store } from "../src/state/store.ts";
import type { Sync } from "../src/state/sync.ts";
import type { Connection } from "../src/wire/connection.ts";
import type { Message, Update } from "../src/wire/schema.d.ts";

const RUNS = Number(process.env["PROPERTY_RUNS"] ?? 500);
const KEY = "u7";

const message = (id: number, text: string) =>
  ({ _: "message", id, peer_id: { _: "peerUser", user_id: "7" }, date: id, message: text }) as unknown as Message;

/** A server with one chat; answers are made when they are asked for, and come when they are let through. */
class Server {
  texts = new Map<number, string>([[1, "one"], [2, "two"]]);
  readonly waiting: (() => void)[] = [];
  onStale: () => void = () => {};
  private readonly store: Store;

  constructor(store: Store) {
    this.store = store;
  }

  call = (method: string, params: { id?: { id: number }[] }): Promise<unknown> => {
    const all = [...this.texts].map(([id, text]) => message(id, text)).reverse();
    const base = { users: [], chats: [] };
    const asked = params.id?.map((one) => one.id);
    const messages = asked ? all.filter((one) => asked.includes(one.id)) : all;
    const top = Math.max(0, ...this.texts.keys());
    const dialog = { _: "dialog", peer: { _: "peerUser", user_id: "7" }, top_message: top, unread_count: this.texts.size, read_inbox_max_id: 0, read_outbox_max_id: 0, unread_mentions_count: 0, notify_settings: {} };
    const made = method === "messages.getPeerDialogs" ? { ...base, messages: all.slice(0, 1), dialogs: [dialog] } : { _: "messages.messages", ...base, messages };
    return new Promise((resolve) => this.waiting.push(() => resolve(made)));
  };

  /** Something happens, and the page hears of it at once. */
  happen(update: Update): void {
    applyAll(this.store, [update]);
    if (this.store.stale.delete(KEY)) this.onStale();
  }

  add(id: number): void {
    this.texts.set(id, `text ${id}`);
    this.happen({ _: "updateNewMessage", message: message(id, `text ${id}`), pts: 0, pts_count: 0 });
  }

  edit(id: number, text: string): void {
    if (!this.texts.has(id)) return;
    this.texts.set(id, text);
    this.happen({ _: "updateEditMessage", message: message(id, text), pts: 0, pts_count: 0 });
  }

  /** A reaction tells nothing of the text. */
  react(id: number): void {
    if (this.texts.has(id)) this.happen({ _: "updateMessageReactions", peer: { _: "peerUser", user_id: "7" }, msg_id: id, reactions: { _: "messageReactions", results: [] } } as unknown as Update);
  }

  remove(id: number): void {
    if (!this.texts.delete(id)) return;
    this.happen({ _: "updateDeleteMessages", messages: [id], pts: 0, pts_count: 0 });
  }
}

type Act = "history" | "row" | "add" | "edit" | "react" | "remove" | "answer";
const acts = fc.array(fc.tuple(fc.constantFrom<Act>("history", "row", "add", "add", "edit", "react", "remove", "answer"), fc.nat(20)), { maxLength: 40 });
const rest = () => new Promise((resume) => setImmediate(resume));

/** As a device had kept the chat: a text that has been edited since, a message that is gone. */
function restored(store: Store): void {
  store.putMessages([message(1, "one, before"), message(2, "two"), message(3, "gone")]);
  store.setSlices(KEY, () => [{ ids: [1, 2, 3], start: true, end: true }]);
  store.restored.add(KEY);
  store.unconfirmed.add(KEY);
}

test("answers and updates in any order end in what the server has", async () => {
  await fc.assert(
    fc.asyncProperty(acts, fc.boolean(), async (list, kept) => {
      const store = new Store();
      if (kept) restored(store);
      const server = new Server(store);
      const loader = new Loader(server as unknown as Connection, store, { known() {} } as unknown as Sync);
      server.onStale = () => void loader.rows([KEY]);
      server.onStale();
      void loader.around(KEY, 0);
      let next = 4;
      for (const [act, n] of list) {
        const ids = [...server.texts.keys()];
        const id = ids[n % Math.max(1, ids.length)] ?? 0;
        if (act === "history") void loader.around(KEY, 0);
        else if (act === "row") void loader.rows([KEY]);
        else if (act === "add") server.add(next++);
        else if (act === "edit") server.edit(id, `edit ${n} ${next}`);
        else if (act === "react") server.react(id);
        else if (act === "remove") server.remove(id);
        else server.waiting.splice(n % Math.max(1, server.waiting.length), 1)[0]?.();
        await rest();
      }
      for (let turn = 0; turn < 100 && server.waiting.length; turn++) {
        server.waiting.shift()?.();
        await rest();
      }
      assert.equal(server.waiting.length, 0, "it asks without end");
      const { slices, messages } = store.history(KEY);
      const shown = (newest(slices)?.ids ?? []).map((id) => messages.get(id));
      const texts = shown.map((one) => (one?._ === "message" ? one.message : "?"));
      assert.deepEqual(texts, [...server.texts.values()]);
      assert.equal(store.talk(KEY).peek()?.top ?? 0, Math.max(0, ...server.texts.keys()));
    }),
    { numRuns: Math.min(RUNS, 20_000) },
  );
});
