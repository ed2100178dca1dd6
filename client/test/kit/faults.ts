/** Faults planted in a source: what a tired hand could write. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

/** Name of the fault -> what stands in the source, and what stands there instead. */
export type Faults = Record<string, [string, string]>;

/** Fail unless `check` fails for each fault that is planted in `path` (below `src`). */
export async function findEach<M>(path: string, faults: Faults, check: (faulty: M) => unknown): Promise<void> {
  const file = resolve(import.meta.dirname, "../../src", path);
  const source = readFileSync(file, "utf-8").replace(/from "(\.[^"]+)"/g, (_, other: string) => `from "${pathToFileURL(resolve(dirname(file), other)).href}"`);
  const folder = mkdtempSync(join(import.meta.dirname, "../.faults-"));
  try {
    for (const [name, [right, wrong]] of Object.entries(faults)) {
      assert.ok(source.includes(right), `the source has changed: ${name}`);
      const planted = join(folder, `${name.replaceAll(" ", "-")}.ts`);
      writeFileSync(planted, source.replace(right, wrong));
      const faulty = (await import(pathToFileURL(planted).href)) as M;
      await assert.rejects(async () => check(faulty), undefined, name);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}
