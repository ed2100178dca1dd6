/** What the screens of admins compute: rights, ends, squares, and recent actions in words. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { inside, middle, moved, sideOf } from "../src/features/admin/crop.ts";
import { hashOf, stateOf } from "../src/features/admin/link.ts";
import type { Link } from "../src/features/admin/link.ts";
import { sayEvent } from "../src/features/admin/log.ts";
import { adminRights, allowed, banned, grant, mayGive, NEVER, PERMISSIONS, usualRights } from "../src/features/admin/rights.ts";
import { endOf, fieldOf } from "../src/features/admin/until.ts";
import { use } from "../src/i18n/index.ts";
import type { Entity } from "../src/state/keys.ts";
import type { ChannelAdminLogEvent, ChatAdminRights, ChatBannedRights } from "../src/wire/schema.d.ts";

const speak = (lang: "en" | "fr") => use(lang, JSON.parse(readFileSync(join(import.meta.dirname, `../src/i18n/${lang}.json`), "utf-8")));
const rights = (...names: string[]) => ({ _: "chatAdminRights", ...Object.fromEntries(names.map((one) => [one, true])) }) as ChatAdminRights;
const group = (more: object) => ({ _: "channel", id: "5", title: "Club", megagroup: true, ...more }) as unknown as Entity;

test("one gives what one has", () => {
  const admin = group({ admin_rights: rights("add_admins", "invite_users", "manage_topics") });
  assert.equal(mayGive(admin, "invite_users"), true);
  assert.equal(mayGive(admin, "ban_users"), false);
  assert.deepEqual([...usualRights(admin, false)], ["invite_users"]);
  // What is not shown stays, if I may give it; what I have not is not sent, whatever was chosen.
  const before = rights("manage_topics", "manage_call", "invite_users");
  assert.deepEqual(grant(admin, before, new Set(["ban_users", "add_admins"]), false), { ...rights("manage_topics", "add_admins"), other: true });
  const owner = group({ creator: true });
  for (const one of adminRights(false)) assert.equal(mayGive(owner, one), true);
  assert.equal(mayGive(undefined, "invite_users"), false);
  assert.equal(mayGive(group({ left: true }), "invite_users"), false);
});

test("permissions and what forbids them are the same thing twice", () => {
  const names = PERMISSIONS.map((one) => one.name);
  assert.deepEqual([...allowed(undefined)], names);
  for (let mask = 0; mask < 2 ** names.length; mask += 37) {
    const chosen = new Set(names.filter((_, at) => mask & (1 << at)));
    assert.deepEqual([...allowed(banned(chosen, NEVER))].sort(), [...chosen].sort());
  }
  assert.deepEqual([...allowed({ _: "chatBannedRights", until_date: 0, send_messages: true })], ["reactions", "invite", "pin", "info", "rank"]);
  const none = banned(new Set(), 5, { _: "chatBannedRights", until_date: 1, view_messages: true, manage_topics: true });
  assert.deepEqual([none.send_messages, none.send_media, none.until_date, none.view_messages, none.manage_topics], [true, true, 5, undefined, true]);
  assert.deepEqual([banned(new Set(["write"]), 0).send_messages, banned(new Set(["photos"]), 0).send_media], [false, false]);
});

test("ends are ahead, and not too far", () => {
  const now = 1_795_900_000;
  assert.equal(endOf("never", "", now), 0);
  assert.equal(endOf("day", "", now), now + 86_400);
  const soon = now - (now % 60) + 7200;
  assert.equal(endOf("date", fieldOf(soon), now), soon);
  for (const wrong of ["", "x", fieldOf(now - 60), fieldOf(now + 367 * 86_400)]) assert.equal(endOf("date", wrong, now), null, wrong);
});

test("a square stays in its picture", () => {
  const size = { width: 1000, height: 400 };
  let crop = middle(size);
  assert.deepEqual([crop.x, crop.y, sideOf(crop, size)], [500, 200, 400]);
  crop = moved(crop, -0.5, 3, size);
  assert.deepEqual([crop.x, crop.y], [700, 200]);
  crop = moved(crop, -9, 0, size);
  assert.equal(crop.x, 800);
  crop = inside({ ...crop, zoom: 99 }, size);
  assert.deepEqual([crop.zoom, sideOf(crop, size)], [4, 100]);
  crop = moved(crop, -9, -9, size);
  assert.deepEqual([crop.x, crop.y], [950, 350]);
  assert.equal(inside({ ...crop, zoom: 1 }, size).x, 800);
});

test("links", () => {
  const link = (more: object) => ({ _: "chatInviteExported", link: "https://x.test/+AbC-_9", admin_id: "1", date: 1, ...more }) as Link;
  assert.equal(hashOf("https://x.test/+AbC-_9"), "AbC-_9");
  assert.equal(hashOf("https://x.test/"), "");
  assert.deepEqual([link({ revoked: true }), link({ expire_date: 5 }), link({ usage_limit: 2, usage: 2 }), link({ usage_limit: 2 })].map((one) => stateOf(one, 10)), ["revoked", "expired", "full", "open"]);
});

/** Names of the events that the server makes. */
const ACTIONS = [...new Set(readFileSync(join(import.meta.dirname, "../../src/petitbleu/domain/communities/adminlog/views.py"), "utf-8").match(/(?<=api\.)ChannelAdminLogEventAction\w+/g))].map((one) => one[0]!.toLowerCase() + one.slice(1));
const ADMIN = { _: "channelParticipantAdmin", user_id: "3", promoted_by: "2", date: 1, admin_rights: rights("invite_users"), rank: "Chef" };
const PLAIN = { _: "channelParticipant", user_id: "3", date: 1 };
const bans = (more: Partial<ChatBannedRights>) => ({ _: "channelParticipantBanned", peer: { _: "peerUser", user_id: "3" }, kicked_by: "2", date: 1, banned_rights: { _: "chatBannedRights", until_date: NEVER, ...more } });
const MESSAGE = { _: "message", id: 1, message: "bonjour", peer_id: { _: "peerChannel", channel_id: "5" }, from_id: { _: "peerUser", user_id: "3" }, date: 1 };
const INVITE = { _: "chatInviteExported", link: "https://x.test/+AbC", admin_id: "2", date: 1, title: "Flyer" };
const LOOK = { name: (key: string) => ({ u2: "Ada", u3: "Ben", c9: "Forum" })[key] ?? "?", preview: () => "bonjour", duration: (n: number) => `${n} s`, broadcast: false };
const said = (action: object) => sayEvent({ _: "channelAdminLogEvent", id: "1", date: 1, user_id: "2", action } as unknown as ChannelAdminLogEvent, LOOK);
const all = (name: string) => ({
  _: name, prev_value: name.endsWith("Usernames") ? [] : name.includes("Linked") ? "0" : "x", new_value: name.endsWith("Usernames") ? ["y"] : name.includes("Linked") ? "9" : /Toggle(?!Slow)/.test(name) ? true : /Slow|TTL/.test(name) ? 86_400 : "y",
  new_photo: { _: "photo" }, prev_banned_rights: undefined, new_banned_rights: undefined, message: MESSAGE, prev_message: MESSAGE, new_message: MESSAGE, participant: PLAIN,
  prev_participant: PLAIN, new_participant: name.includes("Ban") ? bans({ view_messages: true }) : ADMIN, user_id: "3", prev_rank: "", new_rank: "Chef", invite: INVITE, new_invite: INVITE, prev_invite: INVITE, approved_by: "2",
});

for (const lang of ["en", "fr"] as const) {
  test(`every kind of action that the server tells is a sentence of its own (${lang})`, () => {
    speak(lang);
    assert.ok(ACTIONS.length >= 30);
    const other = said({ _: "channelAdminLogEventActionOfTomorrow" }).text;
    const texts = ACTIONS.map((name) => said(all(name)).text);
    for (const [at, text] of texts.entries()) {
      assert.notEqual(text, other, ACTIONS[at]);
      assert.match(text, /Ada/, ACTIONS[at]);
    }
    // Two kinds of public addresses are told alike.
    assert.equal(new Set(texts).size, texts.length - 1);
  });
}

test("who did what to whom", () => {
  speak("en");
  const ban = (before: object, after: object) => said({ _: "channelAdminLogEventActionParticipantToggleBan", prev_participant: before, new_participant: after });
  const admin = (before: object, after: object) => said({ _: "channelAdminLogEventActionParticipantToggleAdmin", prev_participant: before, new_participant: after });
  assert.equal(ban(PLAIN, bans({ view_messages: true })).text, "Ada banned Ben");
  assert.equal(ban(bans({ view_messages: true }), { _: "channelParticipantLeft", peer: { _: "peerUser", user_id: "3" } }).text, "Ada let Ben come back");
  assert.deepEqual(ban(PLAIN, bans({ send_photos: true })), { text: "Ada restricted Ben", details: ["− Send photos"] });
  assert.equal(ban(bans({ send_photos: true }), PLAIN).text, "Ada lifted the restrictions of Ben");
  assert.deepEqual(admin(PLAIN, ADMIN), { text: "Ada made Ben an admin", details: ["+ Invite people"], before: "", after: "Chef" });
  assert.equal(admin(ADMIN, PLAIN).text, "Ada took Ben’s rights as an admin away");
  assert.deepEqual(admin(ADMIN, { ...ADMIN, admin_rights: rights("pin_messages") }), { text: "Ada changed the rights of Ben", details: ["− Invite people", "+ Pin messages"] });
  assert.deepEqual(said({ _: "channelAdminLogEventActionChangeTitle", prev_value: "A", new_value: "B" }), { text: "Ada changed the name", before: "A", after: "B" });
  assert.equal(said({ _: "channelAdminLogEventActionChangeLinkedChat", prev_value: "9", new_value: "0" }).text, "Ada ended the link with “Forum”");
  assert.equal(said({ _: "channelAdminLogEventActionParticipantJoinByRequest", invite: { _: "chatInvitePublicJoinRequests" }, approved_by: "3" }).text, "Ada was let in by Ben");
});

test("the kinds that can be filtered are those of the server", () => {
  const kinds = readFileSync(join(import.meta.dirname, "../../src/petitbleu/domain/communities/adminlog/kinds.py"), "utf-8");
  const screen = readFileSync(join(import.meta.dirname, "../src/features/admin/log.tsx"), "utf-8");
  // Calls, topics and paid membership are not served.
  for (const [, kind = ""] of kinds.matchAll(/": "(\w+)"/g)) if (!/group_call|forums|sub_extend/.test(kind)) assert.match(screen, new RegExp(`\\b${kind}: true`), kind);
});

test("what the server writes into a history is a sentence", () => {
  const server = join(import.meta.dirname, "../../src/petitbleu/domain");
  const source = (folder: string): string => readdirSync(folder, { recursive: true, encoding: "utf-8" }).filter((one) => one.endsWith(".py")).map((one) => readFileSync(join(folder, one), "utf-8")).join("");
  const preview = readFileSync(join(import.meta.dirname, "../src/features/app/preview.ts"), "utf-8");
  const made = new Set(source(server).match(/(?<=api\.)MessageAction(?!Empty)\w+/g));
  assert.ok(made.size >= 14);
  for (const one of made) assert.ok(preview.includes(`"${one[0]!.toLowerCase()}${one.slice(1)}"`), one);
});
