import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import type { Config } from "../../wire/http.ts";
import { describe } from "../app/index.tsx";
import { usePasskeys } from "./passkey.tsx";
import type { CodeSent, Step } from "./actions.ts";
import { checkPassword, passwordHint, sendAgain, sendCode, signIn, signUp } from "./actions.ts";

type Next = (step: Step) => void;

/** A form whose fault is said beside its first field, with one act at a time. */
function Form(props: { act: () => Promise<Step>; onNext: Next; button: string; children: ComponentChildren; said?: string; after?: ComponentChildren }) {
  const [wrong, setWrong] = useState("");
  const [busy, setBusy] = useState(false);
  const place = useRef<HTMLFormElement>(null);
  useEffect(() => place.current?.querySelector("input")?.focus(), []);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setWrong("");
    try {
      props.onNext(await props.act());
    } catch (error) {
      setWrong(describe(error));
      place.current?.querySelector("input")?.focus();
    } finally {
      setBusy(false);
    }
  };
  return (
    <form ref={place} class="signin-form" onSubmit={submit} noValidate>
      {props.children}
      {(wrong || props.said) && <p class="wrong" role="alert">{wrong || props.said}</p>}
      <button class="primary" aria-disabled={busy}>{busy ? t("signin.busy") : props.button}</button>
      {props.after}
    </form>
  );
}

/** What the last page of an invitation has told in the fragment of its link. */
function invited(name: string): string {
  return new URLSearchParams(location.hash.slice(1)).get(name) ?? "";
}

export function WhoStep({ config, onNext }: { config: Config; onNext: Next }) {
  const [who, setWho] = useState(() => invited("who"));
  const [trusted, setTrusted] = useState(false);
  const byMail = config.ways.includes("email");
  const passkeys = usePasskeys(config, trusted, onNext);
  const after = (
    <>
      {passkeys.offered && <button class="secondary" type="button" onClick={passkeys.ask}>{t("signin.passkey")}</button>}
      <button class="plain" type="button" onClick={() => onNext({ kind: "qr", trusted })}>{t("signin.qr")}</button>
    </>
  );
  return (
    <Form act={() => sendCode(who, trusted)} onNext={onNext} button={t("signin.send_code")} said={passkeys.wrong} after={after}>
      <label class="field">
        <span>{byMail ? t("signin.who") : t("signin.number")}</span>
        <input name="who" value={who} onInput={(e) => setWho(e.currentTarget.value)} onPointerDown={passkeys.fill} onKeyDown={(e) => e.key.length === 1 && passkeys.fill()} autocomplete={`${byMail ? "username" : "tel"}${passkeys.offered ? " webauthn" : ""}`} autocapitalize="off" spellcheck={false} inputMode={byMail ? "email" : "tel"} dir="ltr" required />
      </label>
      <p class="hint">{byMail ? t("signin.who_hint") : t("signin.number_hint")}</p>
      <label class="tick">
        <input type="checkbox" checked={trusted} onInput={(e) => setTrusted(e.currentTarget.checked)} />
        <span>{t("signin.trusted")}<small>{t("signin.trusted_hint")}</small></span>
      </label>
    </Form>
  );
}

export function CodeStep({ step, onNext }: { step: CodeSent; config: Config; onNext: Next }) {
  const [code, setCode] = useState("");
  const [again, setAgain] = useState("");
  const resend = async () => {
    try {
      onNext(await sendAgain(step));
      setAgain(t("signin.sent_again"));
    } catch (error) {
      setAgain(describe(error));
    }
  };
  return (
    <Form
      act={() => signIn(step, code)}
      onNext={onNext}
      button={t("signin.enter")}
      after={
        <p class="row">
          <button class="plain" type="button" onClick={resend}>{t("signin.again")}</button>
          <button class="plain" type="button" onClick={() => onNext({ kind: "who" })}>{t("signin.other")}</button>
          <span role="status">{again}</span>
        </p>
      }
    >
      <p>{t("signin.code_sent", { by: step.by, who: step.hint || step.who })}</p>
      <label class="field">
        <span>{t("signin.code")}</span>
        <input class="code" name="code" value={code} onInput={(e) => setCode(e.currentTarget.value.replace(/\s/g, ""))} autocomplete="one-time-code" inputMode="numeric" dir="ltr" required />
      </label>
    </Form>
  );
}

export function NameStep({ step, onNext }: { step: Step & { kind: "name" }; onNext: Next }) {
  const [first, setFirst] = useState(() => invited("name"));
  const [last, setLast] = useState("");
  return (
    <Form act={() => signUp(step, first, last)} onNext={onNext} button={t("signin.join")}>
      <p>{t("signin.new_here")}</p>
      <label class="field">
        <span>{t("signin.first_name")}</span>
        <input name="first" value={first} onInput={(e) => setFirst(e.currentTarget.value)} autocomplete="given-name" maxLength={64} dir="auto" required />
      </label>
      <label class="field">
        <span>{t("signin.last_name")}</span>
        <input name="last" value={last} onInput={(e) => setLast(e.currentTarget.value)} autocomplete="family-name" maxLength={64} dir="auto" />
      </label>
      {step.terms && (
        <details class="terms">
          <summary>{t("signin.terms")}</summary>
          <p>{step.terms.text}</p>
        </details>
      )}
    </Form>
  );
}

export function PasswordStep({ step, onNext }: { step: Step & { kind: "password" }; onNext: Next }) {
  const [password, setPassword] = useState("");
  const [hint, setHint] = useState("");
  useEffect(() => void passwordHint().then(setHint, () => {}), []);
  return (
    <Form act={() => checkPassword(step, password)} onNext={onNext} button={t("signin.enter")}>
      <p>{t("signin.password_why")}</p>
      <input type="text" class="unseen" autocomplete="username" tabIndex={-1} aria-hidden="true" />
      <label class="field">
        <span>{t("signin.password")}</span>
        <input name="password" type="password" value={password} onInput={(e) => setPassword(e.currentTarget.value)} autocomplete="current-password" required />
      </label>
      {hint && <p class="hint">{t("signin.hint", { hint })}</p>}
    </Form>
  );
}
