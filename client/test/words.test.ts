/** The catalogues: same keys, same values, and each key is used. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { compile } from "../src/i18n/icu.ts";

const SRC = join(import.meta.dirname, "../src");
const read = (lang: string): Record<string, string> => JSON.parse(readFileSync(join(SRC, `i18n/${lang}.json`), "utf-8"));
const [en, fr] = [read("en"), read("fr")];

/** Names of the values of a message. */
function values(text: string): string[] {
  const asked = new Set<string>();
  const cases = [...text.matchAll(/(\w+) \{/g)].map(([, name]) => name ?? "");
  for (const value of [0, 1, 2, ...cases]) {
    compile(text, "en")(new Proxy({}, { get: (_, name) => (asked.add(String(name)), value) }));
  }
  return [...asked].sort();
}

test("both languages have all keys with the same values", () => {
  assert.deepEqual(Object.keys(fr), Object.keys(en));
  assert.deepEqual(Object.keys(en), Object.keys(en).sort(), "in order, so that two who add words meet where they mean the same");
  for (const key of Object.keys(en)) assert.deepEqual(values(fr[key]!), values(en[key]!), key);
});

test("all messages can be read", () => {
  for (const [lang, words] of [["en", en], ["fr", fr]] as const) {
    for (const [key, text] of Object.entries(words)) assert.ok(compile(text, lang)({ n: 2, seconds: 2 }).length > 0, key);
  }
});

test("each key is used", () => {
  const text = (folder: string): string => readdirSync(folder).map((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return text(path);
    return /\.tsx?$/.test(name) ? readFileSync(path, "utf-8") : "";
  }).join("");
  const source = text(SRC);
  const made = ["new.group", "new.channel", "new.group_hint", "new.channel_hint", "settings.theme_system", "settings.theme_light", "settings.theme_dark"];
  for (const key of Object.keys(en)) assert.ok(source.includes(`"${key}"`) || made.includes(key), key);
});

test("plurals and choices", () => {
  const say = compile("{n, plural, =0 {none} one {# chat} other {# chats}}", "en");
  assert.deepEqual([0, 1, 1200].map((n) => say({ n })), ["none", "1 chat", "1,200 chats"]);
  assert.equal(compile("{n, plural, one {# jour} other {# jours}}", "fr")({ n: 0 }), "0 jour");
  assert.equal(compile("{k, select, a {A {x}} other {B}}", "en")({ k: "a", x: "{y}" }), "A {y}");
  for (const wrong of ["{n, plural, one {x}}", "}", "{a", "{n plural}"]) assert.throws(() => compile(wrong, "en"), SyntaxError);
});
