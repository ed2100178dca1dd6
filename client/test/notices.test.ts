/** Quiet hours, as they are kept on the device. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { isQuiet, minutesOf, timeOf } from "../src/features/notices/settings.ts";

const at = (time: string) => new Date(`2026-11-29T${time}:00`);
const night = { from: 22 * 60, until: 7 * 60, quiet: true, text: true, sound: true };

test("quiet hours go over midnight", () => {
  const quiet = ["21:59", "22:00", "23:30", "00:00", "06:59", "07:00", "12:00"].map((one) => isQuiet(at(one), night));
  assert.deepEqual(quiet, [false, true, true, true, true, false, false]);
});

test("quiet hours within a day, none, and switched off", () => {
  const noon = { ...night, from: 12 * 60, until: 14 * 60 };
  assert.deepEqual(["11:59", "12:00", "13:59", "14:00"].map((one) => isQuiet(at(one), noon)), [false, true, true, false]);
  assert.equal(isQuiet(at("12:00"), { ...noon, until: noon.from }), false);
  assert.equal(isQuiet(at("12:30"), { ...noon, quiet: false }), false);
});

test("times and minutes", () => {
  for (const time of ["00:00", "07:05", "22:00", "23:59"]) assert.equal(timeOf(minutesOf(time) ?? -1), time);
  for (const wrong of ["", "7:00", "a", "22:00:00"]) assert.equal(minutesOf(wrong), null);
});
