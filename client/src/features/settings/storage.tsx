/** What this browser keeps. */
import { useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { alarm } from "../../ui/announcer.ts";
import { describe, useClient } from "../app/index.tsx";
import { trust } from "./actions.ts";

/** Whether the device is the person's own: what it keeps follows. */
export function ThisDevice() {
  const client = useClient();
  const [busy, setBusy] = useState(false);
  const choose = (event: Event & { currentTarget: HTMLInputElement }) => {
    const field = event.currentTarget;
    const to = field.checked;
    setBusy(true);
    trust(client, to).catch((error: unknown) => {
      field.checked = !to;
      setBusy(false);
      alarm(describe(error));
    });
  };
  return (
    <section>
      <h2>{t("settings.this_device")}</h2>
      <label class="tick"><input type="checkbox" checked={client.trusted} disabled={busy} onInput={choose} /><span>{t("signin.trusted")}<small>{t("signin.trusted_hint")}</small></span></label>
    </section>
  );
}
