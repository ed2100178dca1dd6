import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { addNewest, addPage, cut, newest, remove } from "../src/state/slices.ts";
import type { Slices } from "../src/state/slices.ts";

const RUNS = Number(process.env["PROPERTY_RUNS"] ?? 2000);

/** The server's history, and pages of it as getHistory gives them. */
function page(all: readonly number[], at: number, size: number, where: "around" | "older" | "newer") {
  const id = all[at] ?? 0;
  const place = all.indexOf(id);
  const from = where === "older" ? Math.max(0, place - size) : where === "newer" ? place + 1 : Math.max(0, place - (size >> 1));
  const to = where === "older" ? place : from + size;
  const ids = all.slice(from, to);
  return {
    ids,
    start: from === 0 && where !== "newer",
    end: to >= all.length && where !== "older",
    ...(where === "older" ? { before: id } : {}),
    ...(where === "newer" ? { after: id } : {}),
  };
}

test("slices are runs of the history without holes", () => {
  const ask = fc.record({ at: fc.nat(60), size: fc.integer({ min: 1, max: 12 }), where: fc.constantFrom("around" as const, "older" as const, "newer" as const), act: fc.constantFrom("page", "page", "page", "new", "gone", "cut") });
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 60 }), fc.array(ask, { maxLength: 25 }), (ids, asks) => {
      const all = ids.sort((a, b) => a - b);
      let slices: Slices = [];
      for (const one of asks) {
        if (!all.length) break;
        const at = one.at % all.length;
        const known = slices.some((slice) => slice.ids.includes(all[at]!));
        if (one.act === "new") {
          all.push(all.at(-1)! + 1);
          slices = addNewest(slices, all.at(-1)!);
        } else if (one.act === "gone") {
          slices = remove(slices, new Set(all.splice(at, 1)));
        } else if (one.act === "cut") {
          const near = one.where === "newer" ? Infinity : all[at]!;
          const before = slices;
          slices = cut(slices, near, one.size);
          checkCut(before, slices, near, one.size);
        } else if (one.where === "around" || known) slices = addPage(slices, page(all, at, one.size, one.where));
        check(slices, all);
      }
    }),
    { numRuns: RUNS },
  );
});

/** What is looked at and the newest stay; nothing else does, nothing is made up. */
function checkCut(before: Slices, after: Slices, near: number, most: number): void {
  const ids = (slices: Slices) => slices.flatMap((slice) => slice.ids);
  assert.ok(ids(after).every((id) => ids(before).includes(id)));
  assert.ok(ids(after).length <= 2 * most, `${ids(after).length} of ${most}`);
  const end = newest(before);
  assert.equal(newest(after)?.ids.at(-1), end?.ids.at(-1));
  assert.equal(newest(after) === undefined, end === undefined);
  if (ids(before).includes(near)) assert.ok(ids(after).includes(near));
}

function check(slices: Slices, all: readonly number[]): void {
  let before = -1;
  for (const slice of slices) {
    if (!slice.ids.length) continue;
    const from = all.indexOf(slice.ids[0]!);
    assert.deepEqual(slice.ids, all.slice(from, from + slice.ids.length));
    assert.ok(from > before, "in order, and apart");
    before = from + slice.ids.length - 1;
    if (slice.start) assert.equal(from, 0);
    if (slice.end) assert.equal(before, all.length - 1);
  }
}

test("a page joins what it touches", () => {
  let slices = addPage([], { ids: [1, 2, 3], start: true, end: false });
  slices = addPage(slices, { ids: [8, 9], start: false, end: true });
  assert.equal(slices.length, 2);
  slices = addPage(slices, { ids: [4, 5, 6, 7], start: false, end: false, after: 3 });
  assert.equal(slices.length, 2);
  slices = addPage(slices, { ids: [5, 6, 7], start: false, end: false, before: 8 });
  assert.deepEqual(newest(slices), { ids: [1, 2, 3, 4, 5, 6, 7, 8, 9], start: true, end: true });
});

test("an empty chat is known to be empty, and takes its first message", () => {
  const slices = addPage([], { ids: [], start: true, end: true });
  assert.deepEqual(addNewest(slices, 5), [{ ids: [5], start: true, end: true }]);
});
