/** What this browser keeps. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { size } from "../../i18n/times.ts";
import { alarm } from "../../ui/announcer.ts";
import { describe, useClient } from "../app/index.tsx";
import { ask } from "../ask/index.tsx";
import { forgetKept, trust } from "./actions.ts";

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

/** How much that is, and the way to delete it without signing out. */
export function Kept() {
  const client = useClient();
  const [used, setUsed] = useState(-1);
  useEffect(() => void navigator.storage?.estimate?.().then((found) => setUsed(found.usage ?? -1), () => {}), []);
  const texts = client.outbox.entries.value.length;
  const wipe = () => void forgetKept(client).catch((error: unknown) => alarm(describe(error)));
  return (
    <section>
      <h2>{t("storage.kept")}</h2>
      <p>{t(client.trusted ? "storage.trusted" : "storage.tab")}</p>
      {used > 0 && <p>{t("storage.used", { size: size(used) })}</p>}
      {texts > 0 && <p>{t("storage.unsent", { n: texts })}</p>}
      {client.trusted && <p><button type="button" class="secondary danger" onClick={() => ask({ title: t("storage.ask"), text: t("storage.what"), answers: [{ label: t("storage.wipe"), danger: true, act: wipe }] })}>{t("storage.wipe")}</button></p>}
    </section>
  );
}
