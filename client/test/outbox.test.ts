/** What is written arrives once and in order, whatever breaks, is refused, or is loaded anew. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Keep } from "../src/state/keep.ts";
import { Outbox } from "../src/state/outbox.ts";
import { Store } from "../src/state/store.ts";
import { Connection } from "../src/wire/connection.ts";
import { findEach } from "./kit/faults.ts";
import type { Faults } from "./kit/faults.ts";
import { Server, Time } from "./kit/server.ts";

type Box = typeof Outbox;
const FAULTS: Faults = {
  "lose the order": ["this.request(entry, this.before(entry))", "this.request(entry, null)"],
  "wait for one that waits": ["let at = all.findIndex((one) => one.randomId === entry.randomId) - 1", "let at = all.length - 1"],
  "forget how the chat was named": ["(!this.store.entity(chat).peek() && entry.peer) || this.store.input(chat)", "this.store.input(chat)"],
  "another number at each try": ["random_id: entry.randomId", "random_id: randomLong()"],
  "forget it over a reload": ['for (const entry of fresh) if (entry.state !== "failed") this.send(entry);', ""],
  "keep nothing": ["? this.keep.set(KEY + this.tab, left)", "? Promise.resolve()"],
  "throw away what was refused": ['this.change(entry.randomId, { state: "failed", error: { kind, code, value, incident } });', "this.discard(entry.randomId);"],
  "leave what waited for a refused one": ["if (again) this.send(again);", ""],
  "leave what has arrived": ["this.take(updates);\n          this.discard(entry.randomId);", "this.take(updates);"],
  "forget that it was refused": ['{ state: "failed", error: { kind, code, value, incident } }', '{ state: "sending" }'],
};
const RUNS = Number(process.env["PROPERTY_RUNS"] ?? 500);
const LONG_MS = 60_000;
const listener = { updates() {}, opened() {}, state() {}, ended() {}, rotate() {} };

/** What a tab keeps, over its pages. */
class Kept {
  readonly values = new Map<string, unknown>();
  /** As one page has it: when that is gone it keeps nothing more. */
  forPage(page: Page): Keep {
    return {
      get: async (name) => structuredClone(this.values.get(name)),
      set: async (name, value) => void (page.gone || this.values.set(name, structuredClone(value))),
      remove: async (name) => void (page.gone || this.values.delete(name)),
      names: async () => [...this.values.keys()],
    };
  }
}

class Page {
  gone = false;
  readonly connection: Connection;
  readonly outbox: Outbox;
  private readonly store = new Store();

  constructor(box: Box, server: Server, time: Time) {
    const about = { build: "b", lang: "en" };
    this.connection = new Connection(listener, { socket: server.connect, poll: server.connect }, time, about);
    this.outbox = new box(this.connection, this.store, () => {});
  }

  async open(kept: Kept): Promise<void> {
    await this.outbox.open(kept.forPage(this), { name: "tab", afterEnd: (_, adopt) => adopt() });
    this.connection.start();
    // The list comes later than what was kept.
    const named = [{ _: "user", id: "7", access_hash: HASH }, { _: "channel", id: "8", access_hash: HASH }];
    this.store.putEntities(named as never, []);
  }

  leave(): void {
    this.gone = true;
    this.connection.stop();
  }

  failed(): string[] {
    return this.outbox.entries.peek().flatMap((one) => (one.state === "failed" ? one.randomId : []));
  }
}

const MOST = 2000;
const HASH = "5";
const turn = () => new Promise((resume) => setImmediate(resume));

type Act = { kind: "say"; chat: string; refused: boolean } | { kind: "retry" | "discard"; at: number } | { kind: "cut" | "open" | "forget" | "mute" | "deafen" | "wait" | "reload" };
const ofPage = fc.constantFrom("cut", "open", "open", "forget", "mute", "deafen", "wait", "reload");
const acts: fc.Arbitrary<Act[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant("say" as const), chat: fc.constantFrom("u7", "c8"), refused: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom("retry" as const, "discard" as const), at: fc.nat(5) }) },
    { weight: 3, arbitrary: fc.record({ kind: ofPage }) as fc.Arbitrary<Act> },
  ),
  { maxLength: 40 },
);

/** A tab, its server, and what its person did. */
class Tale {
  readonly server = new Server();
  readonly time = new Time();
  readonly kept = new Kept();
  page: Page;
  readonly written = new Map<string, string>();
  /** Refused or given up once: these have no place in the order, or may not arrive. */
  readonly odd = new Set<string>();
  readonly discarded = new Set<string>();
  private readonly box: Box;
  private turns = 0;

  constructor(box: Box) {
    [this.server.later, this.server.working] = [[], []];
    this.server.refuses = ({ peer }) => ((peer as { access_hash: string }).access_hash === HASH ? "" : "PEER_ID_INVALID");
    this.box = box;
    this.page = new Page(box, this.server, this.time);
  }

  async perform(act: Act): Promise<void> {
    const { server, page } = this;
    if (act.kind === "say") this.say(act.chat, act.refused);
    else if (act.kind === "retry" || act.kind === "discard") this.decide(act.kind, page.failed()[act.at]);
    else if (act.kind === "cut") server.cut();
    else if (act.kind === "open") server.open();
    else if (act.kind === "forget") server.refusesResume = true;
    else if (act.kind === "mute") server.silent = true;
    else if (act.kind === "deafen") server.deaf = true;
    else if (act.kind === "wait") this.time.pass(LONG_MS);
    else {
      page.leave();
      this.page = new Page(this.box, server, this.time);
      await this.page.open(this.kept);
    }
    await this.rest();
  }

  /** Let all that is on its way arrive, one after the other as messages of a socket do. */
  private async rest(): Promise<void> {
    const { server } = this;
    await turn();
    for (let isBusy = true; isBusy; assert.ok(++this.turns < MOST, "it goes on for ever")) {
      isBusy = server.work();
      for (let arrive = server.later?.shift(); arrive; arrive = server.later?.shift()) {
        arrive();
        await turn();
      }
    }
  }

  private say(chat: string, refused: boolean): void {
    const randomId = String(this.written.size + 1);
    this.written.set(randomId, chat);
    if (refused) {
      this.odd.add(randomId);
      this.server.refused.set(randomId, "TEXT_REFUSED");
    }
    this.page.outbox.add({ chat, text: `text ${randomId}`, entities: [], randomId });
  }

  private decide(what: "retry" | "discard", id: string | undefined): void {
    if (id === undefined) return;
    if (what === "discard") {
      this.discarded.add(id);
      return this.page.outbox.discard(id);
    }
    this.server.refused.delete(id);
    this.page.outbox.retry(id);
  }

  /** Nothing breaks any more. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 3; turn++) {
      this.server.cut();
      this.time.pass(LONG_MS);
      this.server.open();
      await this.rest();
    }
  }

  /** Those that were never refused, in a chat, in the order in which they are given. */
  inOrder(ids: Iterable<string>, chat: string): string[] {
    return [...ids].filter((id) => this.written.get(id) === chat && !this.odd.has(id));
  }
}

async function checkOutbox(box: Box, numRuns: number, endOnFailure = false): Promise<void> {
  const property = fc.asyncProperty(acts, async (list) => {
    const tale = new Tale(box);
    await tale.page.open(tale.kept);
    tale.server.open();
    for (const act of list) await tale.perform(act);
    await tale.settle();
    const { server, written, discarded } = tale;
    const left = tale.page.outbox.entries.peek().map((one) => one.randomId);
    assert.deepEqual(tale.page.failed(), left, "what is left was refused");
    for (const id of left) assert.ok(server.refused.has(id), "what was not refused is not left");
    for (const chat of ["u7", "c8"]) assert.deepEqual(tale.inOrder(server.done, chat), tale.inOrder(written.keys(), chat));
    server.refused.clear();
    for (const id of left) tale.page.outbox.retry(id);
    await tale.settle();
    const wanted = [...written.keys()].filter((id) => !discarded.has(id));
    assert.deepEqual(server.done.filter((id) => !discarded.has(id)).sort(), wanted.sort(), "each arrives once");
    assert.deepEqual([tale.page.outbox.entries.peek().length, tale.kept.values.size], [0, 0]);
    tale.page.leave();
  });
  await fc.assert(property, { numRuns, endOnFailure });
}

test("what is written arrives once and in order", () => checkOutbox(Outbox, RUNS));

test("each planted fault is found", () => findEach<{ Outbox: Box }>("state/outbox.ts", FAULTS, ({ Outbox: faulty }) => checkOutbox(faulty, 2000, true)));
