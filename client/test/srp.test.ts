/** The second password: what the page computes is what the server computes. The vectors were made with the server's own code. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import type { PasswordKdfAlgo } from "../src/wire/schema.d.ts";
import { fromBase64, prove, toBase64, UnknownAlgorithm, verifier } from "../src/wire/srp.ts";

const P = "xxyuucaxyQSObFIvcPE/c5gNQCOOPiHBSTTQN1Y9kw9IGYoKp8FAWCKUk9IlMPTb+jNvbgrJJROVQ67UTM58NyD9UfaUWHBaxozU/mtrE6vcl0ZRKWkyhFTxj6+MWV9kJHf+lrsqlB1bzR1KyMxJiAcI+ps3jjxPOpBgvuZ8+aSkppWBEFGQfhYnU7VrD2tBDbp02KhLKhSzFE4O8ShHVP0X7ZUNWWW0ud1GWC2xF40WnGvEZbDW/5yjko/vW5rk5Bj8Feg+vqD4f6n/Xu1wBQ3tKEn0e/lZ2VaFDOkphR8NgRX2NbEF7i5OFdBLJFS/b0+t8DSxBAMRnNjjuS/MWw==";
const run = (from: number, count: number) => Uint8Array.from({ length: count }, (_, at) => from + at);
const SALT2 = toBase64(run(101, 16));
const OFFERED = { _: "passwordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow", salt1: toBase64(run(1, 40)), salt2: SALT2, g: 3, p: P } as const;
const EXTRA = run(200, 32);
const SECRET = Uint8Array.from({ length: 256 }, (_, at) => (at * 7 + 3) % 256);

/** `salt1` with what the page has added, the digest of the verifier, the server's challenge for it, and the proof that it takes. */
const VECTORS = [
  {
    password: "correct horse battery",
    salt1: "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAhIiMkJSYnKMjJysvMzc7P0NHS09TV1tfY2drb3N3e3+Dh4uPk5ebn",
    verifier: "d3e531fdfbb9192d4bd94294ca40f26688d6481819f9b5f1b84515f24ad3735b",
    B: "lMLthoDqdhqK8dXBq+af6ZPq8raR6+4tReCJgqaJRFN8l1lY0V6ypNZT4O2fBTFXnXZn4ovPpyk30FRRd0naaskrgZeOGThaooTM+enHuYw5DX/3roCZMq8z+P1De73jhOw6sfEtkkOFZSqOx5kKKuFP37YTS7cvTDDeZec6IRw2ZCGcYoYsU9l47fSLdwTJgik25Y1X+uN2ha4ChKlO82jA7PB4FVwj941HAInLHhwH5zbc7s8LSmowOj+FKTqWxED05ovjZVohXtS3Miau/djwdACumEqXwMhScAYaWd7vrJPpi0Qz4O8QkXxJDreoBtQRY2IIRlhulaicPWdqgA==",
    M1: "8IxKDHWDbWtUrY5HPJ/dN40L8GT5aA/6qzEU4GqByjU=",
  },
  {
    password: "mot de passe é 🗝",
    salt1: "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAhIiMkJSYnKMjJysvMzc7P0NHS09TV1tfY2drb3N3e3+Dh4uPk5ebn",
    verifier: "840684dd1321dd8b617164b1d2d83ea0bcee4009fae97e925e2440e7d3845553",
    B: "cfcSB/CtbIjoUm3MwuK7WAlmSKvvTNU4Q+Uyrtpn/DMl+rw70koJG1jtWvyKRzuaGHAw8FInTgbnQlAixAZUmukRi5mqy1/G+b/zRDqF31Dd55KRFxJaptYu/2DO5rff/VMeIT7UbcTSvomH0YUKG0oB3uob7xhU9CrqpAYnpZs00FL+Ttzpl8yaI7nnAZ7exONJuO8832eRSufCLWP3ki8vgRBvWaZX1AwvJvCTdt3ZF7X5rkqfMwtzrQlRf3n4DLRUjWLfZ+ZWlbRq/XdX9OVm+A7drKcAGAaD2TDT32asVHyhfP5fpablfH64IFWbbo25NpPnL9N5EfnNZF+SYw==",
    M1: "bsaQ/ViR3Oy8hmBqDSWrkj9OdCazYDN/EX1VizPIcmA=",
  },
];

for (const { password, salt1, verifier: digest, B, M1 } of VECTORS) {
  test(`a new password and its proof: ${password}`, async () => {
    const made = await verifier(password, OFFERED, EXTRA);
    assert.deepEqual(made.new_algo, { ...OFFERED, salt1 });
    assert.equal(fromBase64(made.new_password_hash).length, 256);
    assert.equal(createHash("sha256").update(fromBase64(made.new_password_hash)).digest("hex"), digest);
    const asked = { _: "account.password" as const, current_algo: made.new_algo, srp_B: B, srp_id: "7", new_algo: OFFERED, new_secure_algo: { _: "securePasswordKdfAlgoUnknown" as const }, secure_random: "" };
    assert.equal((await prove(password, asked, SECRET)).M1, M1);
    assert.notEqual((await prove(`${password}!`, asked, SECRET)).M1, M1);
  });
}

test("a new password has a salt of its own each time", async () => {
  const [one, other] = await Promise.all([verifier("the same", OFFERED), verifier("the same", OFFERED)]);
  assert.notEqual(one.new_password_hash, other.new_password_hash);
});

test("no password is set by parameters that the page does not know", async () => {
  const others: PasswordKdfAlgo[] = [{ _: "passwordKdfAlgoUnknown" }, { ...OFFERED, g: 2 }, { ...OFFERED, p: toBase64(run(1, 256)) }];
  for (const algo of others) await assert.rejects(verifier("secret", algo), UnknownAlgorithm);
});
