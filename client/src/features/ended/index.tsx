/** The session is over: signed out from elsewhere, or the account suspended. What was typed can be copied. */
import { useEffect } from "preact/hooks";
import { lang, t } from "../../i18n/index.ts";
import type { Client, Ended } from "../../state/client.ts";
import { wipe } from "../../state/keep.ts";
import type { Suspension } from "../../wire/frames.ts";
import { endSession, loadSession, post } from "../../wire/http.ts";
import { useClient } from "../app/index.tsx";
import { OwnCases } from "../cases/index.tsx";
import "./ended.css";

export type OnEnd = (ended: Ended, texts: readonly string[]) => void;

/** Deletes what was kept when the session ends; `onEnd` puts another page in place of everything. */
export function EndWatch({ onEnd }: { onEnd: OnEnd }) {
  const client = useClient();
  const ended = client.ended.value;
  useEffect(() => {
    if (!ended) return;
    const texts = typed(client);
    onEnd(ended, texts);
    void wipe();
    // By its answer the server takes away what the browser's own cache holds.
    void loadSession().then((session) => {
      if ("reasons" in session && !ended.told.reasons) onEnd({ ...ended, told: session }, texts);
    }, () => {});
  }, [ended]);
  return null;
}

/** What was written and is at the server neither as a message nor as a draft. */
function typed(client: Client): string[] {
  const field = document.querySelector<HTMLElement>("#composer");
  const words = field instanceof HTMLTextAreaElement ? field.value : field?.innerText.trim();
  const sent = client.outbox.entries.peek().map((one) => one.text);
  return [...new Set([...sent, words ?? "", ...client.drafts.unsent()])].filter(Boolean);
}

/** All that is left on the screen of a device that was signed out from elsewhere. */
export function SignedOut({ texts }: { texts: readonly string[] }) {
  useForgotten(t("ended.title"));
  return (
    <div class="signin">
      <main class="signin-card">
        <p class="brand" aria-hidden="true"><span class="brand-tube" /></p>
        <div class="signin-form">
          <h1>{t("ended.title")}</h1>
          <p role="alert">{t("ended.text")}</p>
          <Unsent texts={texts} />
          <button class="primary" type="button" onClick={() => location.assign("/app")}>{t("ended.sign_in")}</button>
        </div>
      </main>
    </div>
  );
}

/** All that somebody sees whose account is suspended: why, where to contest, and the way out. */
export function Suspended({ told, texts }: { told: Suspension; texts: readonly string[] }) {
  useForgotten(t("suspended.title"));
  const leave = () => void endSession().then(wipe).then(() => location.assign("/app"));
  return (
    <main class="page centre">
      <h1>{t("suspended.title")}</h1>
      <p role="alert">{t(told.reasons ? "suspended.told" : "suspended.text")}</p>
      {told.reasons && <section class="reasons" aria-label={t("suspended.reasons")} lang={told.language} dir="auto" tabIndex={0}>{told.reasons}</section>}
      {told.contest && <a class="primary" href={told.contest}>{t("suspended.contest")}</a>}
      <section class="ended-cases"><h2>{t("cases.title")}</h2><OwnCases load={() => post("petitbleu.getCases", {}, lang())} /></section>
      <a class="plain" href="/mes-dossiers">{t("suspended.cases")}</a>
      <Unsent texts={texts} />
      <button class="secondary" type="button" onClick={leave}>{t("settings.sign_out")}</button>
    </main>
  );
}

function Unsent({ texts }: { texts: readonly string[] }) {
  if (!texts.length) return null;
  return <label class="field"><span>{t("ended.unsent")}</span><textarea readOnly rows={5} value={texts.join("\n\n")} /></label>;
}

/** Title and address name no chat any more. */
function useForgotten(title: string): void {
  useEffect(() => {
    document.title = title;
    history.replaceState(null, "", "/app");
    // The engine keeps the text that an expression has last looked at.
    /(?:)/.test("");
  }, []);
}
