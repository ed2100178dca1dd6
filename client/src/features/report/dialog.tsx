/** The questions one after the other, until nothing is left to ask; then the number. */
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { full } from "../../i18n/times.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { RpcError } from "../../wire/errors.ts";
import { describe, useClient } from "../app/index.tsx";
import type { Said, Step } from "./actions.ts";
import { nextStep } from "./actions.ts";
import type { Reported } from "./index.tsx";
import { Emergency, Receipt, Unwanted } from "./steps.tsx";
import "./report.css";

export function Report({ what, onClose }: { what: Reported; onClose: () => void }) {
  const form = useReport(what);
  const { step, wrong, busy } = form;
  const title = what.ids.length ? t("report.title", { n: what.ids.length }) : t(what.chat.startsWith("u") ? "report.title_person" : "report.title_chat");
  const place = useRef<HTMLFormElement>(null);
  // A new question gets the focus, or nobody who listens hears of it.
  useEffect(() => place.current?.querySelector<HTMLElement>("legend, textarea, [data-first]")?.focus(), [step]);
  return (
    <Dialog title={title} closeLabel={t("dialog.close")} onClose={onClose}>
      <form ref={place} class="report" onSubmit={form.submit} aria-busy={busy}>
        {!step && !wrong && <p class="hint" role="status">{t("report.loading")}</p>}
        {step?.kind === "choose" && (
          <fieldset class="choice">
            <legend tabIndex={-1}>{step.title}</legend>
            {step.choices.map((one) => (
              <label key={one.value} class="tick"><input type="radio" name="option" checked={form.chosen === one.value} onInput={() => form.choose(one.value)} /><span>{one.text}</span></label>
            ))}
          </fieldset>
        )}
        {step?.kind === "comment" && (
          <label class="field"><span>{t(step.optional ? "report.comment_optional" : "report.comment")}</span><textarea rows={4} maxLength={4096} value={form.words} onInput={(event) => form.write(event.currentTarget.value)} dir="auto" /></label>
        )}
        {step?.kind === "danger" && <Emergency />}
        {step?.kind === "unwanted" && <Unwanted what={what} onClose={onClose} />}
        {step?.kind === "done" && <Receipt what={what} receipt={step.receipt} onClose={onClose} />}
        {wrong && <p class="wrong" role="alert">{wrong}</p>}
        {step?.kind !== "done" && step?.kind !== "unwanted" && (
          <div class="dialog-acts">
            {form.mayGoBack && <button class="secondary" type="button" onClick={form.back}>{t("chat.back")}</button>}
            {(step || wrong) && <button class="primary" aria-disabled={busy || (step?.kind === "choose" && !form.chosen)}>{t(!step ? "status.retry" : step.kind === "comment" ? "report.send" : step.kind === "danger" ? "report.go_on" : "report.next")}</button>}
          </div>
        )}
        {step?.kind === "unwanted" && <div class="dialog-acts"><button class="secondary" type="button" onClick={form.back}>{t("chat.back")}</button></div>}
      </form>
    </Dialog>
  );
}

/** What was asked and said so far. Nothing that went wrong takes any of it away. */
function useReport(what: Reported) {
  const client = useClient();
  const [steps, setSteps] = useState<readonly Step[]>([]);
  const [chosen, choose] = useState("");
  const [words, write] = useState("");
  const [wrong, setWrong] = useState("");
  const [busy, setBusy] = useState(false);
  const called = useRef(false);
  const step = steps.at(-1);
  const send = (said: Said) => {
    if (busy) return;
    setBusy(true);
    setWrong("");
    nextStep(client, what, said, called.current).then(
      (next) => {
        choose("");
        setSteps((before) => [...before, next]);
      },
      (error: unknown) => setWrong(sentence(error, client.store.now())),
    ).finally(() => setBusy(false));
  };
  useEffect(() => send({ value: "", words: "" }), []);
  const submit = (event: Event) => {
    event.preventDefault();
    if (!step) return send({ value: "", words: "" });
    if (step.kind === "choose" && chosen) send({ value: chosen, words: "" });
    if (step.kind === "comment") {
      if (!step.optional && !words.trim()) return setWrong(t("report.needs_words"));
      send({ value: step.value, words });
    }
    if (step.kind === "danger") {
      called.current = true;
      send({ value: step.value, words: "" });
    }
  };
  const back = () => (setWrong(""), choose(""), setSteps(steps.slice(0, -1)));
  return { step, chosen, choose, words, write, wrong, busy, submit, back, mayGoBack: steps.length > 1 };
}

/** A limit says when it is over: it may be tomorrow. */
function sentence(error: unknown, now: number): string {
  if (error instanceof RpcError && error.kind === "FLOOD_WAIT_X" && error.value > 120) return t("report.limit", { when: full(now + error.value) });
  return describe(error);
}
