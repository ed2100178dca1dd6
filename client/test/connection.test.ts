/** Calls over a connection that breaks anywhere: each is answered once, in order, none is done twice. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import type { Connect, Outgoing } from "../src/wire/carriers.ts";
import { Connection } from "../src/wire/connection.ts";
import type { Method } from "../src/wire/frames.ts";
import { SOON } from "../src/wire/repeats.ts";
import { Server, Time } from "./kit/server.ts";

const RUNS = Number(process.env["PROPERTY_RUNS"] ?? 500);

const acts = fc.array(fc.constantFrom("call", "call", "call", "cut", "open", "forget", "mute", "wait", "deafen"), { maxLength: 60 });

test("whatever breaks, each message is sent once and answered once", async () => {
  await fc.assert(
    fc.asyncProperty(acts, async (list) => {
      const server = new Server();
      const time = new Time();
      const listener = { updates() {}, opened() {}, state() {}, ended() {}, rotate() {} };
      const connection = new Connection(listener, { socket: server.connect, poll: server.connect }, time, { build: "b", lang: "en" });
      const answers: string[] = [];
      let made = 0;
      connection.start();
      server.open();
      for (const act of list) {
        if (act === "call") {
          const random_id = String(++made);
          void connection.call("messages.sendMessage", { random_id } as never).then((ok) => answers.push(String(ok)));
        } else if (act === "cut") server.cut();
        else if (act === "open") server.open();
        else if (act === "forget") server.refusesResume = true;
        else if (act === "mute") server.silent = true;
        else if (act === "deafen") server.deaf = true;
        else time.pass(40_000);
      }
      server.cut();
      time.pass(60_000);
      server.open();
      await new Promise((resume) => setImmediate(resume));
      const wanted = Array.from({ length: made }, (_, at) => String(at + 1));
      assert.deepEqual([...answers].sort((a, b) => Number(a) - Number(b)), wanted);
      assert.deepEqual([...server.done].sort((a, b) => Number(a) - Number(b)), wanted);
      assert.equal(connection.stream.pending.size, 0);
      connection.stop();
    }),
    { numRuns: RUNS },
  );
});

test("what may not be repeated is said to be unsure, and not repeated", async () => {
  const server = new Server();
  const time = new Time();
  const listener = { updates() {}, opened() {}, state() {}, ended() {}, rotate() {} };
  const connection = new Connection(listener, { socket: server.connect, poll: server.connect }, time, { build: "b", lang: "en" });
  connection.start();
  server.open();
  server.silent = true;
  const answer = connection.call("channels.createChannel", { title: "x" } as never);
  server.refusesResume = true;
  server.cut();
  time.pass(60_000);
  server.open();
  await assert.rejects(answer, { kind: "UNSURE" });
  assert.equal(server.done.length, 1);
  connection.stop();
});

/** A call is carried out, its answer lost with the session, and the page back after so long. */
function lost(method: Method, away: number) {
  const server = new Server();
  const time = new Time();
  const made: string[] = [];
  server.refuses = ({ _ }) => (made.push(_), "");
  const connection = new Connection({ updates() {}, opened() {}, state() {}, ended() {}, rotate() {} }, { socket: server.connect, poll: server.connect }, time, { build: "b", lang: "en" });
  connection.start();
  server.open();
  server.silent = true;
  const answer = connection.call(method, { id: 1 } as never);
  server.refusesResume = true;
  server.cut();
  time.pass(away);
  return { server, made, answer, back: () => server.open(), stop: () => connection.stop() };
}

test("what sets a value is set again, if the cut was a moment ago", async () => {
  const soon = lost("messages.sendReaction", 5_000);
  soon.back();
  await soon.answer;
  assert.deepEqual(soon.made, ["messages.sendReaction", "messages.sendReaction"]);
  soon.stop();
  const late = lost("messages.sendReaction", 120_000);
  late.back();
  await assert.rejects(late.answer, { kind: "UNSURE" });
  assert.deepEqual(late.made, ["messages.sendReaction"]);
  late.stop();
});

test("what is refused as done when it is made again was done", async () => {
  const { server, answer, back, stop } = lost("messages.editMessage", 5_000);
  server.refuses = () => "MESSAGE_NOT_MODIFIED";
  back();
  assert.deepEqual(await answer, { _: "updatesTooLong" });
  stop();
});

test("what is refused the first time is refused", async () => {
  const server = new Server();
  server.refuses = () => "MESSAGE_NOT_MODIFIED";
  const connection = new Connection({ updates() {}, opened() {}, state() {}, ended() {}, rotate() {} }, { socket: server.connect, poll: server.connect }, new Time(), { build: "b", lang: "en" });
  connection.start();
  server.open();
  await assert.rejects(connection.call("messages.editMessage", { id: 1 } as never), { kind: "MESSAGE_NOT_MODIFIED" });
  connection.stop();
});

test("what is made again is harmless at the server", () => {
  const text = readFileSync(join(import.meta.dirname, "../../docs/developers/repeated-calls.md"), "utf-8");
  const harmless = text.split("\n## ").filter((part) => /^(Finds it done|Sets a value)/.test(part)).join();
  const listed = new Set(harmless.match(/[a-z]+\.[A-Za-z]+/g));
  assert.ok(SOON.size > 40);
  assert.deepEqual([...SOON].filter((method) => !listed.has(method)), []);
});

for (const how of ["bye", "opened"] as const) {
  test(`a suspension told by ${how} ends the connection for good, with what is told`, () => {
    const time = new Time();
    const server = new Server();
    const ends: unknown[] = [];
    const listener = { updates() {}, opened() {}, state() {}, rotate() {}, ended: (...given: unknown[]) => ends.push(given) };
    const connection = new Connection(listener, { socket: server.connect, poll: server.connect }, time, { build: "b", lang: "en" });
    connection.start();
    if (how === "opened") server.suspended = true;
    server.open();
    if (how === "bye") server.heard?.frame({ bye: "suspended", reasons: "Rule 1" }, true);
    assert.deepEqual(ends, [["suspended", how === "bye" ? { bye: "suspended", reasons: "Rule 1" } : {}]]);
    time.pass(600_000);
    server.open();
    assert.equal(ends.length, 1);
  });
}

test("the third handshake that fails leads to the long poll", () => {
  const time = new Time();
  const used: string[] = [];
  const failing = (name: string): Connect => (_, heard) => {
    used.push(name);
    time.later(() => heard.closed(1006), 1);
    return { send() {}, close() {} };
  };
  const listener = { updates() {}, opened() {}, state() {}, ended() {}, rotate() {} };
  const connection = new Connection(listener, { socket: failing("socket"), poll: failing("poll") }, time, { build: "b", lang: "en" });
  connection.start();
  for (let turn = 0; turn < 8; turn++) time.pass(3000);
  assert.deepEqual(used.slice(0, 4), ["socket", "socket", "socket", "poll"]);
  connection.stop();
});
