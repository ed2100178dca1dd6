/** The rules behind the settings: exceptions of privacy, days, squares, what is read out. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { copyOf } from "../src/features/settings/data.ts";
import { checkTyped } from "../src/features/settings/password.ts";
import { isAnnounced, LEVELS } from "../src/features/settings/preferences.ts";
import type { Choice, Who } from "../src/features/settings/privacy.ts";
import { choiceOf, rulesOf, withException, withoutException } from "../src/features/settings/privacy.ts";
import { birthdayOf, squareOf } from "../src/features/settings/profile.ts";
import { parse } from "../src/features/app/route.ts";
import type { InputPrivacyRule, PrivacyRule } from "../src/wire/schema.d.ts";

const input = (id: string) => ({ _: "inputUser" as const, user_id: id, access_hash: "0" });

/** As the server gives rules back. */
function answered(rules: readonly InputPrivacyRule[]): PrivacyRule[] {
  return rules.map((one) => {
    const _ = `p${one._.slice("inputP".length)}`;
    return "users" in one ? { _, users: one.users.map((user) => ("user_id" in user ? user.user_id : "")) } : { ...one, _ };
  }) as PrivacyRule[];
}

const ids = fc.uniqueArray(fc.integer({ min: 1, max: 9 }).map(String), { maxLength: 5 });
const kept = fc.subarray<PrivacyRule>([{ _: "privacyValueAllowBots" }, { _: "privacyValueAllowPremium" }, { _: "privacyValueAllowChatParticipants", chats: ["5"] }]);

test("a choice comes back as it was said, and what others have set stays", () => {
  fc.assert(fc.property(fc.constantFrom<Who>("everybody", "contacts", "nobody"), ids, ids, kept, (who, allow, all, kept) => {
    const choice: Choice = { who, allow, never: all.filter((one) => !allow.includes(one)), kept };
    assert.deepEqual(choiceOf(answered(rulesOf(choice, input))), choice);
  }));
});

test("somebody is an exception of one kind", () => {
  const none: Choice = { who: "contacts", allow: [], never: [], kept: [] };
  const one = withException(none, "allow", "7");
  assert.deepEqual([one.allow, one.never], [["7"], []]);
  const other = withException(one, "never", "7");
  assert.deepEqual([other.allow, other.never], [[], ["7"]]);
  assert.deepEqual(withoutException(other, "7"), none);
});

test("what the server has by default", () => {
  assert.equal(choiceOf([{ _: "privacyValueAllowAll" }]).who, "everybody");
  assert.equal(choiceOf([{ _: "privacyValueAllowContacts" }, { _: "privacyValueDisallowAll" }]).who, "contacts");
  assert.equal(choiceOf([{ _: "privacyValueDisallowAll" }]).who, "nobody");
});

test("birthdays", () => {
  assert.deepEqual(birthdayOf("29", "2", ""), { _: "birthday", day: 29, month: 2 });
  assert.deepEqual(birthdayOf("1", "12", "1990"), { _: "birthday", day: 1, month: 12, year: 1990 });
  assert.equal(birthdayOf("", "", ""), null);
  for (const [day, month, year] of [["29", "2", "2023"], ["31", "4", ""], ["0", "1", ""], ["1", "", ""], ["", "1", ""], ["1", "13", ""], ["1", "1", "9"], ["1", "1", "2999"], ["x", "1", ""], ["", "", "1990"]]) {
    assert.equal(birthdayOf(day!, month!, year!), "wrong", `${day} ${month} ${year}`);
  }
});

test("the square lies in the picture", () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 5000 }), fc.double({ min: 0, max: 1, noNaN: true }), (width, height, place) => {
    const { x, y, side } = squareOf(width, height, place);
    assert.equal(side, Math.min(width, height));
    assert.ok(x >= 0 && y >= 0 && x + side <= width && y + side <= height);
  }));
});

test("what a screen reader is told", () => {
  const open = { isOpen: true, muted: true, mentioned: false };
  const other = { isOpen: false, muted: false, mentioned: false };
  const quiet = { isOpen: false, muted: true, mentioned: false };
  const called = { isOpen: false, muted: true, mentioned: true };
  const heard = LEVELS.map((level) => [open, other, quiet, called].map((one) => isAnnounced(level, one)));
  assert.deepEqual(heard, [[false, false, false, false], [true, false, false, false], [false, false, false, true], [true, true, false, true]]);
});

test("a new password is typed twice, and its hint does not tell it", () => {
  assert.equal(checkTyped("long enough", "long enough", "a hint"), null);
  assert.equal(checkTyped("short", "short", "")?.kind, "PASSWORD_SHORT");
  assert.equal(checkTyped("long enough", "long enoughh", "")?.kind, "PASSWORD_TWICE");
  assert.equal(checkTyped("long enough", "long enough", "It is LONG ENOUGH")?.kind, "PASSWORD_IN_HINT");
});

test("addresses of sections", () => {
  assert.deepEqual(parse("/app/settings"), { screen: "settings", section: "", detail: "" });
  assert.deepEqual(parse("/app/settings/privacy/phone"), { screen: "settings", section: "privacy", detail: "phone" });
  assert.deepEqual(parse("/app/settings/<b>/phone"), { screen: "settings", section: "", detail: "" });
});

test("how far a copy of one's data is", () => {
  const made = { _: "petitbleu.export", id: "7", date: 100, chats: 3, all_chats: 4, messages: 20, files: 1, next: 86_500 } as const;
  assert.deepEqual(copyOf({ _: "petitbleu.exportEmpty" }, 0), { state: "none" });
  assert.deepEqual(copyOf(made, 0), { state: "making", share: 0.75, messages: 20, files: 1 });
  assert.deepEqual(copyOf({ ...made, chats: 0, all_chats: 0 }, 0), { state: "making", share: 0, messages: 20, files: 1 });
  const packing = copyOf({ ...made, chats: 4 }, 0);
  assert.ok(packing.state === "making" && packing.share < 1);
  assert.deepEqual(copyOf({ ...made, failed: true }, 0), { state: "failed", next: 86_500 });
  const ready = { ...made, ready: true, size: "1234", expires: 200, url: "https://chat.example.org/app/f/export/7" };
  assert.deepEqual(copyOf(ready, 199), { state: "ready", path: "/app/f/export/7", size: 1234, expires: 200, next: 86_500 });
  assert.deepEqual(copyOf(ready, 200), { state: "none" });
  // Only ever an address of this page.
  for (const url of ["javascript:alert(1)", "https://example.org/", ""]) assert.equal((copyOf({ ...ready, url }, 0) as { path: string }).path, "");
});
