/** What was wrong in a post, said under it on the web. */
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { legal } from "../../i18n/times.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Icon } from "../../ui/icon.tsx";
import type { petitbleu_correction } from "../../wire/schema.d.ts";
import { describe, useClient } from "../app/index.tsx";
import { channelOf } from "../info/index.tsx";
import "./page.css";

const MOST = 500;

export function CorrectDialog({ chat, id, onClose }: { chat: string; id: number; onClose: () => void }) {
  const client = useClient();
  const channel = channelOf(client, chat);
  const [notes, setNotes] = useState<petitbleu_correction[] | null>(null);
  const [text, setText] = useState("");
  const [wrong, setWrong] = useState("");
  const [said, setSaid] = useState("");
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    client.connection.call("petitbleu.getCorrections", { channel, id }).then((found) => setNotes(found.notes), (error: unknown) => setWrong(describe(error)));
  }, []);
  useEffect(() => field.current?.focus(), [notes === null]);
  const done = (call: Promise<{ notes: petitbleu_correction[] }>, words: string) => {
    setBusy(true);
    setWrong("");
    setSaid("");
    call.then((found) => (setNotes(found.notes), setSaid(words), words === t("correct.added") && setText("")), (error: unknown) => setWrong(describe(error))).finally(() => (setBusy(false), field.current?.focus()));
  };
  const add = (event: Event) => {
    event.preventDefault();
    if (!busy && text.trim()) done(client.connection.call("petitbleu.addCorrection", { channel, id, text }), t("correct.added"));
  };
  const remove = (date: number) => busy || done(client.connection.call("petitbleu.deleteCorrection", { channel, id, date }), t("correct.removed"));
  return (
    <Dialog title={t("correct.title")} closeLabel={t("dialog.close")} onClose={onClose}>
      <form class="page-form" onSubmit={add}>
        {notes === null && !wrong && <p class="hint" role="status">{t("page.loading")}</p>}
        {notes !== null && (
          <>
            {notes.length > 0 && <ul class="page-notes">{notes.map((one) => <li key={one.date}><span dir="auto"><small class="hint">{legal(one.date)}</small>{one.text}</span><button class="round" type="button" aria-label={t("correct.remove", { text: one.text })} onClick={() => remove(one.date)}><Icon name="trash" /></button></li>)}</ul>}
            <label class="field">
              <span>{t("correct.what")}</span>
              <textarea ref={field} rows={3} maxLength={MOST} value={text} onInput={(event) => setText(event.currentTarget.value)} dir="auto" />
            </label>
            <p class="hint">{t("correct.hint")}</p>
          </>
        )}
        <p class={said ? "page-said" : "unseen"} role="status">{said}</p>
        {wrong && <p class="wrong" role="alert">{wrong}</p>}
        <div class="dialog-acts">
          <button class="secondary" type="button" onClick={onClose}>{t("dialog.close")}</button>
          {notes !== null && <button class="primary" aria-disabled={busy || !text.trim()}>{t("correct.add")}</button>}
        </div>
      </form>
    </Dialog>
  );
}
