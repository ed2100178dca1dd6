/** Service messages say "you" to those whom they are about; times, sizes and shares are written as people write them. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { service } from "../src/features/app/preview.ts";
import { use } from "../src/i18n/index.ts";
import { date, day, full, hour, percent, size } from "../src/i18n/times.ts";
import type { Client } from "../src/state/client.ts";
import { Store } from "../src/state/store.ts";
import type { messageService, User } from "../src/wire/schema.d.ts";

const speak = (lang: "en" | "fr") => use(lang, JSON.parse(readFileSync(join(import.meta.dirname, `../src/i18n/${lang}.json`), "utf-8")));
const store = new Store();
store.me = "1";
store.putEntities([["1", "Kim"], ["2", "Ada"], ["3", "Ben"]].map(([id, first_name]) => ({ _: "user", id, first_name }) as User), []);
const client = { store } as unknown as Client;
/** Without the marks that keep names of other scripts apart. */
const said = (from: string, action: object) =>
  service(client, { _: "messageService", date: 1, peer_id: { _: "peerChannel", channel_id: "5" }, from_id: { _: "peerUser", user_id: from }, action } as unknown as messageService).replace(/[\u2066-\u2069]/g, "");
const added = (...users: string[]) => ({ _: "messageActionChatAddUser", users });
const removed = (user_id: string) => ({ _: "messageActionChatDeleteUser", user_id });
const byLink = { _: "messageActionChatJoinedByLink" };
const pinned = { _: "messageActionPinMessage" };

test("in English", () => {
  speak("en");
  assert.equal(said("2", added("1")), "Ada added you");
  assert.equal(said("2", added("3", "1")), "Ada added Ben, you");
  assert.equal(said("1", added("3")), "You added Ben");
  assert.equal(said("2", added("3")), "Ada added Ben");
  assert.equal(said("1", added("1")), "You joined");
  assert.equal(said("2", removed("1")), "Ada removed you");
  assert.equal(said("1", removed("3")), "You removed Ben");
  assert.equal(said("3", removed("3")), "Ben left");
  assert.equal(said("1", byLink), "You joined by a link");
  assert.equal(said("1", pinned), "You pinned a message");
});

test("in French", () => {
  speak("fr");
  assert.equal(said("3", byLink), "Ben a rejoint le groupe par un lien");
  assert.equal(said("1", added("3")), "Vous avez ajouté Ben");
  assert.equal(said("2", added("1")), "Ada vous a fait entrer dans le groupe");
  assert.equal(said("1", pinned), "Vous avez épinglé un message");
});

test("a group has one name in French", () => {
  const words = readFileSync(join(import.meta.dirname, "../src/i18n/fr.json"), "utf-8");
  assert.doesNotMatch(words, /salon/i);
});

test("times, sizes, shares", () => {
  const at = new Date(2026, 10, 29, 5, 8).getTime() / 1000;
  const plain = (text: string) => text.replace(/\s/g, " ");
  speak("en");
  assert.deepEqual([hour(at), size(950), size(1), size(1500), percent(1)].map(plain), ["5:08 AM", "950 bytes", "1 byte", "2 kB", "100%"]);
  speak("fr");
  assert.deepEqual([hour(at), size(950), percent(0.5)].map(plain), ["05:08", "950 octets", "50 %"]);
});

test("the first of a month is an ordinal in French", () => {
  const of = (number: number) => Date.UTC(2027, 2, number, 12, 1) / 1000;
  const shown = (number: number) => [date(of(number)), day(of(number), 0), day(of(number), of(20)), full(of(number))];
  speak("fr");
  assert.deepEqual(shown(1).map((one) => one.slice(0, 13)), ["1er mars 2027", "1er mars 2027", "lundi 1er mar", "1er mars 2027"]);
  for (const text of [...shown(11), ...shown(21)]) assert.doesNotMatch(text, /1er/);
  speak("en");
  for (const text of shown(1)) assert.doesNotMatch(text, /1er/);
});
