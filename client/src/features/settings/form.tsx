/** A form of the settings: one act at a time, what came of it said beside its button. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { describe } from "../app/index.tsx";
import { ask } from "../ask/index.tsx";

interface Props {
  title?: string;
  button: string;
  danger?: boolean;
  /** The main thing to do on its page. */
  primary?: boolean;
  /** Gives what is said once it is done; null: the form is gone by then. */
  act: () => Promise<string | null>;
  /** Asked before it is done: what will happen. */
  confirm?: { title: string; text: string };
  onCancel?: (() => void) | undefined;
  /** The first field has the focus from the start: the form was asked for. */
  focus?: boolean;
  children: ComponentChildren;
}

export function Form({ title, button, danger, primary, act, confirm, onCancel, focus, children }: Props) {
  const [said, setSaid] = useState({ text: "", wrong: false });
  const [busy, setBusy] = useState(false);
  const place = useRef<HTMLFormElement>(null);
  useEffect(() => {
    // Not what stands there for the browser's keeper of passwords only.
    if (focus) place.current?.querySelector<HTMLElement>(":is(input, select, textarea):not([tabindex='-1'])")?.focus();
  }, []);
  const run = async () => {
    setBusy(true);
    setSaid({ text: "", wrong: false });
    try {
      const text = await act();
      if (text === null) return;
      setSaid({ text, wrong: false });
    } catch (error) {
      setSaid({ text: describe(error), wrong: true });
    }
    setBusy(false);
  };
  const submit = (event: Event) => {
    event.preventDefault();
    if (busy) return;
    if (confirm) ask({ ...confirm, answers: [{ label: button, danger: true, act: () => void run() }] });
    else void run();
  };
  const look = danger ? (primary ? "primary danger" : "secondary danger") : primary ? "primary" : "secondary";
  return (
    <form ref={place} class="settings-form" onSubmit={submit}>
      {title && <h2>{title}</h2>}
      {children}
      {said.wrong && <p class="wrong" role="alert">{said.text}</p>}
      <p class="row">
        <button class={look} aria-disabled={busy}>{button}</button>
        {onCancel && <button type="button" class="secondary" onClick={onCancel}>{t("composer.cancel")}</button>}
        <span role="status">{said.wrong ? "" : said.text}</span>
      </p>
    </form>
  );
}

/** A field with its name above it. */
export function Field(props: { label: string; hint?: string; value: string; onValue: (value: string) => void; name?: string; type?: "text" | "password" | "email" | "tel"; maxLength?: number; autocomplete?: string; inputMode?: "numeric" | "email" | "tel"; required?: boolean; plain?: boolean }) {
  const { label, hint, value, onValue, plain, type, ...more } = props;
  const technical = plain ? { spellcheck: false, autocapitalize: "off" as const, dir: "ltr" as const } : { dir: "auto" as const };
  return (
    <label class="field">
      <span>{label}</span>
      <input value={value} onInput={(event) => onValue(event.currentTarget.value)} autocomplete="off" {...technical} {...more} {...(type ? { type: type as "text" } : {})} />
      {hint && <small class="hint">{hint}</small>}
    </label>
  );
}

/** A choice that is carried out at once, and taken back on the screen if it is refused. */
export function Choice<T extends string | number>(props: { label: string; value: T; options: readonly { value: T; label: string }[]; onChoose: (value: T) => Promise<unknown>; onError: (text: string) => void }) {
  const [shown, setShown] = useState<T | null>(null);
  const choose = (event: Event & { currentTarget: HTMLSelectElement }) => {
    const found = props.options[event.currentTarget.selectedIndex];
    if (!found) return;
    setShown(found.value);
    props.onChoose(found.value).then(
      () => setShown(null),
      (error: unknown) => {
        setShown(null);
        props.onError(describe(error));
      },
    );
  };
  const value = shown ?? props.value;
  return (
    <label class="select settings-choice">
      <span>{props.label}</span>
      <select value={value} onChange={choose}>{props.options.map((one) => <option key={one.value} value={one.value}>{one.label}</option>)}</select>
    </label>
  );
}
