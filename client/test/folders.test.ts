/** Folders as they are changed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { empty, faultOf, made, moved, placeOf, put, titled, withKind } from "../src/features/folders/edit.ts";
import { applyAll } from "../src/state/apply.ts";
import { inputOf, keyOfInput, peerOf } from "../src/state/keys.ts";
import { keyOf } from "../src/state/keys.ts";
import { Store } from "../src/state/store.ts";
import type { Update } from "../src/wire/schema.d.ts";

const ME = "1";
const peer = (key: string) => inputOf(key, undefined);

test("a chat is in, out, or neither, and never twice", () => {
  let folder = empty([]);
  assert.equal(folder.id, 2);
  for (const key of ["u5", "g6", "c7"]) folder = put(folder, peer(key), "in", ME);
  folder = put(folder, peer("g6"), "in", ME);
  assert.deepEqual(folder.include_peers.map((one) => keyOfInput(one, ME)), ["u5", "c7", "g6"]);
  folder = put(folder, peer("c7"), "out", ME);
  assert.deepEqual(["u5", "c7", "u9"].map((key) => placeOf(folder, key, ME)), ["in", "out", ""]);
  folder = put(folder, peer("c7"), "", ME);
  assert.equal(placeOf(folder, "c7", ME), "");
  const pinned = { ...folder, include_peers: [], pinned_peers: [peer("u5")] };
  assert.deepEqual(put(pinned, peer("u5"), "in", ME).include_peers, [], "a pinned one stays pinned");
  assert.deepEqual(put(pinned, peer("u5"), "out", ME).pinned_peers, []);
  assert.equal(placeOf(put(folder, { _: "inputPeerSelf" }, "in", ME), "u1", ME), "in");
});

test("what a folder lacks is named", () => {
  const folder = empty([]);
  assert.equal(faultOf(folder), "title");
  assert.equal(faultOf(titled(folder, "Work")), "nothing");
  assert.equal(faultOf(withKind(titled(folder, "Work"), "groups", true)), null);
  assert.equal(faultOf(withKind(titled(folder, "Work"), "exclude_read", true)), "nothing");
  assert.equal("groups" in withKind(withKind(folder, "groups", true), "groups", false), false);
});

test("numbers are free, places are moved", () => {
  const two = titled(empty([]), "A");
  assert.equal(empty([{ _: "dialogFilterDefault" }, two]).id, 3);
  assert.deepEqual(made([{ _: "dialogFilterDefault" }, two]), [two]);
  assert.deepEqual(moved([1, 2, 3], 2, -1), [1, 3, 2]);
  assert.deepEqual(moved([1, 2, 3], 0, 1), [2, 1, 3]);
  const list = [1, 2];
  for (const [at, by] of [[0, -1], [1, 1], [-1, 1]] as const) assert.equal(moved(list, at, by), list);
});

test("what another device does to folders is shown", () => {
  const store = new Store();
  const [a, b] = [titled(empty([]), "A"), { ...titled(empty([]), "B"), id: 3 }];
  const names = () => store.filters.value.map((one) => ("title" in one ? one.title.text : "all"));
  const say = (update: Update) => applyAll(store, [update]);
  store.filters.value = [{ _: "dialogFilterDefault" }, a];
  say({ _: "updateDialogFilter", id: 3, filter: b });
  say({ _: "updateDialogFilter", id: 2, filter: titled(a, "AA") });
  assert.deepEqual(names(), ["all", "AA", "B"]);
  say({ _: "updateDialogFilterOrder", order: [3, 0, 2] });
  assert.deepEqual(names(), ["B", "all", "AA"]);
  say({ _: "updateDialogFilter", id: 3 });
  assert.deepEqual(names(), ["all", "AA"]);
});

test("keys are peers and back", () => {
  for (const key of ["u5", "g6", "c7"]) assert.equal(keyOf(peerOf(key)), key);
});
