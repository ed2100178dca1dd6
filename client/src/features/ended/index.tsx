/** The session is over: signed out from elsewhere, or the account suspended. What was typed can be copied. */
import { useEffect } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { wipe } from "../../state/keep.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { endSession } from "../../wire/http.ts";
import { useClient } from "../app/index.tsx";

export function Ended() {
  const client = useClient();
  const why = client.ended.value;
  useEffect(() => {
    if (why) void wipe();
  }, [why]);
  if (!why) return null;
  const field = document.querySelector<HTMLTextAreaElement>("#composer");
  const texts = [field?.value ?? "", ...client.outbox.entries.peek().map((one) => one.text)].filter(Boolean);
  const leave = () => location.assign("/app");
  return (
    <Dialog title={t(why === "suspended" ? "suspended.title" : "ended.title")} closeLabel={t("dialog.close")} onClose={leave}>
      <p>{t(why === "suspended" ? "suspended.text" : "ended.text")}</p>
      {texts.length > 0 && <label class="field"><span>{t("ended.unsent")}</span><textarea readOnly rows={5} value={texts.join("\n\n")} /></label>}
      <button class="primary" type="button" onClick={leave}>{t(why === "suspended" ? "suspended.why" : "ended.sign_in")}</button>
    </Dialog>
  );
}

/** All that somebody sees whose account is suspended: why, where to contest, and the way out. */
export function Suspended() {
  const leave = () => void endSession().then(wipe).then(() => location.assign("/app"));
  return (
    <main class="page centre">
      <h1>{t("suspended.title")}</h1>
      <p>{t("suspended.text")}</p>
      <a class="primary" href="/mes-dossiers">{t("suspended.cases")}</a>
      <button class="secondary" type="button" onClick={leave}>{t("settings.sign_out")}</button>
    </main>
  );
}
