/** Times of messages that are sent later, and how they are put in. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fieldOf, isLater, proposed, secondOf, zoneOf } from "../src/features/scheduled/times.ts";
import { toEach } from "../src/features/forward/actions.ts";
import { isNumber } from "../src/features/people/actions.ts";

test("a field says the minute and is read back", () => {
  const now = 1_795_916_280;
  assert.equal(secondOf(fieldOf(now)), now - (now % 60));
  for (const wrong of ["", "tomorrow", "2026-11-29"]) assert.equal(secondOf(wrong), 0);
  assert.match(fieldOf(now), /^\d{4}-\d\d-\d\dT\d\d:\d\d$/);
});

test("the zone is said with how far it is", () => {
  assert.match(zoneOf(1_795_916_280), /^(UTC|\S+ \(UTC([+−]\d{1,2}(:\d\d)?)?\))$/);
});

test("what is proposed can be chosen, the past and the far future cannot", () => {
  const now = 1_795_916_280;
  assert.ok(isLater(proposed(now), now));
  assert.equal(proposed(now) % 3600, 0);
  assert.ok(!isLater(now, now) && !isLater(now - 60, now) && !isLater(now + 366 * 86_400, now));
});

test("a number is told from a name", () => {
  for (const number of ["+33 6 12 34 56 78", "0612345678", "(01) 23-45"]) assert.ok(isNumber(number), number);
  for (const name of ["@ada", "ada", "https://chez.example/ada", "123"]) assert.ok(!isNumber(name), name);
});

test("one chat that refuses keeps nothing from the others", async () => {
  const done: string[] = [];
  const failed = await toEach(["u1", "c2", "g3"], async (chat) => {
    if (chat === "c2") throw new Error("no");
    done.push(chat);
  });
  assert.deepEqual(done, ["u1", "g3"]);
  assert.deepEqual([...failed.keys()], ["c2"]);
});
