/** The calls of signing in. All go by POST: an answer there can set the cookie. */
import { lang } from "../../i18n/index.ts";
import { persist } from "../../wire/again.ts";
import { RpcError } from "../../wire/errors.ts";
import { post } from "../../wire/http.ts";
import type { auth_SentCode, help_TermsOfService } from "../../wire/schema.d.ts";
import { prove } from "../../wire/srp.ts";
import { sign } from "../passkeys/index.tsx";
import { APP } from "./app.ts";
import { entered, surely } from "./entering.ts";
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
  return surely(async () => {
    const found = await post("auth.signIn", asked, lang());
    return entered(found, { number, hash, trusted });
  }, () => trusted);
}

/** Join with a name. */
export async function signUp(step: Step & { kind: "name" }, first_name: string, last_name: string): Promise<Step> {
  const { number, hash, terms } = step;
  const done = await surely(async () => {
    const found = await post("auth.signUp", { phone_number: number, phone_code_hash: hash, first_name, last_name });
    return entered(found, step);
  }, () => step.trusted);
  if (terms && done.kind === "done") await post("help.acceptTermsOfService", { id: terms.id }).catch(() => {});
  return done;
}

/** Prove the second password. */
export async function checkPassword(step: Step & { kind: "password" }, password: string): Promise<Step> {
  return surely(async () => {
    const asked = await post("account.getPassword", {});
    const found = await post("auth.checkPassword", { password: await prove(password, asked) });
    return entered(found, { number: "", hash: "", trusted: step.trusted });
  }, () => step.trusted, { isHalfway: true });
}

export async function passwordHint(): Promise<string> {
  return (await post("account.getPassword", {})).hint ?? "";
}

/** Sign in with a passkey; `fill`: with one of those that the browser fills in, whenever the person chooses it. */
export async function signInByPasskey(trusted: () => boolean, how: { fill: boolean; stop: AbortSignal }): Promise<Step> {
  const { options } = await persist(() => post("auth.initPasskeyLogin", APP, lang()), how);
  const credential = await sign(options, how);
  return surely(async () => {
    const found = await post("auth.finishPasskeyLogin", { credential }, lang());
    return entered(found, { number: "", hash: "", trusted: trusted() });
  }, trusted);
}
