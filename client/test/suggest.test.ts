/** What is being named at the caret, and which emoji answer to a name. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { packed } from "../emoji.mjs";
import { bare, findEmoji, unpacked } from "../src/features/emoji/find.ts";
import { tagsIn } from "../src/features/composer/tags.ts";
import { triggerAt } from "../src/features/composer/suggest/trigger.ts";

test("a sign at the beginning of a word names something", () => {
  const named = (text: string) => {
    const found = triggerAt(text, text.length);
    return found && `${found.kind}${found.word}@${found.from}`;
  };
  assert.equal(named("@"), "@@0");
  assert.equal(named("hello @ad"), "@ad@6");
  assert.equal(named("(@Zoé"), "@Zoé@1");
  assert.equal(named("line\n#ne"), "#ne@5");
  assert.equal(named("/sta"), "/sta@0");
  assert.equal(named(":cœ"), ":cœ@0");
  for (const none of ["a@b", "mail me at ada@example", ":", ":p", "10:30", "see /etc", "https://", "a#b", "@ada done", "", "«a»@"]) assert.equal(named(none), null, none);
  assert.deepEqual(triggerAt("@ad and more", 3), { kind: "@", word: "ad", from: 0, to: 3 });
});

test("hashtags of a text", () => {
  assert.deepEqual(tagsIn("#one, a#two #été2 #12 #x"), ["one", "été2"]);
});

test("emoji are found by names in both languages", () => {
  const first = (lang: string, word: string) => findEmoji(unpacked(packed(lang)).flat(), word, 5).map((one) => one.emoji);
  assert.ok(first("fr", "coeur").length > 0);
  assert.ok(first("fr", "coeur rouge").includes("❤️"));
  assert.ok(first("fr", "pouce vers le haut").includes("👍"));
  assert.ok(first("en", "thumbs up").includes("👍"));
  assert.ok(first("en", "tada").includes("🎉"));
  assert.deepEqual(first("en", "(((("), []);
  for (const lang of ["fr", "en"]) {
    const groups = unpacked(packed(lang));
    assert.equal(groups.length, 9);
    const all = groups.flat();
    assert.equal(new Set(all.map((one) => bare(one.emoji))).size, all.length);
    assert.ok(all.every((one) => one.emoji && one.name));
  }
});
