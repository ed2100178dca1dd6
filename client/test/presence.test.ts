/** The server hears that somebody is there while the page is looked at, and seldom. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Presence } from "../src/state/presence.ts";

const MINUTE = 60_000;

/** A clock that is moved by hand. */
function begin() {
  let now = 0;
  let timers: { at: number; run: () => void }[] = [];
  const said: string[] = [];
  const presence = new Presence(
    (offline) => said.push(`${now / 1000} ${offline ? "off" : "on"}`),
    (run, ms) => {
      const timer = { at: now + ms, run };
      timers.push(timer);
      return () => (timers = timers.filter((one) => one !== timer));
    },
  );
  const pass = (ms: number) => {
    const end = now + ms;
    for (;;) {
      const next = timers.toSorted((a, b) => a.at - b.at)[0];
      if (!next || next.at > end) break;
      timers = timers.filter((one) => one !== next);
      now = next.at;
      next.run();
    }
    now = end;
  };
  return { presence, said, pass };
}

test("online at once, again before the server forgets it, and no oftener", () => {
  const { presence, said, pass } = begin();
  presence.update(true, true);
  pass(MINUTE);
  presence.update(true, true);
  presence.update(true, true);
  pass(9 * MINUTE);
  assert.deepEqual(said, ["0 on", "270 on", "480 on"]);
});

test("a glance at another tab says nothing, hiding the page says that one went, once", () => {
  const { presence, said, pass } = begin();
  presence.update(true, true);
  pass(1000);
  presence.update(false, true);
  pass(5000);
  presence.update(true, true);
  pass(MINUTE);
  assert.deepEqual(said, ["0 on"]);
  presence.update(false, true);
  presence.update(false, true);
  pass(60 * MINUTE);
  assert.deepEqual(said, ["0 on", "76 off"]);
  presence.update(true, true);
  assert.equal(said.length, 3);
});

test("a page that was never seen says nothing", () => {
  const { presence, said, pass } = begin();
  presence.update(false, true);
  presence.leave();
  pass(10 * MINUTE);
  assert.deepEqual(said, []);
});

test("without a connection nothing is said; with the next one it is said again", () => {
  const { presence, said, pass } = begin();
  presence.update(true, true);
  presence.update(true, false);
  pass(10 * MINUTE);
  presence.update(true, true);
  assert.deepEqual(said, ["0 on", "600 on"]);
});

test("leaving the page is said at once", () => {
  const { presence, said, pass } = begin();
  presence.update(true, true);
  presence.leave();
  pass(10 * MINUTE);
  assert.deepEqual(said, ["0 on", "0 off"]);
});
