/** Typed text is kept by the device, and by the tab where the device does not take it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { layered } from "../src/state/keep.ts";
import type { Keep } from "../src/state/keep.ts";

const RUNS = Number(process.env["PROPERTY_RUNS"] ?? 500);

function memory(): Keep & { broken: string } {
  const map = new Map<string, unknown>();
  return {
    broken: "",
    get: async (name) => map.get(name),
    async set(name, value) {
      if (this.broken) throw new DOMException("no", this.broken);
      map.set(name, value);
    },
    remove: async (name) => void map.delete(name),
    names: async () => [...map.keys()],
  };
}

test("whatever the device takes, what was written last is read", async () => {
  const act = fc.record({ name: fc.constantFrom("a", "b"), value: fc.nat(), full: fc.boolean(), remove: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(act), async (acts) => {
      const [device, tab] = [memory(), memory()];
      const keep = layered(device, tab, () => {});
      const model = new Map<string, number>();
      for (const { name, value, full, remove } of acts) {
        device.broken = full ? "QuotaExceededError" : "";
        if (remove) {
          await keep.remove(name);
          model.delete(name);
        } else {
          await keep.set(name, value);
          model.set(name, value);
        }
      }
      for (const name of ["a", "b"]) assert.equal(await keep.get(name), model.get(name));
      assert.deepEqual((await keep.names()).sort(), [...model.keys()].sort());
    }),
    { numRuns: RUNS },
  );
});

test("it is said why", async () => {
  const [device, tab] = [memory(), memory()];
  const told: string[] = [];
  const keep = layered(device, tab, (why) => told.push(why));
  await keep.set("a", 1);
  assert.deepEqual(told, []);
  device.broken = "QuotaExceededError";
  await keep.set("a", 2);
  device.broken = "InvalidStateError";
  await keep.set("a", 3);
  assert.deepEqual(told, ["full", "refused"]);
  tab.broken = "QuotaExceededError";
  await assert.rejects(keep.set("a", 4));
  assert.equal(await keep.get("a"), 3);
});
