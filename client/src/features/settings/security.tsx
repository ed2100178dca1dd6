/** Second password, its recovery, and the address by which one signs in. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { full } from "../../i18n/times.ts";
import { alarm, confirmDone } from "../../ui/announcer.ts";
import type { account_Password } from "../../wire/schema.d.ts";
import { describe, useClient } from "../app/index.tsx";
import { ask } from "../ask/index.tsx";
import { Field, Form } from "./form.tsx";
import { cancelRecoveryEmail, checkTyped, confirmRecoveryEmail, declineReset, loadPassword, recoverPassword, removePassword, requestRecovery, resendRecoveryEmail, resetPassword, sendLoginEmail, setPassword, setRecoveryEmail, verifyLoginEmail } from "./password.ts";
import type { Outcome } from "./password.ts";

type Act = "" | "set" | "remove" | "email" | "recover";

export function Password() {
  const client = useClient();
  const [state, setState] = useState<account_Password | null>(null);
  const [act, setAct] = useState<Act>("");
  const load = () => loadPassword(client).then(setState, (error: unknown) => alarm(describe(error)));
  useEffect(() => void load(), []);
  if (!state) return <p class="hint" role="status">{t("settings.loading")}</p>;
  const close = () => setAct("");
  const after = async (done: Promise<Outcome>, said: string) => {
    const outcome = await done;
    if (!outcome.waits) confirmDone(said);
    await load();
    close();
    return null;
  };
  if (act === "set") return <NewForm state={state} after={after} onCancel={close} />;
  if (act === "remove") return <OldForm title={t("settings.password_remove")} danger onCancel={close} act={(old) => after(removePassword(client, old), t("settings.password_gone"))} />;
  if (act === "email") return <RecoveryForm state={state} after={after} onCancel={close} />;
  if (act === "recover") return <RecoverForm onDone={() => void load().then(close)} onCancel={close} />;
  return (
    <>
      <section>
        <h2>{t("settings.password")}</h2>
        <p class="hint">{t("settings.password_why")}</p>
        <p><strong>{t(state.has_password ? "settings.password_on" : "settings.password_off")}</strong></p>
        {state.has_password && <p>{state.has_recovery ? t("settings.recovery_on") : t("settings.recovery_off")}{state.hint && <> {t("signin.hint", { hint: state.hint })}</>}</p>}
        <p class="row">
          <button type="button" class="secondary" onClick={() => setAct("set")}>{t(state.has_password ? "settings.password_change" : "settings.password_set")}</button>
          {state.has_password && <button type="button" class="secondary" onClick={() => setAct("email")}>{t(state.has_recovery ? "settings.recovery_change" : "settings.recovery_set")}</button>}
          {state.has_password && <button type="button" class="plain danger" onClick={() => setAct("remove")}>{t("settings.password_remove")}</button>}
        </p>
      </section>
      {state.email_unconfirmed_pattern && <Unconfirmed pattern={state.email_unconfirmed_pattern} onChange={() => void load()} />}
      {state.has_password && <Forgotten state={state} onRecover={() => setAct("recover")} onChange={() => void load()} />}
      <LoginEmail pattern={state.login_email_pattern ?? ""} onChange={() => void load()} />
    </>
  );
}

interface Changing {
  state: account_Password;
  after: (done: Promise<Outcome>, said: string) => Promise<null>;
  onCancel: () => void;
}

function NewForm({ state, after, onCancel }: Changing) {
  const client = useClient();
  const [old, setOld] = useState("");
  const [password, setNew] = useState("");
  const [again, setAgain] = useState("");
  const [hint, setHint] = useState("");
  const [email, setEmail] = useState("");
  const save = async () => {
    const wrong = checkTyped(password, again, hint);
    if (wrong) throw wrong;
    return after(setPassword(client, old, { password, hint, email }), t("settings.password_done"));
  };
  return (
    <Form title={t(state.has_password ? "settings.password_change" : "settings.password_set")} button={t("composer.save")} primary act={save} onCancel={onCancel} focus>
      <input class="unseen" type="text" autocomplete="username" value={client.store.me} readOnly tabIndex={-1} aria-hidden="true" />
      {state.has_password && <Field label={t("settings.password_old")} name="old" type="password" value={old} onValue={setOld} autocomplete="current-password" plain required />}
      <Field label={t("settings.password_new")} name="new" type="password" value={password} onValue={setNew} autocomplete="new-password" plain required hint={t("settings.password_rule")} />
      <Field label={t("settings.password_again")} name="again" type="password" value={again} onValue={setAgain} autocomplete="new-password" plain required />
      <Field label={t("settings.password_hint")} name="hint" value={hint} onValue={setHint} maxLength={200} hint={t("settings.password_hint_hint")} />
      {!state.has_password && <Field label={t("settings.recovery_optional")} name="email" type="email" value={email} onValue={setEmail} autocomplete="email" inputMode="email" plain hint={t("settings.recovery_hint")} />}
    </Form>
  );
}

function OldForm({ title, danger, act, onCancel }: { title: string; danger?: boolean; act: (old: string) => Promise<null>; onCancel: () => void }) {
  const [old, setOld] = useState("");
  return (
    <Form title={title} button={title} danger={danger ?? false} primary act={() => act(old)} onCancel={onCancel} focus>
      <p class="hint">{t("settings.password_remove_what")}</p>
      <Field label={t("settings.password_old")} name="old" type="password" value={old} onValue={setOld} autocomplete="current-password" plain required />
    </Form>
  );
}

function RecoveryForm({ state, after, onCancel }: Changing) {
  const client = useClient();
  const [old, setOld] = useState("");
  const [email, setEmail] = useState("");
  return (
    <Form title={t(state.has_recovery ? "settings.recovery_change" : "settings.recovery_set")} button={t("composer.save")} primary act={() => after(setRecoveryEmail(client, old, email), t("settings.recovery_gone"))} onCancel={onCancel} focus>
      <Field label={t("settings.password_old")} name="old" type="password" value={old} onValue={setOld} autocomplete="current-password" plain required />
      <Field label={t("settings.recovery")} name="email" type="email" value={email} onValue={setEmail} autocomplete="email" inputMode="email" plain required={!state.has_recovery} hint={t(state.has_recovery ? "settings.recovery_empty" : "settings.recovery_hint")} />
    </Form>
  );
}

/** An address waits for the code that was sent there. */
function Unconfirmed({ pattern, onChange }: { pattern: string; onChange: () => void }) {
  const client = useClient();
  const [code, setCode] = useState("");
  const attempt = (done: Promise<void>, said: string) => void done.then(() => (confirmDone(said), onChange()), (error: unknown) => alarm(describe(error)));
  const confirm = async () => {
    await confirmRecoveryEmail(client, code);
    confirmDone(t("settings.recovery_done"));
    onChange();
    return null;
  };
  return (
    <Form title={t("settings.recovery")} button={t("settings.confirm")} primary act={confirm} focus>
      <p>{t("settings.recovery_sent", { email: pattern })}</p>
      <Field label={t("signin.code")} name="code" value={code} onValue={setCode} inputMode="numeric" autocomplete="one-time-code" plain required />
      <p class="row">
        <button type="button" class="plain" onClick={() => attempt(resendRecoveryEmail(client), t("signin.sent_again"))}>{t("signin.again")}</button>
        <button type="button" class="plain danger" onClick={() => attempt(cancelRecoveryEmail(client), t("settings.recovery_cancelled"))}>{t("settings.recovery_cancel")}</button>
      </p>
    </Form>
  );
}

/** The ways out for somebody who does not know the password any more. */
function Forgotten({ state, onRecover, onChange }: { state: account_Password; onRecover: () => void; onChange: () => void }) {
  const client = useClient();
  const due = state.pending_reset_date ?? 0;
  const ready = due > 0 && due <= client.store.now();
  const [said, setSaid] = useState("");
  const fail = (error: unknown) => alarm(describe(error));
  const reset = () =>
    void resetPassword(client).then((result) => {
      if (result._ === "account.resetPasswordOk") confirmDone(t("settings.password_gone"));
      else if (result._ === "account.resetPasswordFailedWait") setSaid(t("settings.reset_again", { when: full(result.retry_date) }));
      onChange();
    }, fail);
  const asked = () => ask({ title: t("settings.reset_ask"), text: t("settings.reset_what"), answers: [{ label: t("settings.reset"), danger: true, act: reset }] });
  return (
    <section>
      <h2>{t("settings.forgotten")}</h2>
      {due > 0 && <p role="status">{ready ? t("settings.reset_ready") : t("settings.reset_due", { when: full(due) })}</p>}
      {said && <p role="status">{said}</p>}
      <p class="row">
        {state.has_recovery && <button type="button" class="secondary" onClick={onRecover}>{t("settings.recover")}</button>}
        {ready && <button type="button" class="secondary danger" onClick={reset}>{t("settings.password_remove")}</button>}
        {due > 0 && !ready && <button type="button" class="secondary" onClick={() => void declineReset(client).then(onChange, fail)}>{t("settings.reset_decline")}</button>}
        {!due && <button type="button" class={state.has_recovery ? "plain danger" : "secondary danger"} onClick={asked}>{t("settings.reset")}</button>}
      </p>
    </section>
  );
}

function RecoverForm({ onDone, onCancel }: { onDone: () => void; onCancel: () => void }) {
  const client = useClient();
  const [pattern, setPattern] = useState("");
  const [code, setCode] = useState("");
  const act = async () => {
    if (!pattern) {
      setPattern(await requestRecovery(client));
      return "";
    }
    await recoverPassword(client, code);
    confirmDone(t("settings.password_gone"));
    onDone();
    return null;
  };
  return (
    <Form key={pattern} title={t("settings.recover")} button={pattern ? t("settings.password_remove") : t("signin.send_code")} primary act={act} onCancel={onCancel} focus>
      <p>{pattern ? t("settings.recovery_sent", { email: pattern }) : t("settings.recover_what")}</p>
      {pattern && <Field label={t("signin.code")} name="code" value={code} onValue={setCode} inputMode="numeric" autocomplete="one-time-code" plain required />}
    </Form>
  );
}

/** The address to which codes for signing in go. */
function LoginEmail({ pattern, onChange }: { pattern: string; onChange: () => void }) {
  const client = useClient();
  const [step, setStep] = useState<"" | "asked" | { sent: string }>("");
  const [email, setEmail] = useState("");
  const [code, setCode] = useState("");
  const close = () => setStep("");
  const send = async () => {
    setStep({ sent: await sendLoginEmail(client, email) });
    return null;
  };
  const verify = async () => {
    await verifyLoginEmail(client, code);
    confirmDone(t("settings.login_email_done"));
    close();
    onChange();
    return null;
  };
  if (step === "asked") {
    return (
      <Form title={t("settings.login_email")} button={t("signin.send_code")} primary act={send} onCancel={close} focus>
        <Field label={t("settings.login_email_new")} name="login" type="email" value={email} onValue={setEmail} autocomplete="email" inputMode="email" plain required />
      </Form>
    );
  }
  if (step) {
    return (
      <Form key="code" title={t("settings.login_email")} button={t("settings.confirm")} primary act={verify} onCancel={close} focus>
        <p>{t("settings.recovery_sent", { email: step.sent })}</p>
        <Field label={t("signin.code")} name="code" value={code} onValue={setCode} inputMode="numeric" autocomplete="one-time-code" plain required />
      </Form>
    );
  }
  return (
    <section>
      <h2>{t("settings.login_email")}</h2>
      <p class="hint">{t("settings.login_email_hint")}</p>
      {pattern && <p dir="ltr" class="settings-start">{pattern}</p>}
      <p><button type="button" class="secondary" onClick={() => setStep("asked")}>{t(pattern ? "settings.login_email_change" : "settings.login_email_set")}</button></p>
    </section>
  );
}
