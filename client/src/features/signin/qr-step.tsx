/** Sign in by a device where one is signed in: it scans the code shown here. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { QrCode } from "../../ui/qr-code.tsx";
import { describe } from "../app/index.tsx";
import type { Step } from "./actions.ts";
import { waitForDevice } from "./device.ts";

export function QrStep({ step, onNext }: { step: Step & { kind: "qr" }; onNext: (step: Step) => void }) {
  const [token, setToken] = useState("");
  const [wrong, setWrong] = useState("");
  const [turn, setTurn] = useState(0);
  const [forTelegram, setForTelegram] = useState(false);
  useEffect(() => {
    const stop = new AbortController();
    setWrong("");
    waitForDevice(step.trusted, stop.signal, setToken).then(onNext, (error: unknown) => {
      if (!stop.signal.aborted) setWrong(describe(error));
    });
    return () => stop.abort();
  }, [turn]);
  const safe = token.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  const address = forTelegram ? `tg://login?token=${safe}` : `${location.origin}/app/link#${safe}`;
  return (
    <div class="signin-form">
      <p id="qr-how">{t(forTelegram ? "signin.qr_telegram_how" : "signin.qr_how")}</p>
      {token && !wrong && <QrCode text={address} label={t("signin.qr_label")} />}
      {token && !wrong && <p class="hint"><a href={address} aria-describedby="qr-how">{t("signin.qr_link")}</a></p>}
      {wrong && <p class="wrong" role="alert">{wrong} <button class="plain" type="button" onClick={() => setTurn(turn + 1)}>{t("status.retry")}</button></p>}
      <label class="tick"><input type="checkbox" checked={forTelegram} onInput={(e) => setForTelegram(e.currentTarget.checked)} /><span>{t("signin.qr_telegram")}</span></label>
      <button class="secondary" type="button" onClick={() => onNext({ kind: "who" })}>{t("signin.by_code")}</button>
    </div>
  );
}
