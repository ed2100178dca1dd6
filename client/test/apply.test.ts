/** What updates make known: who comes and goes, who is online, whom I have blocked, which folder is left. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { existing, hasArchive } from "../src/features/chat-list/folders.ts";
import { applyAll } from "../src/state/apply.ts";
import { isOnline } from "../src/state/names.ts";
import { Store } from "../src/state/store.ts";
import type { Dialog, Update, User } from "../src/wire/schema.d.ts";

const apply = (store: Store, ...updates: object[]) => applyAll(store, updates as Update[]);
const person = { _: "peerUser", user_id: "7" };
const channel = { _: "peerChannel", channel_id: "5" };

function withRow(folder: number): Store {
  const store = new Store();
  const row = { _: "dialog", peer: person, top_message: 1, unread_count: 0, unread_mentions_count: 0, read_inbox_max_id: 0, read_outbox_max_id: 0, notify_settings: {}, folder_id: folder };
  store.putDialog(row as unknown as Dialog);
  store.sort();
  return store;
}

test("when the last chat leaves the archive, the list is shown", () => {
  const store = withRow(1);
  const tabs = () => [["all", "All"], ...(hasArchive(store) ? [["archive", "Archive"]] : [])] as ["all" | "archive", string][];
  assert.equal(existing(tabs(), "archive"), "archive");
  apply(store, { _: "updateFolderPeers", folder_peers: [{ _: "folderPeer", peer: person, folder_id: 0 }] });
  assert.equal(existing(tabs(), "archive"), "all");
  assert.equal(existing([["all", "All"], [3, "Work"]], 3), 3);
  assert.equal(existing([["all", "All"]], 3), "all");
});

test("each who comes or goes is noticed, and nothing else", () => {
  const store = new Store();
  const said = (id: number, action: string) => ({ _: "updateNewChannelMessage", message: { _: "messageService", id, date: id, peer_id: channel, action: { _: action } } });
  const count = () => store.membershipOf("c5").peek();
  let before = count();
  for (const [n, action] of ["messageActionChatAddUser", "messageActionChatDeleteUser", "messageActionChatJoinedByLink", "messageActionChatJoinedByRequest"].entries()) {
    apply(store, said(n + 1, action));
    assert.ok(count() > before, action);
    before = count();
  }
  apply(store, said(9, "messageActionPinMessage"));
  assert.equal(count(), before);
  apply(store, { _: "updateChannel", channel_id: "5" });
  assert.ok(count() > before);
  apply(store, { _: "updateChatParticipants", participants: { _: "chatParticipants", chat_id: "4", participants: [] } });
  assert.equal(store.membershipOf("g4").peek(), 1);
});

test("a person comes online and goes", () => {
  const store = new Store();
  store.putEntities([{ _: "user", id: "7", status: { _: "userStatusOffline", was_online: 1 } } as User], []);
  const online = () => {
    const entity = store.entity("u7").peek();
    return entity?._ === "user" && isOnline(entity, 100);
  };
  apply(store, { _: "updateUserStatus", user_id: "7", status: { _: "userStatusOnline", expires: 400 } });
  assert.ok(online());
  apply(store, { _: "updateUserStatus", user_id: "7", status: { _: "userStatusOffline", was_online: 90 } });
  assert.ok(!online());
});

test("blocking on another device is known here", () => {
  const store = new Store();
  assert.equal(store.isBlocked("u7").peek(), undefined);
  apply(store, { _: "updatePeerBlocked", peer_id: person, blocked: true });
  assert.equal(store.isBlocked("u7").peek(), true);
  apply(store, { _: "updatePeerBlocked", peer_id: person, blocked_my_stories_from: true });
  assert.equal(store.isBlocked("u7").peek(), true);
  apply(store, { _: "updatePeerBlocked", peer_id: person });
  assert.equal(store.isBlocked("u7").peek(), false);
});

test("how many ask to be let in", () => {
  const store = new Store();
  const ask = (requests_pending: number) => apply(store, { _: "updatePendingJoinRequests", peer: channel, requests_pending, recent_requesters: [] });
  assert.equal(store.requestsOf("c5").peek(), 0);
  ask(3);
  assert.deepEqual([store.requestsOf("c5").peek(), store.requestsOf("c6").peek()], [3, 0]);
  ask(0);
  assert.equal(store.requestsOf("c5").peek(), 0);
});
