/** A picture on its stage: what is under the finger stays there, and no edge comes in further than it must. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Room, View } from "../src/features/media/zoom.ts";
import { moved, WHOLE, zoomed } from "../src/features/media/zoom.ts";

const RUNS = Number(process.env["PROPERTY_RUNS"] ?? 1000);
const half = fc.integer({ min: 20, max: 2000 });
const room: fc.Arbitrary<Room> = fc.record({ stageWidth: half, stageHeight: half, wide: fc.double({ min: 0.05, max: 1, noNaN: true }), high: fc.double({ min: 0.05, max: 1, noNaN: true }) }).map(({ stageWidth, stageHeight, wide, high }) => ({ stageWidth, stageHeight, width: stageWidth * wide, height: stageHeight * high }));
const place = fc.double({ min: -2000, max: 2000, noNaN: true });
const factor = fc.double({ min: 0.1, max: 10, noNaN: true });
const acts = fc.array(fc.tuple(fc.boolean(), factor, place, place), { maxLength: 20 });

function after(steps: readonly (readonly [boolean, number, number, number])[], on: Room): View {
  return steps.reduce<View>((view, [zooms, by, x, y]) => (zooms ? zoomed(view, by, x, y, on) : moved(view, x, y, on)), WHOLE);
}

test("it never leaves its stage, and never is smaller than whole", () => {
  fc.assert(fc.property(acts, room, (steps, on) => {
    const view = after(steps, on);
    assert.ok(view.scale >= 1 && view.scale <= 8);
    assert.ok(Math.abs(view.x) <= Math.max(0, on.width * view.scale - on.stageWidth) + 1e-6);
    assert.ok(Math.abs(view.y) <= Math.max(0, on.height * view.scale - on.stageHeight) + 1e-6);
  }), { numRuns: RUNS });
});

test("what is under the pointer stays under it, where no edge is in the way", () => {
  const on: Room = { width: 400, height: 300, stageWidth: 400, stageHeight: 300 };
  const view = zoomed(WHOLE, 2, 100, -50, on);
  assert.deepEqual(view, { scale: 2, x: -100, y: 50 });
  assert.deepEqual(zoomed(view, 0.5, 7, 7, on), WHOLE);
  assert.deepEqual(moved(view, 10_000, 0, on), { scale: 2, x: 400, y: 50 });
  assert.deepEqual(moved(WHOLE, 50, 50, on), WHOLE);
});
