/** Report a message: the server's questions one after the other, until nothing is left to ask. */
import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { Dialog } from "../../ui/dialog.tsx";
import type { Bytes, ReportResult } from "../../wire/schema.d.ts";
import { describe, useClient } from "../app/index.tsx";
import "./report.css";

/** The message that is being reported. */
export const reporting = signal<{ chat: string; id: number } | null>(null);

export function ReportDialog() {
  const what = reporting.value;
  if (!what) return null;
  return <Report key={`${what.chat} ${what.id}`} chat={what.chat} id={what.id} />;
}

function Report({ chat, id }: { chat: string; id: number }) {
  const client = useClient();
  /** What the server has asked so far; the last is shown. */
  const [steps, setSteps] = useState<readonly ReportResult[]>([]);
  const [chosen, setChosen] = useState<Bytes>("");
  const [comment, setComment] = useState("");
  const [wrong, setWrong] = useState("");
  const asked = steps.at(-1);
  const close = () => (reporting.value = null);
  const send = (option: Bytes, message: string) => {
    const peer = client.store.input(chat);
    setWrong("");
    client.connection.call("messages.report", { peer, id: [id], option, message }).then(
      (found) => {
        setChosen("");
        setSteps((before) => [...before, found]);
      },
      (error: unknown) => setWrong(describe(error)),
    );
  };
  useEffect(() => send("", ""), []);
  const back = () => (setWrong(""), setChosen(""), setSteps(steps.slice(0, -1)));
  const submit = (event: Event) => {
    event.preventDefault();
    if (asked?._ === "reportResultChooseOption" && chosen) send(chosen, "");
    if (asked?._ === "reportResultAddComment") send(asked.option, comment);
  };
  return (
    <Dialog title={t("report.title")} closeLabel={t("dialog.close")} onClose={close}>
      <form class="report" onSubmit={submit}>
        {asked?._ === "reportResultChooseOption" && (
          <fieldset class="choice">
            <legend>{asked.title}</legend>
            {asked.options.map((one) => (
              <label key={one.option} class="tick"><input type="radio" name="option" checked={chosen === one.option} onInput={() => setChosen(one.option)} /><span>{one.text}</span></label>
            ))}
          </fieldset>
        )}
        {asked?._ === "reportResultAddComment" && (
          <label class="field"><span>{t(asked.optional ? "report.comment_optional" : "report.comment")}</span><textarea rows={4} maxLength={512} value={comment} onInput={(e) => setComment(e.currentTarget.value)} dir="auto" /></label>
        )}
        {wrong && <p class="wrong" role="alert">{wrong}</p>}
        {asked?._ === "reportResultReported" ? (
          <>
            <p role="status">{t("report.done")}</p>
            <button class="primary" type="button" onClick={close}>{t("dialog.close")}</button>
          </>
        ) : (
          <div class="dialog-acts">
            {steps.length > 1 && <button class="secondary" type="button" onClick={back}>{t("chat.back")}</button>}
            <button class="primary" aria-disabled={asked?._ === "reportResultChooseOption" && !chosen}>{t(asked?._ === "reportResultAddComment" ? "report.send" : "report.next")}</button>
          </div>
        )}
      </form>
    </Dialog>
  );
}
