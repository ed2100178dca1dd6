/** Where this account is signed in. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { full } from "../../i18n/times.ts";
import { alarm } from "../../ui/announcer.ts";
import type { authorization } from "../../wire/schema.d.ts";
import { describe, useClient } from "../app/index.tsx";

export function Devices() {
  const client = useClient();
  const [devices, setDevices] = useState<readonly authorization[]>([]);
  const load = () => void client.connection.call("account.getAuthorizations", {}).then((found) => setDevices(found.authorizations), (error: unknown) => alarm(describe(error)));
  useEffect(load, []);
  const end = (hash: string) => {
    client.connection.call("account.resetAuthorization", { hash }).then(load, (error: unknown) => alarm(describe(error)));
  };
  return (
    <section>
      <h2>{t("settings.devices")}</h2>
      <p><a class="secondary" href="/app/link">{t("link.title")}</a></p>
      <ul class="pick devices">
        {devices.map((one) => (
          <li key={one.hash} class="device">
            <span class="file-text">
              <strong><bdi>{deviceName(one)}</bdi></strong>
              <span class="hint">{one.current ? t("settings.this_device") : t("settings.last_seen", { when: full(one.date_active), place: one.country || one.ip })}</span>
            </span>
            {!one.current && <button type="button" class="plain danger" aria-label={t("settings.end_device", { name: deviceName(one) })} onClick={() => end(one.hash)}>{t("settings.end")}</button>}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** App, browser or model, and the system: what tells two of them apart. */
function deviceName({ app_name, device_model, system_version }: authorization): string {
  return [app_name, device_model, system_version].filter(Boolean).join(" · ");
}
