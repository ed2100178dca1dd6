/** Whatever the server refuses is said in words, in both languages. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { describe } from "../src/features/app/errors.ts";
import { use } from "../src/i18n/index.ts";
import { RpcError } from "../src/wire/errors.ts";

const ROOT = join(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(join(ROOT, path), "utf-8");
const words = (lang: string) => JSON.parse(read(`client/src/i18n/${lang}.json`));
const rows = (path: string) => read(path).trim().split("\n").slice(1).map((line) => line.split("\t"));
const CODE = /[A-Z0-9]+_[A-Z0-9_]+/;

for (const lang of ["en", "fr"] as const) {
  test(`no error is shown by its name (${lang})`, () => {
    use(lang, words(lang));
    const errors = rows("schema/errors.tsv");
    assert.ok(errors.length > 300);
    for (const [name = "", code = ""] of [...errors, ["NEVER_HEARD_OF", "400"], ["NOR_OF_THIS", "403"]]) {
      const said = describe(new RpcError(name, Number(code), 7, "1a2b"));
      assert.doesNotMatch(said, CODE, name);
      assert.match(said, /^\p{Lu}.*[.!]$/u, name);
    }
    assert.doesNotMatch(describe(new TypeError("x_is not")), /x_is/);
  });
}

test("what a person can bring about is said as what it is", () => {
  use("en", words("en"));
  const [general = ""] = describe(new RpcError("NEVER_HEARD_OF", 400)).split(/[.(]/);
  const met = [
    "USER_CREATOR", "USER_ALREADY_PARTICIPANT", "USER_NOT_PARTICIPANT", "USER_NOT_MUTUAL_CONTACT", "USER_KICKED", "USER_CHANNELS_TOO_MUCH",
    "USER_BOT", "USER_ID_INVALID", "PEER_ID_INVALID", "INPUT_USER_DEACTIVATED", "CHANNEL_INVALID", "CHAT_ID_INVALID", "CHANNEL_PRIVATE",
    "CHAT_FORWARDS_RESTRICTED", "CHAT_SEND_PHOTOS_FORBIDDEN", "CHAT_SEND_VOICES_FORBIDDEN", "CHAT_WRITE_FORBIDDEN", "CHAT_TITLE_EMPTY",
    "CHAT_ABOUT_TOO_LONG", "IMAGE_PROCESS_FAILED", "MEDIA_INVALID", "STORAGE_QUOTA_EXCEEDED", "MESSAGE_AUTHOR_REQUIRED",
    "MESSAGE_DELETE_FORBIDDEN", "MESSAGE_POLL_CLOSED", "REVOTE_NOT_ALLOWED", "PINNED_DIALOGS_TOO_MUCH", "REACTION_INVALID",
    "PHONE_NOT_OCCUPIED", "USERNAME_NOT_OCCUPIED", "SEND_CODE_UNAVAILABLE", "SRP_ID_INVALID", "HASH_INVALID", "INVITE_HASH_EXPIRED",
  ];
  for (const name of met) assert.ok(!describe(new RpcError(name, 400)).startsWith(general), name);
});
