/** What cannot be anybody's number, address or name is said to be so, before a code is asked for. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { whoIs } from "../src/features/signin/who.ts";

test("numbers, addresses and names", () => {
  assert.deepEqual(whoIs(" +33 6 12 34 56 78 "), { kind: "number", digits: "33612345678" });
  assert.deepEqual(whoIs("9996621234"), { kind: "number", digits: "9996621234" });
  assert.deepEqual(whoIs("(336) 12.34-56"), { kind: "number", digits: "336123456" });
  assert.deepEqual(whoIs(" ada@example.org "), { kind: "mail", text: "ada@example.org" });
  assert.deepEqual(whoIs("é.ô+x@müsli.example"), { kind: "mail", text: "é.ô+x@müsli.example" });
  assert.deepEqual(whoIs("@ada_1"), { kind: "name", text: "@ada_1" });
});

test("nothing else", () => {
  for (const text of ["", "  ", "hello", "ada", "12", "+", "@", "@a b", "a@b", "@ada@", "ada@@example.org", "ada @example.org", "x@example.", "héllo wörld"]) {
    assert.equal(whoIs(text), null, text);
  }
});
