/** Once, a minute after the first list: a passkey in place of the next code. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { alarm, confirmDone } from "../../ui/announcer.ts";
import { describe, useClient } from "../app/index.tsx";
import { add, load } from "./actions.ts";
import { hasPasskeys } from "./browser.ts";
import "./passkeys.css";

const MINUTE_MS = 60_000;
/** Nobody is asked twice on a device. */
const ASKED = "pb-app-passkey-offered";

export function PasskeyOffer() {
  const client = useClient();
  const [shown, setShown] = useState(false);
  useEffect(() => {
    // Whoever sits at somebody else's computer is not asked to leave a key there.
    if (!client.trusted || !client.config.passkeys || !hasPasskeys() || localStorage.getItem(ASKED)) return;
    const timer = setTimeout(() => void load(client).then((known) => setShown(known.length === 0), () => {}), MINUTE_MS);
    return () => clearTimeout(timer);
  }, [client]);
  if (!shown) return null;
  const close = () => {
    localStorage.setItem(ASKED, "yes");
    setShown(false);
  };
  const accept = () => {
    close();
    add(client).then(() => confirmDone(t("passkeys.done")), (error: unknown) => alarm(describe(error)));
  };
  return (
    <section class="passkey-offer" aria-label={t("passkeys.title")}>
      <p>{t("passkeys.offer")}</p>
      <p class="row">
        <button type="button" class="plain" onClick={accept}>{t("passkeys.add")}</button>
        <button type="button" class="plain" onClick={close}>{t("passkeys.later")}</button>
      </p>
    </section>
  );
}
