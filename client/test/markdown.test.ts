import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { misleads, partsOf, safeUrl } from "../src/ui/entities.ts";
import { fromMarkdown, toMarkdown } from "../src/ui/markdown.ts";
import type { MessageEntity } from "../src/wire/schema.d.ts";

const RUNS = Number(process.env["PROPERTY_RUNS"] ?? 2000);

test("marks become entities", () => {
  assert.deepEqual(fromMarkdown("**gras** et _italique_"), {
    text: "gras et italique",
    entities: [
      { _: "messageEntityBold", offset: 0, length: 4 },
      { _: "messageEntityItalic", offset: 8, length: 8 },
    ],
  });
  assert.deepEqual(fromMarkdown("```py\nx = 1\n```").entities, [
    { _: "messageEntityPre", offset: 0, length: 5, language: "py" },
  ]);
  assert.deepEqual(fromMarkdown("> a\n> b\nc"), {
    text: "a\nb\nc",
    entities: [{ _: "messageEntityBlockquote", offset: 0, length: 3 }],
  });
  assert.deepEqual(fromMarkdown("[ici](https://example.org/a)").entities, [
    { _: "messageEntityTextUrl", offset: 0, length: 3, url: "https://example.org/a" },
  ]);
});

test("what is no mark stays as it is", () => {
  for (const text of ["snake_case_name", "2 * 3 * 4", "2*3*4", "a ** b", "\u{1f642} **", "[x](javascript:alert(1))", "`", "```", "||"]) {
    assert.deepEqual(fromMarkdown(text), { text, entities: [] }, text);
  }
  assert.deepEqual(fromMarkdown("\\*\\*x\\*\\*"), { text: "**x**", entities: [] });
});

test("any source is read without a fault, entities lie inside the text", () => {
  const source = fc.string({ unit: fc.constantFrom(..."**__~~||`` \n>[](a)éx🙂\\".split("")), maxLength: 60 });
  fc.assert(
    fc.property(source, (text) => {
      const rich = fromMarkdown(text);
      for (const one of rich.entities) {
        assert.ok(one.offset >= 0 && one.length > 0 && one.offset + one.length <= rich.text.length);
      }
    }),
    { numRuns: RUNS },
  );
});

test("one mark survives the way to the field and back", () => {
  for (const kind of ["messageEntityBold", "messageEntityUnderline", "messageEntityStrike", "messageEntitySpoiler", "messageEntityCode", "messageEntityItalic"] as const) {
    const entities: MessageEntity[] = [{ _: kind, offset: 3, length: 5 }];
    assert.deepEqual(fromMarkdown(toMarkdown("un mots! deux", entities)), { text: "un mots! deux", entities });
  }
});

test("parts give the text back, whatever the entities", () => {
  const entity = fc.record({
    _: fc.constantFrom("messageEntityBold", "messageEntityItalic", "messageEntitySpoiler", "messageEntityTextUrl", "messageEntityUnknown"),
    offset: fc.integer({ min: -5, max: 30 }),
    length: fc.integer({ min: -5, max: 30 }),
    url: fc.constantFrom("https://example.org", "javascript:alert(1)", "x"),
  });
  fc.assert(
    fc.property(fc.string({ maxLength: 20 }), fc.array(entity, { maxLength: 8 }), (text, entities) => {
      const parts = partsOf(text, entities as unknown as MessageEntity[]);
      assert.equal(parts.map((one) => one.text).join(""), text);
      for (const part of parts) for (const one of part.marks) assert.ok(!one.value.startsWith("javascript"));
    }),
    { numRuns: RUNS },
  );
});

test("addresses that may not be followed lead nowhere", () => {
  for (const address of ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", " ", "//x"]) {
    assert.equal(safeUrl(address), "");
  }
  assert.ok(misleads("bank.example", "https://evil.example/"));
  assert.ok(!misleads("bank.example/login", "https://bank.example/"));
  assert.ok(!misleads("ici", "https://evil.example/"));
  assert.ok(misleads("sign in at https://bank.example now", "https://evil.example/"));
  assert.ok(misleads("\u200bbank.example", "https://evil.example/"));
  assert.ok(misleads("bank\u2060.example", "https://evil.example/"));
  assert.ok(misleads("https://bank.example@evil.example/", "https://bank.example@evil.example/"));
  assert.ok(misleads("https://evil.example/\u202emoc.knab//:sptth", "https://evil.example/"));
  assert.ok(!misleads("see https://bank.example/a?b=c", "https://bank.example/"));
  assert.ok(!misleads("https://bank.example/a", "https://bank.example/a"));
});

test("a thousand marks over each other are no deeper than one of each kind", () => {
  const kinds = ["messageEntityBold", "messageEntityItalic", "messageEntitySpoiler", "messageEntityTextUrl"] as const;
  const marks = Array.from({ length: 1000 }, (_, n) => ({ _: kinds[n % 4]!, offset: n, length: 3000 - n, url: "https://a.example" }));
  const parts = partsOf("x".repeat(4000), marks as never);
  assert.ok(Math.max(...parts.map((one) => one.marks.length)) <= 4);
  assert.ok(parts.length <= 201);
  assert.equal(parts.map((one) => one.text).join("").length, 4000);
  const bold = Array.from({ length: 90 }, (_, n) => ({ _: "messageEntityBold" as const, offset: n, length: 100 }));
  assert.equal(partsOf("x".repeat(4000), bold).length, 2);
});
