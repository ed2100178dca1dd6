/** The calls of signing in. All go by POST: an answer there can set the cookie. */
import { lang } from "../../i18n/index.ts";
import { isError, RpcError } from "../../wire/errors.ts";
import { listen, loadSession, post, rotate } from "../../wire/http.ts";
import type { auth_Authorization, auth_SentCode, help_TermsOfService } from "../../wire/schema.d.ts";
import { prove } from "../../wire/srp.ts";
import { sign } from "../passkeys/index.tsx";
import { whoIs } from "./who.ts";

export interface CodeSent {
  kind: "code";
  who: string;
  /** What `auth.signIn` takes for a number. */
  number: string;
  hash: string;
  length: number;
  /** By what the code comes. */
  by: "app" | "mail" | "message" | "call";
  hint: string;
  trusted: boolean;
}
export type Step =
  | { kind: "who" }
  | CodeSent
  | { kind: "name"; number: string; hash: string; terms: help_TermsOfService | null; trusted: boolean }
  | { kind: "qr"; trusted: boolean }
  | { kind: "password"; trusted: boolean }
  | { kind: "done" };

const SETTINGS = { _: "codeSettings" } as const;
const APP = { api_id: 1, api_hash: "" };

/** Ask for a code for a number, a mail address or an @name. */
export async function sendCode(who: string, trusted: boolean): Promise<Step> {
  const said = whoIs(who);
  if (!said) throw new RpcError("WHO_INVALID", 400);
  if (said.kind === "number") {
    const sent = await post("auth.sendCode", { phone_number: said.digits, ...APP, settings: SETTINGS }, lang());
    return stepOf(sent, { who: who.trim(), number: said.digits, trusted });
  }
  const found = await post("petitbleu.sendCode", { who: said.text }, lang());
  return stepOf(found.sent, { who: said.text, number: found.alias, trusted });
}

function stepOf(sent: auth_SentCode, about: { who: string; number: string; trusted: boolean }): Step {
  if (sent._ === "auth.sentCodeSuccess") return { kind: "done" };
  const type = sent._ === "auth.sentCode" ? sent.type : undefined;
  const by =
    type?._ === "auth.sentCodeTypeApp" ? "app" : type?._ === "auth.sentCodeTypeEmailCode" ? "mail" : type?._ === "auth.sentCodeTypeCall" ? "call" : "message";
  return {
    kind: "code",
    ...about,
    hash: sent.phone_code_hash,
    length: type && "length" in type && type.length ? type.length : 5,
    by,
    hint: type?._ === "auth.sentCodeTypeEmailCode" ? type.email_pattern : "",
  };
}

/** Another code, by another way if there is one. */
export async function sendAgain(step: CodeSent): Promise<Step> {
  const sent = await post("auth.resendCode", { phone_number: step.number, phone_code_hash: step.hash });
  return stepOf(sent, step);
}

/** Try a code. */
export async function signIn(step: CodeSent, code: string): Promise<Step> {
  const { number, hash, trusted } = step;
  const asked = { phone_number: number, phone_code_hash: hash, phone_code: code };
  try {
    const found = await post("auth.signIn", asked, lang());
    return await entered(found, { number, hash, trusted });
  } catch (error) {
    if (!isError(error, "SESSION_PASSWORD_NEEDED")) throw error;
    await loadSession();
    return { kind: "password", trusted };
  }
}

/** Join with a name. */
export async function signUp(step: Step & { kind: "name" }, first_name: string, last_name: string): Promise<Step> {
  const { number, hash, terms } = step;
  const found = await post("auth.signUp", { phone_number: number, phone_code_hash: hash, first_name, last_name });
  const done = await entered(found, step);
  if (terms && done.kind === "done") await post("help.acceptTermsOfService", { id: terms.id }).catch(() => {});
  return done;
}

/** Prove the second password. */
export async function checkPassword(step: Step & { kind: "password" }, password: string): Promise<Step> {
  const asked = await post("account.getPassword", {});
  const found = await post("auth.checkPassword", { password: await prove(password, asked) });
  return entered(found, { number: "", hash: "", trusted: step.trusted });
}

export async function passwordHint(): Promise<string> {
  return (await post("account.getPassword", {})).hint ?? "";
}

async function entered(found: auth_Authorization, about: { number: string; hash: string; trusted: boolean }): Promise<Step> {
  if (found._ === "auth.authorizationSignUpRequired") {
    return { kind: "name", ...about, terms: found.terms_of_service ?? null };
  }
  await loadSession();
  if (about.trusted) await rotate(true);
  return { kind: "done" };
}

/** Sign in with a passkey; `fill`: with one of those that the browser fills in, whenever the person chooses it. */
export async function signInByPasskey(trusted: () => boolean, how: { fill: boolean; stop: AbortSignal }): Promise<Step> {
  const { options } = await post("auth.initPasskeyLogin", APP, lang());
  const credential = await sign(options, how);
  try {
    return await entered(await post("auth.finishPasskeyLogin", { credential }, lang()), { number: "", hash: "", trusted: trusted() });
  } catch (error) {
    if (!isError(error, "SESSION_PASSWORD_NEEDED")) throw error;
    await loadSession();
    return { kind: "password", trusted: trusted() };
  }
}

/** A token lives for half a minute. */
const TOKEN_MS = 25_000;
const AGAIN_MS = 1000;

/** Show tokens, one after the other, until another device accepts one. Rejects when it is stopped. */
export async function waitForDevice(trusted: boolean, stop: AbortSignal, show: (token: string) => void): Promise<Step> {
  let accepted = () => {};
  for (let first = true; ; first = false) {
    const told = new Promise<void>((resume) => (accepted = resume));
    const found = await exportToken(trusted);
    stop.throwIfAborted();
    if (typeof found !== "string") return found;
    show(found);
    if (first) void hear(stop, () => accepted());
    await Promise.race([told, pause(TOKEN_MS)]);
    stop.throwIfAborted();
  }
}

/** The token in base64, or what comes next when the one before was accepted. */
async function exportToken(trusted: boolean): Promise<string | Step> {
  try {
    const found = await post("auth.exportLoginToken", { ...APP, except_ids: [] }, lang());
    if (found._ === "auth.loginToken") return found.token;
    if (found._ === "auth.loginTokenSuccess") return await entered(found.authorization, { number: "", hash: "", trusted });
    throw new RpcError("AUTH_TOKEN_INVALID", 400);
  } catch (error) {
    if (!isError(error, "SESSION_PASSWORD_NEEDED")) throw error;
    await loadSession();
    return { kind: "password", trusted };
  }
}

/** Call back at each push that says that a token was accepted. A lost one costs the time of a token. */
async function hear(stop: AbortSignal, accepted: () => void): Promise<void> {
  while (!stop.aborted) {
    try {
      const updates = await listen(stop);
      if (updates.some((one) => one._ === "updateShort" && one.update._ === "updateLoginToken")) accepted();
    } catch {
      await pause(AGAIN_MS);
    }
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resume) => setTimeout(resume, ms));
}
