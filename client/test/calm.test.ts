import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { nameOf } from "../src/state/names.ts";
import { brief, calm } from "../src/ui/calm.ts";
import type { User } from "../src/wire/schema.d.ts";

test("what people write is shown as it is", () => {
  for (const text of ["", "Où ça ?", "नमस्ते", "שָׁלוֹם", "ทำไม่ได้", "1️⃣ 👨‍👩‍👧‍👦 ❤️", `e${"\u0301".repeat(30)}`]) assert.equal(calm(text), text);
});

test("of thousands of marks on a letter thirty are left", () => {
  assert.equal(calm(`Z${"\u0301".repeat(10_000)}!`), `Z${"\u0301".repeat(30)}!`);
  assert.equal(calm(`ก${"็".repeat(4000)}`).length, 31);
});

test("nothing but marks goes, and once is enough", () => {
  const mark = fc.constantFrom("\u0301", "\u0489", "\u20dd", "็", "a", " ", "字", "😀", "\u200d");
  fc.assert(
    fc.property(fc.array(fc.tuple(mark, fc.integer({ min: 1, max: 80 })), { maxLength: 12 }), (runs) => {
      const text = runs.map(([one, n]) => one.repeat(n)).join("");
      const shown = calm(text);
      assert.equal(shown.replace(/\p{M}/gu, ""), text.replace(/\p{M}/gu, ""));
      assert.ok(!/\p{M}{31}/u.test(shown));
      assert.equal(calm(shown), shown);
    }),
    { numRuns: Number(process.env["PROPERTY_RUNS"] ?? 300) },
  );
});

test("a line ends between two characters", () => {
  assert.equal(brief("short"), "short");
  assert.equal(brief("😀".repeat(4096)), `${"😀".repeat(150)}…`);
  assert.equal(brief(`a${"😀".repeat(4096)}`), `a${"😀".repeat(149)}…`);
});

test("a name has an end, and none in the middle of a character", () => {
  const user = (first_name: string) => nameOf({ _: "user", id: "1", first_name } as User);
  assert.equal(user("Ada"), "Ada");
  assert.equal(user(`Z${"\u0301".repeat(10_000)}`).length, 256);
  assert.equal(user("😀".repeat(4096)), "😀".repeat(128));
  assert.equal(user(`a${"😀".repeat(4096)}`), `a${"😀".repeat(127)}`);
});
