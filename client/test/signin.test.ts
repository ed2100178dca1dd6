/** Signing in where the way to the server fails: a call without an answer is tried again, a refusal is not. */
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { waitForDevice } from "../src/features/signin/device.ts";
import { surely } from "../src/features/signin/entering.ts";
import { post } from "../src/wire/http.ts";

const HTML = { "content-type": "text/html" };
const JSON_TYPE = { "content-type": "application/json" };

type Reply = Response | Error | "never";
/** What is asked for -> what each request for it is answered, one after the other; the last one again and again. */
type Plan = Record<string, readonly Reply[]>;

const json = (data: unknown, status = 200) => new Response(JSON.stringify(data), { status, headers: JSON_TYPE });
const ok = (value: unknown) => json([{ i: 1, ok: value }]);
const refused = (kind: string) => json([{ i: 1, err: [kind, 400, 0, ""] }]);
const cut = () => new TypeError("Failed to fetch");
const gateway = () => new Response("<h1>502 Bad Gateway</h1>", { status: 502, headers: HTML });

/** Answer by a plan; what was asked, in its order. */
function network(plan: Plan): string[] {
  const asked: string[] = [];
  const fetch = (path: string, options: RequestInit = {}): Promise<Response> => {
    const what = path === "/app/rpc" ? JSON.parse(String(options.body)).q._ : path.split("?")[0];
    const replies = plan[what] ?? ["never"];
    const reply = replies[Math.min(asked.filter((one) => one === what).length, replies.length - 1)] ?? "never";
    asked.push(what);
    if (reply === "never") return new Promise(() => {});
    return reply instanceof Error ? Promise.reject(reply) : Promise.resolve(reply.clone());
  };
  Object.defineProperty(globalThis, "fetch", { configurable: true, value: fetch });
  return asked;
}

/** The outcome of a promise; time passes as fast as it is waited for. */
async function settled<T>(promise: Promise<T>): Promise<T> {
  let over = false;
  promise.then(() => (over = true), () => (over = true));
  for (let turn = 0; turn < 1000 && !over; turn++) {
    await new Promise((resume) => setImmediate(resume));
    mock.timers.tick(100);
  }
  assert.ok(over, "it ends");
  return promise;
}

function clock(name: string, run: () => Promise<void>): void {
  test(name, async () => {
    mock.timers.enable({ apis: ["setTimeout"] });
    try {
      await run();
    } finally {
      mock.timers.reset();
    }
  });
}

const TOKEN = "auth.exportLoginToken";
const token = (text: string) => ok({ _: "auth.loginToken", token: text, expires: 1 });
const accepted = () => ok({ _: "auth.loginTokenSuccess", authorization: { _: "auth.authorization", user: {} } });
const none = () => json({ state: "none" });
const signedIn = () => json({ state: "signed-in", user: "1", trusted: false, rotate: false });

for (const [what, failed] of Object.entries({ "cut": cut(), "502": gateway(), "409": json({ error: "AGAIN" }, 409), "503": json({ error: "UNAVAILABLE" }, 503) })) {
  clock(`a code is shown on although one call for it had no answer (${what})`, async () => {
    const shown: string[] = [];
    network({ [TOKEN]: [token("one"), failed, token("two"), failed, failed, accepted()], "/app/session": [none(), none(), none(), signedIn()] });
    const step = await settled(waitForDevice(false, new AbortController().signal, (text) => shown.push(text)));
    assert.deepEqual(shown, ["one", "two"]);
    assert.deepEqual(step, { kind: "done" });
  });
}

clock("the first call for a code may have no answer", async () => {
  const shown: string[] = [];
  network({ [TOKEN]: [cut(), token("one"), accepted()], "/app/session": [none(), signedIn()] });
  await settled(waitForDevice(false, new AbortController().signal, (text) => shown.push(text)));
  assert.deepEqual(shown, ["one"]);
});

clock("the answer that signs in is lost: the session knows, and no further code is shown", async () => {
  const shown: string[] = [];
  const asked = network({ [TOKEN]: [token("one"), cut(), token("two")], "/app/session": [signedIn()] });
  const step = await settled(waitForDevice(false, new AbortController().signal, (text) => shown.push(text)));
  assert.deepEqual([step, shown], [{ kind: "done" }, ["one"]]);
  assert.equal(asked.filter((one) => one === TOKEN).length, 2);
});

clock("a refusal ends the wait at once", async () => {
  const asked = network({ [TOKEN]: [refused("API_ID_INVALID"), token("one")] });
  await assert.rejects(settled(waitForDevice(false, new AbortController().signal, () => {})), { kind: "API_ID_INVALID" });
  assert.equal(asked.filter((one) => one === TOKEN).length, 1);
});

clock("where nothing answers for long, it is said", async () => {
  const asked = network({ [TOKEN]: [cut()], "/app/session": [cut()] });
  await assert.rejects(settled(waitForDevice(false, new AbortController().signal, () => {})), { kind: "OFFLINE" });
  assert.ok(asked.length > 3);
});

clock("whoever leaves is asked for no more", async () => {
  const stop = new AbortController();
  const asked = network({ [TOKEN]: [cut()] });
  const waiting = waitForDevice(false, stop.signal, () => {});
  await new Promise((resume) => setImmediate(resume));
  stop.abort();
  await assert.rejects(settled(waiting), { name: "AbortError" });
  assert.deepEqual(asked, [TOKEN]);
});

const act = (trusted = false) => async () => {
  await post("auth.signIn", { phone_number: "1", phone_code_hash: "h", phone_code: "2" });
  return { kind: "name", number: "1", hash: "h", terms: null, trusted } as const;
};

clock("a sign-in whose answer was lost is not made twice where it was carried out", async () => {
  const asked = network({ "auth.signIn": [cut(), refused("PHONE_CODE_EXPIRED")], "/app/session": [signedIn()] });
  assert.deepEqual(await settled(surely(act(), () => false)), { kind: "done" });
  assert.deepEqual(asked, ["auth.signIn", "/app/session"]);
});

clock("the second password is asked for where the answer that says so was lost", async () => {
  network({ "auth.signIn": [cut()], "/app/session": [json({ state: "password" })] });
  assert.deepEqual(await settled(surely(act(), () => true)), { kind: "password", trusted: true });
});

clock("who is half-way in proves the password again where no answer came", async () => {
  const asked = network({ "auth.signIn": [cut(), ok({})], "/app/session": [json({ state: "password" })] });
  assert.equal((await settled(surely(act(), () => false, { isHalfway: true }))).kind, "name");
  assert.deepEqual(asked, ["auth.signIn", "/app/session", "auth.signIn"]);
});

clock("a wrong code is said at once", async () => {
  const asked = network({ "auth.signIn": [refused("PHONE_CODE_INVALID")] });
  await assert.rejects(settled(surely(act(), () => false)), { kind: "PHONE_CODE_INVALID" });
  assert.deepEqual(asked, ["auth.signIn"]);
});

clock("an answer that is cut in its midst is none", async () => {
  const half = { status: 200, ok: true, headers: new Headers(JSON_TYPE), text: () => Promise.reject(cut()), clone: () => half } as unknown as Response;
  network({ "auth.signIn": [Object.setPrototypeOf(half, Response.prototype), ok({})], "/app/session": [none()] });
  assert.equal((await settled(surely(act(), () => false))).kind, "name");
});
