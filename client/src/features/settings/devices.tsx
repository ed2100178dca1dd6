/** Where this account is signed in. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { full } from "../../i18n/times.ts";
import { alarm, confirmDone } from "../../ui/announcer.ts";
import { Icon } from "../../ui/icon.tsx";
import type { account_Authorizations, authorization } from "../../wire/schema.d.ts";
import { describe, useClient } from "../app/index.tsx";
import { ask } from "../ask/index.tsx";
import { Choice } from "./form.tsx";
import { lasting } from "./number.tsx";

const LIFETIMES = [7, 30, 90, 180, 365];

export function Devices() {
  const client = useClient();
  const [found, setFound] = useState<account_Authorizations | null>(null);
  const fail = (error: unknown) => alarm(describe(error));
  const load = () => client.connection.call("account.getAuthorizations", {}).then(setFound, fail);
  useEffect(() => void load(), []);
  if (!found) return <p class="hint" role="status">{t("settings.loading")}</p>;
  const here = found.authorizations.find((one) => one.current);
  const others = found.authorizations.filter((one) => !one.current);
  const end = (one: authorization) => void client.connection.call("account.resetAuthorization", { hash: one.hash }).then(() => (confirmDone(t("settings.ended", { name: deviceName(one) })), load()), fail);
  const confirm = (one: authorization) => void client.connection.call("account.changeAuthorizationSettings", { hash: one.hash, confirmed: true }).then(load, fail);
  const endAll = () => void client.connection.call("auth.resetAuthorizations", {}).then(() => (confirmDone(t("settings.ended_all")), load()), fail);
  const days = found.authorization_ttl_days;
  const setDays = async (to: number) => {
    await client.connection.call("account.setAuthorizationTTL", { authorization_ttl_days: to });
    await load();
  };
  const all = [...new Set([...LIFETIMES, days])].sort((a, b) => a - b);
  return (
    <>
      <section>
        <h2>{t("settings.this_device")}</h2>
        {here && <ul class="pick devices"><Device one={here} /></ul>}
        <p><a class="secondary" href="/app/link">{t("link.title")}</a></p>
      </section>
      <section>
        <h2>{t("settings.other_devices")}</h2>
        {others.length === 0 && <p class="hint">{t("settings.no_devices")}</p>}
        <ul class="pick devices">
          {others.map((one) => <Device key={one.hash} one={one} onConfirm={() => confirm(one)} onEnd={() => ask({ title: t("settings.end_ask", { name: deviceName(one) }), text: t("settings.end_what"), answers: [{ label: t("settings.end"), danger: true, act: () => end(one) }] })} />)}
        </ul>
        {others.length > 0 && <p><button type="button" class="secondary danger" onClick={() => ask({ title: t("settings.end_all_ask"), text: t("settings.end_what"), answers: [{ label: t("settings.end_all"), danger: true, act: endAll }] })}>{t("settings.end_all")}</button></p>}
      </section>
      <section>
        <h2>{t("settings.unused")}</h2>
        <Choice label={t("settings.unused_after")} value={days} options={all.map((value) => ({ value, label: lasting(value) }))} onChoose={setDays} onError={alarm} />
      </section>
    </>
  );
}

function Device({ one, onEnd, onConfirm }: { one: authorization; onEnd?: () => void; onConfirm?: () => void }) {
  const name = deviceName(one);
  const place = [one.country, one.ip].filter(Boolean).join(" · ");
  return (
    <li class="device">
      <span class="settings-mark"><Icon name="device" /></span>
      <span class="file-text">
        <strong><bdi>{name}</bdi></strong>
        <span class="hint">{onEnd ? t("settings.last_seen", { when: full(one.date_active), place }) : place}</span>
        <span class="hint">{t("settings.since", { when: full(one.date_created) })}</span>
        {one.unconfirmed && onConfirm && <span class="row"><span class="wrong">{t("settings.unconfirmed")}</span><button type="button" class="plain" aria-label={`${t("settings.confirm_device")}: ${name}`} onClick={onConfirm}>{t("settings.confirm_device")}</button></span>}
      </span>
      {onEnd && <button type="button" class="plain danger" aria-label={t("settings.end_device", { name })} onClick={onEnd}>{t("settings.end")}</button>}
    </li>
  );
}

/** App, browser or model, and the system: what tells two of them apart. */
function deviceName({ app_name, device_model, system_version }: authorization): string {
  return [...new Set([app_name, device_model, system_version])].filter(Boolean).join(" · ");
}
