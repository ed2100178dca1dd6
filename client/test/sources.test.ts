/** What the sources may not do: import upwards, write HTML, use colours or words of their own. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { test } from "node:test";

const SRC = join(import.meta.dirname, "../src");
const LEAVES = ["i18n"];
const MAY: Record<string, readonly string[]> = {
  wire: [],
  state: ["wire"],
  ui: ["wire/schema.d.ts", "ui"],
  i18n: [],
  features: ["wire", "state", "ui", "theme", "worker/install.ts"],
  worker: [],
};

function files(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });
}

const all = files(SRC).map((path) => ({ name: relative(SRC, path), text: readFileSync(path, "utf-8") }));
const sources = all.filter(({ name }) => /\.tsx?$/.test(name) && !name.endsWith(".d.ts") && !name.endsWith(".test.ts"));

test("imports point downwards", () => {
  const wrong: string[] = [];
  for (const { name, text } of sources) {
    const layer = name.split("/")[0] ?? "";
    const allowed = MAY[layer];
    if (!allowed) continue;
    for (const [, path = ""] of text.matchAll(/(?:from|import\()\s*"(\.[^"]+)"/g)) {
      const to = normalize(join(dirname(name), path));
      const inside = to.startsWith(`${layer}/`);
      const leaf = LEAVES.some((one) => to.startsWith(`${one}/`)) && (layer === "ui" || layer === "features");
      if (!inside && !leaf && !allowed.some((one) => to.startsWith(one))) wrong.push(`${name} -> ${to}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test("features meet through what they offer", () => {
  const wrong: string[] = [];
  for (const { name, text } of sources) {
    const [layer, feature] = name.split("/");
    if (layer !== "features") continue;
    for (const [, path = ""] of text.matchAll(/from "(\.[^"]+)"/g)) {
      const to = normalize(join(dirname(name), path));
      if (to.startsWith("features/") && !to.startsWith(`features/${feature}/`) && !to.endsWith("/index.tsx")) wrong.push(`${name} -> ${to}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test("state and wire know no page", () => {
  for (const { name, text } of sources) {
    if (!/^(state|wire)\//.test(name)) continue;
    assert.ok(!/\bdocument\b\.|from "preact/.test(text), name);
  }
});

const BANNED: [RegExp, string][] = [
  [/innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|document\.write|DOMParser|srcdoc/, "markup from text"],
  [/\beval\(|new Function\(/, "code from text"],
  [/setAttribute\("style"/, "style as text"],
  [/:\s*any\b|\bas any\b|<any>/, "any"],
  [/export default/, "a default export"],
];

test("what is banned is not there", () => {
  for (const { name, text } of sources) for (const [pattern, what] of BANNED) assert.ok(!pattern.test(text), `${what} in ${name}`);
});

test("files stay short", () => {
  for (const { name, text } of sources) assert.ok(text.split("\n").length <= 301, name);
});

test("functions stay short", () => {
  for (const { name, text } of sources) {
    const lines = text.split("\n");
    for (const [at, line] of lines.entries()) {
      if (!/^(?:export )?(?:async )?function /.test(line)) continue;
      const length = lines.slice(at).findIndex((one) => one.startsWith("}")) + 1;
      assert.ok(length <= 60, `${name}: ${line} has ${length} lines`);
    }
  }
});

test("colours are tokens, sides are logical", () => {
  for (const { name, text } of all.filter((one) => one.name.endsWith(".css"))) {
    assert.ok(!/(?:margin|padding|border)-(?:left|right)|(?:^|[\s;{])(?:left|right)\s*:|text-align:\s*(?:left|right)/.test(text), `a physical side in ${name}`);
    if (name.endsWith("tokens.css")) continue;
    const colours = text.replace(/url\([^)]*\)/g, "").match(/#[0-9a-f]{3,8}\b/gi);
    assert.equal(colours, null, name);
  }
});
