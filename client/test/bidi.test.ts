/** A name turns nothing but itself. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isolate } from "../src/i18n/bidi.ts";

test("marks of direction in a name do not reach out of it", () => {
  const marks = fc.constantFrom("\u202e", "\u2069", "\u202c", "\u2066", "\u200f", "a", "\u05d0", " ");
  fc.assert(
    fc.property(fc.array(marks), (list) => {
      const text = isolate(list.join(""));
      assert.equal(text[0], "\u2068");
      assert.equal(text.at(-1), "\u2069");
      assert.ok(!/[\u202a-\u202e\u2066-\u2069]/.test(text.slice(1, -1)));
    }),
  );
});
