/** The long poll: whose answers count, and what an answer that is none of the server's means. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { byPoll } from "../src/wire/carriers.ts";
import type { Incoming } from "../src/wire/frames.ts";

interface Asked {
  path: string;
  options: RequestInit;
  answer: (status: number, body: unknown, kind?: string) => void;
}

/** A network where each request is answered by hand. */
function network() {
  const asked: Asked[] = [];
  Object.defineProperty(globalThis, "fetch", {
    configurable: true,
    value: (path: string, options: RequestInit) =>
      new Promise((resolve) => {
        const answer = (status: number, body: unknown, kind = "application/json") =>
          resolve(new Response(typeof body === "string" ? body : JSON.stringify(body), { status, headers: { "content-type": kind } }));
        asked.push({ path, options, answer });
      }),
  });
  return asked;
}

const rest = () => new Promise((resume) => setTimeout(resume, 5));
const opened = (session: string, resumed: boolean) => ({ opened: { session, resumed, now: 1, build: "b", rotate: false } });

function page(opening: Record<string, unknown> = {}) {
  const frames: Incoming[] = [];
  const codes: number[] = [];
  const carrier = byPoll(opening, { frame: (frame) => frames.push(frame), closed: (code) => codes.push(code) });
  return { frames, codes, carrier };
}

test("an answer of a session that is gone is nobody's", async () => {
  const asked = network();
  const { frames, carrier } = page();
  asked[0]?.answer(200, [opened("one", false)]);
  await rest();
  carrier.send([{ i: 5, q: { _: "updates.getState" } }]);
  const late = asked.at(-1);
  asked[1]?.answer(200, [opened("two", false)]);
  await rest();
  late?.answer(200, [{ i: 5, ok: "of the old call 5" }]);
  await rest();
  assert.ok(!frames.some((frame) => "i" in frame));
  carrier.close();
});

test("the first request says that the page has come, the next do not", async () => {
  const asked = network();
  const { carrier } = page({ session: "one", got: 3 });
  assert.equal(asked[0]?.path, "/app/events?session=one&got=3&open=1");
  asked[0]?.answer(200, [opened("one", true), { u: { _: "updatesTooLong" } }]);
  await rest();
  assert.equal(asked[1]?.path, "/app/events?session=one&got=4");
  carrier.close();
});

for (const [status, body, kind, code] of [
  [401, { error: "NOT_SIGNED_IN" }, "application/json", 4401],
  [401, "<h1>Room number?</h1>", "text/html", 1006],
  [401, { message: "log in to the proxy" }, "application/json", 1006],
  [200, "<h1>Room number?</h1>", "text/html", 1006],
  [403, "<h1>no</h1>", "text/html", 1006],
  [502, "bad gateway", "text/plain", 1006],
  [200, "{", "application/json", 1006],
  [200, [{ bye: "draining" }], "application/json", 1012],
] as const) {
  test(`${status} ${kind} ${JSON.stringify(body)} ends it with ${code}, once`, async () => {
    const asked = network();
    const { codes } = page();
    asked[0]?.answer(status, body, kind);
    await rest();
    assert.deepEqual(codes, [code]);
    assert.equal(asked.length, 1);
  });
}

test("calls go in bodies that the server takes", async () => {
  const asked = network();
  const { carrier } = page();
  asked[0]?.answer(200, [opened("one", false)]);
  await rest();
  const calls = Array.from({ length: 40 }, (_, at) => ({ i: at + 1, q: { _: "messages.sendMessage", message: "字".repeat(at % 2 ? 20_000 : 10) } }));
  carrier.send(calls);
  const bodies = asked.filter((one) => one.path === "/app/rpc").map((one) => String(one.options.body));
  for (const body of bodies) assert.ok(new TextEncoder().encode(body).length < 256 << 10);
  const sent = bodies.flatMap((body) => JSON.parse(body) as { i: number }[]);
  assert.deepEqual(sent.map((one) => one.i), calls.map((one) => one.i));
  for (const body of bodies) assert.ok((JSON.parse(body) as unknown[]).length <= 16);
  carrier.close();
});

test("a call that comes after another is asked when that is answered, others at once", async () => {
  const asked = network();
  const { carrier, frames } = page();
  asked[0]?.answer(200, [opened("one", false)]);
  await rest();
  const bodies = () => asked.filter((one) => one.path === "/app/rpc").map((one) => (JSON.parse(String(one.options.body)) as { i: number }[]).map(({ i }) => i));
  const answer = (of: number) => asked.find((one) => one.path === "/app/rpc" && String(one.options.body).includes(`"i":${of},`))?.answer(200, [{ i: of, ok: true }]);
  const q = { _: "messages.sendMessage" };
  carrier.send([{ i: 1, q }]);
  carrier.send([{ i: 2, q, after: 1 }]);
  carrier.send([{ i: 3, q, after: 2 }]);
  carrier.send([{ i: 4, q: { _: "help.getConfig" } }]);
  await rest();
  assert.deepEqual(bodies(), [[1], [4]]);
  answer(1);
  await rest();
  assert.deepEqual(bodies(), [[1], [4], [2]]);
  answer(2);
  await rest();
  assert.deepEqual(bodies(), [[1], [4], [2], [3]]);
  answer(3);
  await rest();
  // What follows in the same body needs no second request.
  carrier.send([{ i: 5, q }, { i: 6, q, after: 5 }]);
  assert.deepEqual(bodies().at(-1), [5, 6]);
  assert.equal(frames.filter((one) => "i" in one).length, 3);
  carrier.close();
});

test("where the first does not get through, what comes after it is not asked", async () => {
  const asked = network();
  const { carrier, codes } = page();
  asked[0]?.answer(200, [opened("one", false)]);
  await rest();
  carrier.send(Array.from({ length: 20 }, (_, at) => ({ i: at + 1, q: { _: "messages.sendMessage" }, ...(at ? { after: at } : {}) })));
  const [first, ...others] = asked.filter((one) => one.path === "/app/rpc");
  assert.equal(others.length, 0);
  first?.answer(502, "bad gateway", "text/plain");
  await rest();
  assert.deepEqual(codes, [1006]);
  assert.equal(asked.filter((one) => one.path === "/app/rpc").length, 1);
});

test("where no worker knows the session of another, it is not asked without end", async () => {
  const asked = network();
  const { carrier } = page();
  const began = performance.now();
  for (let answered = 0; performance.now() - began < 400; await rest()) {
    while (answered < asked.length) asked[answered]?.answer(200, [opened(`s${answered++}`, false)]);
  }
  assert.equal(asked.length, 3);
  carrier.close();
});

test("a session that is lost once is asked for at once", async () => {
  const asked = network();
  const { carrier } = page({ session: "one", got: 3 });
  asked[0]?.answer(200, [opened("two", false)]);
  await rest();
  assert.equal(asked[1]?.path, "/app/events?session=two&got=0");
  carrier.close();
});
