/** What stands in a field is kept with its styles; people in it go out as the server wants them named. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { newer } from "../src/state/drafts.ts";
import { withHashes } from "../src/state/mentions.ts";
import { Store } from "../src/state/store.ts";
import type { MessageEntity, user } from "../src/wire/schema.d.ts";

const bold: MessageEntity = { _: "messageEntityBold", offset: 0, length: 1 };

test("the newer of two drafts is shown, with its styles", () => {
  const remote = { _: "draftMessage", message: "b", entities: [bold], date: 5 } as const;
  assert.deepEqual(newer({ text: "**a**", marks: true, replyTo: 0, at: 4 }, { ...remote, entities: [bold] }), { text: "b", entities: [bold], replyTo: 0, at: 5 });
  assert.deepEqual(newer({ text: "**a**", marks: true, replyTo: 0, at: 5 }, { ...remote, entities: [bold] }), { text: "**a**", marks: true, replyTo: 0, at: 5 });
  assert.deepEqual(newer({ text: "", replyTo: 0, at: 6 }, { ...remote, entities: [bold] }).text, "", "an empty one has a date too");
});

test("people are named with what proves that one may name them; strangers are words", () => {
  const store = new Store();
  store.me = "7";
  store.putEntities([{ _: "user", id: "5", access_hash: "99" } as user, { _: "user", id: "7", self: true, access_hash: "1" } as user], []);
  const mention = (user_id: string): MessageEntity => ({ _: "messageEntityMentionName", offset: 0, length: 1, user_id });
  assert.deepEqual(withHashes(store, [mention("5"), mention("6"), mention("7"), bold]), [
    { _: "inputMessageEntityMentionName", offset: 0, length: 1, user_id: { _: "inputUser", user_id: "5", access_hash: "99" } },
    { _: "inputMessageEntityMentionName", offset: 0, length: 1, user_id: { _: "inputUserSelf" } },
    bold,
  ]);
});
