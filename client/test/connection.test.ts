/** Calls over a connection that breaks anywhere: each is answered once, in order, none is done twice. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Connect, Heard, Outgoing } from "../src/wire/carriers.ts";
import { Connection } from "../src/wire/connection.ts";
import type { CallFrame } from "../src/wire/frames.ts";

const RUNS = Number(process.env["PROPERTY_RUNS"] ?? 500);

/** Timers that run when they are told to. */
class Time {
  at = 0;
  private queue: { at: number; run: () => void }[] = [];
  later = (run: () => void, ms: number) => {
    const entry = { at: this.at + ms, run };
    this.queue.push(entry);
    return () => void (this.queue = this.queue.filter((one) => one !== entry));
  };
  now = () => this.at;
  random = () => 0.5;
  pass(ms: number): void {
    this.at += ms;
    for (const one of this.queue.filter((entry) => entry.at <= this.at)) {
      this.queue = this.queue.filter((entry) => entry !== one);
      one.run();
    }
  }
}

/** A server as the contract has it: counted frames, resume, first answers kept. */
class Server {
  /** What was carried out: the random_id of each. */
  done: string[] = [];
  heard: Heard | null = null;
  refusesResume = false;
  private name = 0;
  private queue: { i: number; ok: string }[] = [];
  private base = 0;
  private answers = new Map<number, string>();
  private after = new Map<number, boolean>();

  connect: Connect = (opening, heard) => {
    this.heard = heard;
    this.deaf = this.silent = false;
    const resumed = opening["session"] === `s${this.name}` && !this.refusesResume;
    if (resumed) {
      const got = Number(opening["got"]) - this.base;
      this.base += got;
      this.queue.splice(0, got);
    } else {
      this.name++;
      [this.queue, this.base] = [[], 0];
      this.answers.clear();
      this.after.clear();
    }
    this.refusesResume = false;
    this.opened = { session: `s${this.name}`, resumed };
    return { send: (frames) => this.heard === heard && frames.forEach((frame) => this.take(frame)), close: () => this.cut(heard) };
  };
  opened: { session: string; resumed: boolean } | null = null;
  /** Nothing reaches the server, or nothing comes back, until the carrier breaks. */
  deaf = false;

  open(): void {
    if (!this.opened || !this.heard) return;
    const opened = { ...this.opened, now: 1, build: "b", rotate: false };
    this.opened = null;
    const waiting = [...this.queue];
    this.heard.frame({ opened }, true);
    for (const frame of waiting) this.heard?.frame(frame, true);
  }

  private take(frame: Outgoing): void {
    if (!("q" in frame)) return;
    if (this.deaf) return;
    const call = frame as CallFrame;
    if (!this.answers.has(call.i)) {
      const id = String(call.q["random_id"]);
      if (!this.done.includes(id)) this.done.push(id);
      this.answers.set(call.i, id);
      this.queue.push({ i: call.i, ok: id });
      if (!this.silent) this.heard?.frame({ i: call.i, ok: id }, true);
    }
  }
  silent = false;

  cut(heard = this.heard): void {
    if (!heard || heard !== this.heard) return;
    this.heard = null;
    this.deaf = this.silent = false;
    heard.closed(1006);
  }
}

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
