/** Settings, in sections with addresses of their own. All but the choices of this browser is loaded when it is first opened. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { OFFLINE, RpcError } from "../../wire/errors.ts";
import { describe } from "../app/index.tsx";

export { LanguageChoice } from "./language.tsx";
export { announcements, applyPreferences, applyTheme, autoplay, isAnnounced, singleKeys } from "./preferences.ts";

type Parts = typeof import("./parts.tsx");

let loaded: Parts | null = null;

/** The screens, once they are here. */
function useParts(): { parts: Parts | null; failed: boolean; load: () => void } {
  const [parts, setParts] = useState(loaded);
  const [failed, setFailed] = useState(false);
  const load = () => {
    setFailed(false);
    if (!loaded) import("./parts.tsx").then((found) => setParts((loaded = found)), () => setFailed(true));
  };
  useEffect(load, []);
  return { parts, failed, load };
}

function Missing({ failed, onRetry }: { failed: boolean; onRetry: () => void }) {
  if (!failed) return <div class="page" aria-busy="true" />;
  return (
    <div class="page centre">
      <p role="alert">{describe(new RpcError(OFFLINE, 0))}</p>
      <p><button type="button" class="primary" onClick={onRetry}>{t("status.retry")}</button></p>
    </div>
  );
}

/** `section` and `detail`: of the address. */
export function Settings({ section, detail }: { section: string; detail: string }) {
  const { parts, failed, load } = useParts();
  return parts ? <parts.SettingsPage section={section} detail={detail} /> : <Missing failed={failed} onRetry={load} />;
}

export function LinkScreen() {
  const { parts, failed, load } = useParts();
  return parts ? <parts.LinkPage /> : <Missing failed={failed} onRetry={load} />;
}
