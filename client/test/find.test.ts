/** What the list looks for: accents and case make no difference, and the place that answers is shown. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { matches, snippetOf } from "../src/state/find.ts";

const RUNS = Number(process.env["PROPERTY_RUNS"] ?? 500);

test("without case and accents, each word somewhere", () => {
  for (const [text, wanted] of [["Élodie Durand", "elodie"], ["Elodie", "ÉLO"], ["Zoë van Gogh", "gogh zoe"], ["ﬁn", "fin"], ["Cafe\u0301", "café"]]) {
    assert.ok(matches(text!, wanted!), `${text} ${wanted}`);
  }
  assert.ok(!matches("Élodie", "elodia"));
});

test("the words that answer are shown as they are written", () => {
  const text = `${"x".repeat(60)} On se voit à l’Été prochain, promis`;
  const found = snippetOf(text, "ete");
  assert.equal(found.hit, "Été");
  assert.ok(found.before.startsWith("…") && found.before.length < 40);
  assert.equal(found.after, " prochain, promis");
  assert.deepEqual(snippetOf("Le marché", "absent"), { before: "Le marché", hit: "", after: "" });
  assert.equal(snippetOf("🙂🙂 marché 🙂", "MARCHE").before, "🙂🙂 ");
});

test("nothing of a text is made up or torn apart", () => {
  const texts = fc.string({ unit: "grapheme", maxLength: 300 });
  fc.assert(
    fc.property(texts, texts, (text, wanted) => {
      const { before, hit, after } = snippetOf(text, wanted);
      const shown = before.replace(/^…/, "") + hit + after;
      assert.ok(text.includes(shown) || before + hit + after === text.slice(0, shown.length + 1));
      assert.ok((before + hit + after).isWellFormed());
    }),
    { numRuns: RUNS },
  );
});
