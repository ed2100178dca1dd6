/** Sign in by a device where one is signed in already: tokens to show, and the news that one was accepted. */
import { lang } from "../../i18n/index.ts";
import { pause } from "../../wire/again.ts";
import { RpcError } from "../../wire/errors.ts";
import { listen, post } from "../../wire/http.ts";
import type { Step } from "./actions.ts";
import { APP } from "./app.ts";
import { entered, surely } from "./entering.ts";

/** A token lives for half a minute. */
const TOKEN_MS = 25_000;
const AGAIN_MS = 1000;
/** The person looks at another device meanwhile: about half a minute without an answer is waited through. */
const TRIES = 6;

/** Show tokens, one after the other, until another device accepts one. Rejects when it is stopped or refused. */
export async function waitForDevice(trusted: boolean, stop: AbortSignal, show: (token: string) => void): Promise<Step> {
  let accepted = () => {};
  for (let first = true; ; first = false) {
    const told = new Promise<void>((resume) => (accepted = resume));
    const found = await exportToken(trusted, stop);
    stop.throwIfAborted();
    if (typeof found !== "string") return found;
    show(found);
    if (first) void hear(stop, () => accepted());
    await Promise.race([told, pause(TOKEN_MS)]);
    stop.throwIfAborted();
  }
}

/** The token in base64, or what comes next when the one before was accepted. */
async function exportToken(trusted: boolean, stop: AbortSignal): Promise<string | Step> {
  let token = "";
  const ask = async (): Promise<Step> => {
    const found = await post("auth.exportLoginToken", { ...APP, except_ids: [] }, lang());
    if (found._ === "auth.loginTokenSuccess") return entered(found.authorization, { number: "", hash: "", trusted });
    if (found._ !== "auth.loginToken") throw new RpcError("AUTH_TOKEN_INVALID", 400);
    token = found.token;
    return { kind: "qr", trusted };
  };
  const next = await surely(ask, () => trusted, { tries: TRIES, stop });
  return next.kind === "qr" ? token : next;
}

/** Call back at each push that says that a token was accepted. A lost one costs the time of a token. */
async function hear(stop: AbortSignal, accepted: () => void): Promise<void> {
  for (let strangers = 0; !stop.aborted; ) {
    try {
      const { updates, isStrange } = await listen(stop);
      if (updates.some((one) => one._ === "updateShort" && one.update._ === "updateLoginToken")) accepted();
      strangers = isStrange ? strangers + 1 : 0;
    } catch {
      strangers = 2;
    }
    if (strangers > 1) await pause(AGAIN_MS);
  }
}
