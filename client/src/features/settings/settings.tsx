import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { full } from "../../i18n/times.ts";
import { alarm } from "../../ui/announcer.ts";
import { Icon } from "../../ui/icon.tsx";
import type { authorization } from "../../wire/schema.d.ts";
import { describe, goBack, useClient, useEntity } from "../app/index.tsx";
import { askToDo } from "../ask/index.tsx";
import { signOut, trust } from "./actions.ts";
import { KeysChoice, LanguageChoice, ThemeChoice } from "./look.tsx";

export function Settings({ onKeys }: { onKeys: () => void }) {
  const client = useClient();
  const known = useEntity(`u${client.store.me}`) !== undefined;
  return (
    <>
      <header class="chat-head">
        <button class="round" type="button" aria-label={t("chat.back")} onClick={() => goBack()}><Icon name="back" /></button>
        <h1>{t("list.settings")}</h1>
      </header>
      <div class="page">
        {known && <Profile />}
        <ThemeChoice />
        <section><h2>{t("settings.language")}</h2><LanguageChoice languages={client.config.languages} /></section>
        <KeysChoice onShow={onKeys} />
        <TrustChoice />
        <Devices />
        <p><button type="button" class="secondary danger" onClick={() => askToDo(t("settings.sign_out_ask"), t("settings.sign_out"), () => void signOut(client))}>{t("settings.sign_out")}</button></p>
      </div>
    </>
  );
}

function Profile() {
  const client = useClient();
  const me = useEntity(`u${client.store.me}`);
  const known = me?._ === "user" ? me : null;
  const [first, setFirst] = useState(known?.first_name ?? "");
  const [last, setLast] = useState(known?.last_name ?? "");
  const [said, setSaid] = useState("");
  const save = async (event: Event) => {
    event.preventDefault();
    try {
      const user = await client.connection.call("account.updateProfile", { first_name: first, last_name: last });
      client.store.putEntities([user], []);
      setSaid(t("settings.saved"));
    } catch (error) {
      setSaid(describe(error));
    }
  };
  return (
    <form class="signin-form" onSubmit={save}>
      <h2>{t("settings.profile")}</h2>
      {known?.phone && <p class="hint" dir="ltr">+{known.phone}</p>}
      <label class="field"><span>{t("signin.first_name")}</span><input value={first} maxLength={64} dir="auto" onInput={(e) => setFirst(e.currentTarget.value)} required /></label>
      <label class="field"><span>{t("signin.last_name")}</span><input value={last} maxLength={64} dir="auto" onInput={(e) => setLast(e.currentTarget.value)} /></label>
      <p class="row"><button class="secondary">{t("composer.save")}</button><span role="status">{said}</span></p>
    </form>
  );
}

function Devices() {
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

/** Whether the device is the person's own: what it keeps follows. */
function TrustChoice() {
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
