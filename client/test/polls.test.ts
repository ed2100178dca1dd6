/** What makes a poll, and what is wrong with one. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { EMPTY, faultOf, filled, mediaOf, MOST, withRoom } from "../src/features/polls/asked.ts";

const NOW = 1_795_916_280;
const GOOD = { ...EMPTY, question: "When?", options: ["At ten", "", " At noon ", ""] };

test("a field more as soon as the last is used, and at most twelve", () => {
  assert.deepEqual(withRoom(["a", ""]), ["a", ""]);
  assert.deepEqual(withRoom(["a", "b"]), ["a", "b", ""]);
  const full = Array.from({ length: MOST }, (_, n) => String(n));
  assert.deepEqual(withRoom(full), full);
});

test("what is wrong is named", () => {
  assert.equal(faultOf(GOOD, NOW), null);
  assert.equal(faultOf({ ...GOOD, question: " " }, NOW), "question");
  assert.equal(faultOf({ ...GOOD, options: ["one", " "] }, NOW), "options");
  assert.equal(faultOf({ ...GOOD, options: ["one", "one "] }, NOW), "twice");
  assert.equal(faultOf({ ...GOOD, quiz: true }, NOW), "right");
  assert.equal(faultOf({ ...GOOD, quiz: true, right: 1 }, NOW), "right", "an empty one is no answer");
  assert.equal(faultOf({ ...GOOD, quiz: true, right: 2 }, NOW), null);
  assert.equal(faultOf({ ...GOOD, closes: NOW - 5 }, NOW), "closes");
  assert.equal(faultOf({ ...GOOD, closes: NOW + 3600 }, NOW), null);
});

test("empty answers are left out, and the right one keeps its place", () => {
  assert.deepEqual(filled(GOOD.options), [{ text: "At ten", at: 0 }, { text: "At noon", at: 2 }]);
  const media = mediaOf({ ...GOOD, quiz: true, right: 2, multiple: true, explanation: "So it is" });
  assert.ok(media._ === "inputMediaPoll");
  assert.deepEqual(media.correct_answers, [1]);
  assert.equal(media.solution, "So it is");
  assert.equal(media.poll.multiple_choice, undefined, "a quiz has one answer");
  assert.deepEqual(media.poll.answers.map((one) => one._ === "pollAnswer" && [one.text.text, atob(one.option)]), [["At ten", "0"], ["At noon", "1"]]);
  const plain = mediaOf({ ...GOOD, anonymous: false, multiple: true, closes: NOW + 60, explanation: "not said" });
  assert.ok(plain._ === "inputMediaPoll");
  assert.deepEqual([plain.poll.public_voters, plain.poll.multiple_choice, plain.poll.close_date, plain.solution], [true, true, NOW + 60, undefined]);
});
