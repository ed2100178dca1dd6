/** Emergency numbers: each can be dialled, and never two as one. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { numbersOf } from "../src/features/report/numbers.ts";

const dialled = (line: string) => numbersOf(line).map((one) => one.dial);

test("lists as operators type them", () => {
  assert.deepEqual(dialled("112"), ["112"]);
  assert.deepEqual(dialled("112, 17, 114, 119, 3018"), ["112", "17", "114", "119", "3018"]);
  assert.deepEqual(dialled("112 · 17;114"), ["112", "17", "114"]);
  assert.deepEqual(dialled(""), []);
});

test("numbers with spaces are one, short ones beside one another are not", () => {
  assert.deepEqual(dialled("+33 1 23 45 67 89, 01 23 45 67 89"), ["+33123456789", "0123456789"]);
  assert.deepEqual(dialled("112 17"), ["112", "17"]);
});

test("words stay beside their number, a name alone is not dialled", () => {
  assert.deepEqual(numbersOf("17 (police), PHAROS"), [{ text: "17 (police)", dial: "17" }, { text: "PHAROS", dial: "" }]);
});
