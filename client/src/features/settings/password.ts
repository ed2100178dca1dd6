/** The calls of the second password, of its recovery address and of the address by which one signs in. */
import type { Client } from "../../state/client.ts";
import { isError, RpcError, UNSURE } from "../../wire/errors.ts";
import { rotate } from "../../wire/http.ts";
import type { account_Password, account_PasswordInputSettings, account_ResetPasswordResult, inputCheckPasswordSRP, InputCheckPasswordSRP } from "../../wire/schema.d.ts";
import { prove, verifier } from "../../wire/srp.ts";

const EMPTY: InputCheckPasswordSRP = { _: "inputCheckPasswordEmpty" };
const CHANGE = { _: "emailVerifyPurposeLoginChange" } as const;

/** How the password stands. Its numbers are good for one proof. */
export async function loadPassword(client: Client): Promise<account_Password> {
  return client.connection.call("account.getPassword", {});
}

/** The proof of a password for one call. */
export async function proofOf(client: Client, password: string): Promise<inputCheckPasswordSRP> {
  return prove(password, await loadPassword(client));
}

/** What a change came to: done, or a code of so many digits is in the mail first. */
export type Outcome = { waits: false } | { waits: true; digits: number };

export interface NewPassword {
  password: string;
  hint: string;
  /** "" leaves the recovery address as it is. */
  email: string;
}

/** The first password, or another in its place. `old`: "" where there is none. */
export async function setPassword(client: Client, old: string, wanted: NewPassword): Promise<Outcome> {
  const asked = await loadPassword(client);
  const { new_algo, new_password_hash } = await verifier(wanted.password, asked.new_algo);
  const settings = { _: "account.passwordInputSettings" as const, new_algo, new_password_hash, hint: wanted.hint, ...(wanted.email ? { email: wanted.email } : {}) };
  return update(client, asked.has_password ? await prove(old, asked) : EMPTY, settings);
}

export async function removePassword(client: Client, old: string): Promise<Outcome> {
  const settings = { _: "account.passwordInputSettings" as const, new_algo: { _: "passwordKdfAlgoUnknown" as const }, new_password_hash: "", hint: "" };
  return update(client, await proofOf(client, old), settings);
}

/** Another recovery address; "" takes it away. */
export async function setRecoveryEmail(client: Client, old: string, email: string): Promise<Outcome> {
  return update(client, await proofOf(client, old), { _: "account.passwordInputSettings", email });
}

async function update(client: Client, password: InputCheckPasswordSRP, new_settings: account_PasswordInputSettings): Promise<Outcome> {
  try {
    await made(client, client.connection.call("account.updatePasswordSettings", { password, new_settings }), (now) => stands(now, new_settings));
  } catch (error) {
    if (isError(error, "EMAIL_UNCONFIRMED_X")) return { waits: true, digits: error.value };
    throw error;
  }
  // What the cookie was before is worth nothing from now on.
  await rotate().catch(() => {});
  return { waits: false };
}

/** Whether a change was carried out. The page's own part of the salt is in no other one. */
function stands(now: account_Password, { new_algo, new_password_hash, email }: account_PasswordInputSettings): boolean {
  if (new_password_hash === "") return !now.has_password;
  if (new_algo && "salt1" in new_algo) return now.current_algo !== undefined && "salt1" in now.current_algo && now.current_algo.salt1 === new_algo.salt1;
  return email === "" && !now.has_recovery && !now.email_unconfirmed_pattern;
}

/** Awaits a call; where its answer was lost, looks whether `done` holds. */
async function made(client: Client, call: Promise<unknown>, done: (now: account_Password) => boolean): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!isError(error, UNSURE) || !done(await loadPassword(client))) throw error;
  }
}

export async function confirmRecoveryEmail(client: Client, code: string): Promise<void> {
  await made(client, client.connection.call("account.confirmPasswordEmail", { code }), (now) => now.has_recovery === true && !now.email_unconfirmed_pattern);
  await rotate().catch(() => {});
}

export async function resendRecoveryEmail(client: Client): Promise<void> {
  await client.connection.call("account.resendPasswordEmail", {});
}

export async function cancelRecoveryEmail(client: Client): Promise<void> {
  await made(client, client.connection.call("account.cancelPasswordEmail", {}), (now) => !now.email_unconfirmed_pattern);
}

/** Without password and address: removed after a wait. */
export async function resetPassword(client: Client): Promise<account_ResetPasswordResult> {
  return client.connection.call("account.resetPassword", {});
}

export async function declineReset(client: Client): Promise<void> {
  await made(client, client.connection.call("account.declinePasswordReset", {}), (now) => !now.pending_reset_date);
}

/** A code to the recovery address; gives what is told of the address. */
export async function requestRecovery(client: Client): Promise<string> {
  return (await client.connection.call("auth.requestPasswordRecovery", {})).email_pattern;
}

/** With that code the password goes. */
export async function recoverPassword(client: Client, code: string): Promise<void> {
  await made(client, client.connection.call("auth.recoverPassword", { code }), (now) => !now.has_password);
  await rotate().catch(() => {});
}

/** A code to the address by which one wants to sign in; gives what is told of the address. */
export async function sendLoginEmail(client: Client, email: string): Promise<string> {
  return (await client.connection.call("account.sendVerifyEmailCode", { purpose: CHANGE, email })).email_pattern;
}

export async function verifyLoginEmail(client: Client, code: string): Promise<void> {
  await client.connection.call("account.verifyEmail", { purpose: CHANGE, verification: { _: "emailVerificationCode", code } });
}

/** Why two typings of a new password will not do, as an error; null where they will. */
export function checkTyped(password: string, again: string, hint: string): RpcError | null {
  if (password.length < 8) return new RpcError("PASSWORD_SHORT", 400);
  if (password !== again) return new RpcError("PASSWORD_TWICE", 400);
  if (hint && hint.toLowerCase().includes(password.toLowerCase())) return new RpcError("PASSWORD_IN_HINT", 400);
  return null;
}
