/** What went wrong can be seen, not only heard: as long as it takes to read, or until it is clicked away. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, mock, test } from "node:test";

interface Place {
  textContent: string;
  onclick?: () => void;
}

const places: Record<string, Place> = {};
Object.assign(globalThis, { document: { getElementById: (id: string) => places[id] } });
const { alarm, confirmDone } = await import("../src/ui/announcer.ts");

const said = () => [places["urgent"]?.textContent, places["done"]?.textContent];
const SRC = join(import.meta.dirname, "../src");

mock.timers.enable({ apis: ["setTimeout"] });
beforeEach(() => {
  for (const id of ["polite", "urgent", "done"]) places[id] = { textContent: "" };
});

test("a fault is shown long enough to be read, then goes", () => {
  const short = "No.";
  alarm(short);
  assert.deepEqual(said(), [short, ""]);
  mock.timers.tick(4999);
  assert.deepEqual(said(), [short, ""]);
  mock.timers.tick(1);
  assert.deepEqual(said(), ["", ""]);
  const long = "word ".repeat(40);
  alarm(long);
  mock.timers.tick(10_000);
  assert.equal(places["urgent"]?.textContent, long);
});

test("a newer text takes the place of an older one and has its own time", () => {
  confirmDone("Copied");
  mock.timers.tick(4000);
  alarm("Not sent");
  assert.deepEqual(said(), ["Not sent", ""]);
  mock.timers.tick(4000);
  assert.deepEqual(said(), ["Not sent", ""]);
});

test("a click takes it away", () => {
  alarm("Not sent");
  places["urgent"]?.onclick?.();
  assert.deepEqual(said(), ["", ""]);
});

test("the page has a place for each, and none of the two is hidden", () => {
  const page = readFileSync(join(SRC, "index.html"), "utf-8");
  for (const id of ["urgent", "done"]) {
    const [, attributes = ""] = new RegExp(`<div id="${id}"([^>]*)>`).exec(page) ?? [];
    assert.match(attributes, /class="toast/, id);
    assert.match(attributes, /role="(alert|status)"/, id);
  }
});
