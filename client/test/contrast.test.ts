/** Colours that stand on one another differ enough (WCAG 2.2: text 4.5, marks 3). */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const css = readFileSync(join(import.meta.dirname, "../src/theme/tokens.css"), "utf-8");

function tokens(selector: string): Record<string, string> {
  const block = css.slice(css.indexOf(selector)).split("}")[0] ?? "";
  return Object.fromEntries([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map(([, name, value]) => [name, value]));
}

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function ratio(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const TEXT = [
  ["ink", "surface"], ["ink", "page"], ["ink", "hover"], ["muted", "surface"], ["muted", "page"], ["muted", "hover"], ["link", "surface"], ["link", "page"],
  ["on-primary", "primary"], ["own-ink", "own"], ["own-link", "own"], ["own-muted", "own"], ["danger", "surface"], ["danger", "page"], ["primary", "surface"], ["primary", "page"],
  ...Array.from({ length: 7 }, (_, n) => [`tint-${n}`, "surface"]), ...Array.from({ length: 7 }, (_, n) => ["tint-ink", `tint-${n}`]),
] as const;
const SIGNS = [["focus", "surface"], ["focus", "page"], ["control", "surface"], ["control", "page"], ["ok", "surface"], ["warning", "surface"]] as const;

for (const [name, selector] of [["light", ":root {"], ["dark", ":root[data-theme=dark] {"]] as const) {
  test(`${name}: text and signs can be told from what they are on`, () => {
    const known = tokens(selector);
    for (const [on, under] of TEXT) assert.ok(ratio(known[on]!, known[under]!) >= 4.5, `${on} on ${under}: ${ratio(known[on]!, known[under]!).toFixed(2)}`);
    for (const [on, under] of SIGNS) assert.ok(ratio(known[on]!, known[under]!) >= 3, `${on} on ${under}: ${ratio(known[on]!, known[under]!).toFixed(2)}`);
  });
}

test("dark by choice and dark by the system are the same", () => {
  assert.deepEqual(tokens(":root:not([data-theme=light]) {"), tokens(":root[data-theme=dark] {"));
});
