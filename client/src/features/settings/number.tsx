/** The telephone number of the account, and its end. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { full } from "../../i18n/times.ts";
import { alarm, confirmDone } from "../../ui/announcer.ts";
import { describe, useClient, useEntity } from "../app/index.tsx";
import { Choice, Field, Form } from "./form.tsx";
import { loadPassword, proofOf } from "./password.ts";
import type { PhoneCode } from "./profile.ts";
import { changePhone, deleteAccount, sendPhoneCode } from "./profile.ts";
import type { PartProps } from "./sections.ts";

export function PhoneNumber({ detail }: PartProps) {
  const client = useClient();
  const me = useEntity(`u${client.store.me}`);
  const phone = me?._ === "user" ? (me.phone ?? "") : "";
  const [step, setStep] = useState<"shown" | "asked" | PhoneCode>("shown");
  const [typed, setTyped] = useState("");
  const [code, setCode] = useState("");
  if (detail) return null;
  const cancel = () => setStep("shown");
  const send = async () => {
    const sent = await sendPhoneCode(client, typed);
    setCode("");
    setStep(sent);
    return null;
  };
  if (step === "asked") {
    return (
      <Form title={t("settings.phone")} button={t("signin.send_code")} act={send} onCancel={cancel} focus>
        <p class="hint">{t("settings.phone_hint")}</p>
        <Field label={t("settings.phone_new")} value={typed} onValue={setTyped} type="tel" autocomplete="tel" plain required />
      </Form>
    );
  }
  if (step !== "shown") {
    const change = async () => {
      await changePhone(client, step, code);
      setStep("shown");
      confirmDone(t("settings.phone_done"));
      return null;
    };
    return (
      <Form title={t("settings.phone")} button={t("settings.phone_change")} act={change} onCancel={cancel} focus>
        <p>{t("settings.phone_sent", { number: step.phone })}</p>
        <Field label={t("signin.code")} value={code} onValue={setCode} inputMode="numeric" autocomplete="one-time-code" plain required />
      </Form>
    );
  }
  return (
    <section>
      <h2>{t("settings.phone")}</h2>
      {phone && <p dir="ltr" class="settings-start">+{phone}</p>}
      <p><button type="button" class="secondary" onClick={() => setStep("asked")}>{t("settings.phone_change")}</button></p>
    </section>
  );
}

/** So long the server waits where the password is not given. */
const WAIT_SECONDS = 7 * 86_400;
const LIFETIMES = [30, 90, 180, 365, 548, 730];

/** When an account that nobody uses ends; and the way to end it now. */
export function Ending({ detail }: PartProps) {
  const client = useClient();
  const [days, setDays] = useState(0);
  useEffect(() => {
    client.connection.call("account.getAccountTTL", {}).then((found) => setDays(found.days), (error: unknown) => alarm(describe(error)));
  }, []);
  if (detail) return detail === "delete" ? <Deletion /> : null;
  const save = async (to: number) => {
    await client.connection.call("account.setAccountTTL", { ttl: { _: "accountDaysTTL", days: to } });
    setDays(to);
  };
  const all = [...new Set([...LIFETIMES, ...(days ? [days] : [])])].sort((a, b) => a - b);
  return (
    <section>
      <h2>{t("settings.ending")}</h2>
      {days > 0 && <Choice label={t("settings.ending_after")} value={days} options={all.map((value) => ({ value, label: lasting(value) }))} onChoose={save} onError={alarm} />}
      <p><a class="secondary danger" href="/app/settings/account/delete">{t("settings.delete")}</a></p>
    </section>
  );
}

/** Days as people count them. */
export function lasting(days: number): string {
  if (days === 7) return t("settings.week");
  if (days % 365 === 0) return t("settings.years", { n: days / 365 });
  if (days >= 30) return t("settings.months", { n: Math.round(days / 30.4) });
  return t("settings.days", { n: days });
}

function Deletion() {
  const client = useClient();
  const [hasPassword, setHasPassword] = useState<boolean | null>(null);
  const [password, setPassword] = useState("");
  const [due, setDue] = useState(0);
  useEffect(() => {
    loadPassword(client).then((found) => setHasPassword(found.has_password ?? false), (error: unknown) => alarm(describe(error)));
  }, []);
  if (hasPassword === null) return <p class="hint" role="status">{t("settings.loading")}</p>;
  if (due) return <section><h2>{t("settings.delete_planned")}</h2><p role="status">{t("settings.delete_due", { when: full(due) })}</p></section>;
  const end = async (proved: boolean) => {
    setDue(await deleteAccount(client, proved ? await proofOf(client, password) : null));
    return null;
  };
  const later = t("settings.delete_later", { when: full(client.store.now() + WAIT_SECONDS) });
  return (
    <>
      <Form title={t("settings.delete")} button={t("settings.delete")} danger primary confirm={{ title: t("settings.delete_ask"), text: t("settings.delete_now") }} act={() => end(hasPassword)}>
        <p>{t("settings.delete_what")}</p>
        <p>{t("settings.delete_first")} <a href="/app/settings/data">{t("settings.data")}</a></p>
        {hasPassword && <Field label={t("signin.password")} name="password" type="password" value={password} onValue={setPassword} autocomplete="current-password" plain required />}
      </Form>
      {hasPassword && (
        <Form title={t("settings.delete_forgotten")} button={t("settings.delete_wait")} danger confirm={{ title: t("settings.delete_ask"), text: later }} act={() => end(false)}>
          <p>{later}</p>
        </Form>
      )}
    </>
  );
}
