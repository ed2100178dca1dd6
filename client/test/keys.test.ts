/** The sheet of keys names every key that acts on a message. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { GROUPS } from "../src/features/palette/keys.ts";

test("keys of the history are on the sheet, and no others", () => {
  const source = readFileSync(join(import.meta.dirname, "../src/features/history/keys.ts"), "utf-8");
  const block = /ACTS[^{]*\{([^}]*)\}/.exec(source)?.[1] ?? "";
  const acts = [...block.matchAll(/(?:"([^"]+)"|(\w+)):/g)].map(([, quoted, plain]) => quoted ?? plain);
  const shown = GROUPS.find((one) => one.title === "keys.on_message")?.rows.flatMap((row) => row.keys) ?? [];
  assert.ok(acts.length > 5);
  assert.deepEqual([...acts].sort(), [...shown].sort());
});

test("no row is there twice", () => {
  for (const { title, rows } of GROUPS) assert.equal(new Set(rows.map((row) => row.keys[0])).size, rows.length, title);
});
