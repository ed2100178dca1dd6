/** A change of the second password whose answer was lost: the page looks whether it was carried out. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { cancelRecoveryEmail, confirmRecoveryEmail, declineReset, recoverPassword, setPassword } from "../src/features/settings/password.ts";
import type { Client } from "../src/state/client.ts";
import { RpcError, UNSURE } from "../src/wire/errors.ts";
import type { account_Password, account_PasswordInputSettings, PasswordKdfAlgo } from "../src/wire/schema.d.ts";
import { toBase64 } from "../src/wire/srp.ts";

const P = "xxyuucaxyQSObFIvcPE/c5gNQCOOPiHBSTTQN1Y9kw9IGYoKp8FAWCKUk9IlMPTb+jNvbgrJJROVQ67UTM58NyD9UfaUWHBaxozU/mtrE6vcl0ZRKWkyhFTxj6+MWV9kJHf+lrsqlB1bzR1KyMxJiAcI+ps3jjxPOpBgvuZ8+aSkppWBEFGQfhYnU7VrD2tBDbp02KhLKhSzFE4O8ShHVP0X7ZUNWWW0ud1GWC2xF40WnGvEZbDW/5yjko/vW5rk5Bj8Feg+vqD4f6n/Xu1wBQ3tKEn0e/lZ2VaFDOkphR8NgRX2NbEF7i5OFdBLJFS/b0+t8DSxBAMRnNjjuS/MWw==";
const OFFERED: PasswordKdfAlgo = { _: "passwordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow", salt1: toBase64(new Uint8Array(8)), salt2: toBase64(new Uint8Array(16)), g: 3, p: P };

/** A server that carries each call out, or not, and whose answer is lost either way. */
function losing(carried: boolean, begin: Partial<account_Password>): { client: Client; now: account_Password; calls: string[] } {
  const calls: string[] = [];
  const now: account_Password = { _: "account.password", new_algo: OFFERED, new_secure_algo: { _: "securePasswordKdfAlgoUnknown" }, secure_random: "", ...begin };
  const done: Record<string, (params: { new_settings: account_PasswordInputSettings }) => void> = {
    "account.updatePasswordSettings": ({ new_settings }) => void Object.assign(now, { has_password: true, current_algo: new_settings.new_algo }),
    "account.confirmPasswordEmail": () => void (Object.assign(now, { has_recovery: true }), delete now.email_unconfirmed_pattern),
    "account.cancelPasswordEmail": () => void delete now.email_unconfirmed_pattern,
    "account.declinePasswordReset": () => void delete now.pending_reset_date,
    "auth.recoverPassword": () => void (now.has_password = false),
  };
  const call = async (name: string, params: { new_settings: account_PasswordInputSettings }) => {
    calls.push(name);
    if (name === "account.getPassword") return { ...now };
    if (carried) done[name]!(params);
    throw new RpcError(UNSURE, 0);
  };
  return { client: { connection: { call } } as unknown as Client, now, calls };
}

const CASES: [string, Partial<account_Password>, (client: Client) => Promise<unknown>][] = [
  ["a new password", {}, (client) => setPassword(client, "", { password: "correct horse", hint: "", email: "" })],
  ["a code by mail", { email_unconfirmed_pattern: "a***" }, (client) => confirmRecoveryEmail(client, "12345")],
  ["no recovery address after all", { email_unconfirmed_pattern: "a***" }, cancelRecoveryEmail],
  ["no reset after all", { pending_reset_date: 7 }, declineReset],
  ["a password removed by a code", { has_password: true, current_algo: OFFERED }, (client) => recoverPassword(client, "12345")],
];

for (const [name, begin, change] of CASES) {
  test(`${name}: carried out, and the answer lost`, async () => {
    const { client, calls } = losing(true, begin);
    await change(client);
    assert.equal(calls.at(-1), "account.getPassword");
    assert.equal(calls.filter((one) => one !== "account.getPassword").length, 1, "made once");
  });
  test(`${name}: not carried out`, async () => {
    await assert.rejects(change(losing(false, begin).client), { kind: UNSURE });
  });
}

test("another password that was set meanwhile is not taken for one's own", async () => {
  const { client, now } = losing(false, { });
  Object.assign(now, { current_algo: { ...OFFERED, salt1: toBase64(new Uint8Array(40)) } });
  await assert.rejects(setPassword(client, "", { password: "correct horse", hint: "", email: "" }), { kind: UNSURE });
});
