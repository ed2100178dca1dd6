/** Add somebody to the contacts, or call them otherwise. */
import { useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { confirmDone } from "../../ui/announcer.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { describe, useClient } from "../app/index.tsx";
import { addBy, rename } from "./actions.ts";

/** `person`: who is called otherwise; without, somebody is looked for by number or @name. */
export function CardDialog({ person, onClose, onDone }: { person?: string; onClose: () => void; onDone: (person: string) => void }) {
  const client = useClient();
  const entity = person ? client.store.entity(person).peek() : undefined;
  const [who, setWho] = useState("");
  const [first, setFirst] = useState(entity?._ === "user" ? (entity.first_name ?? "") : "");
  const [last, setLast] = useState(entity?._ === "user" ? (entity.last_name ?? "") : "");
  const [wrong, setWrong] = useState("");
  const [busy, setBusy] = useState(false);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    if (!person && !who.trim()) return setWrong(t("people.needs_who"));
    if (!first.trim()) return setWrong(t("people.needs_name"));
    setBusy(true);
    const name = { first: first.trim(), last: last.trim() };
    try {
      const key = person ? (await rename(client, person, name), person) : await addBy(client, who, name);
      if (!key) confirmDone(t("people.waits"));
      onDone(key);
    } catch (error) {
      setWrong(describe(error));
    }
    setBusy(false);
  };
  return (
    <Dialog title={t(person ? "people.edit" : "people.add")} closeLabel={t("dialog.close")} onClose={onClose}>
      <form class="card" onSubmit={(event) => void submit(event)} noValidate>
        {!person && <label class="field"><span>{t("people.who")}</span><input name="who" value={who} onInput={(event) => setWho(event.currentTarget.value)} dir="ltr" autoComplete="off" placeholder="+33 6 12 34 56 78" /></label>}
        <label class="field"><span>{t("people.first")}</span><input name="first" value={first} maxLength={64} onInput={(event) => setFirst(event.currentTarget.value)} dir="auto" autoComplete="off" /></label>
        <label class="field"><span>{t("people.last")}</span><input name="last" value={last} maxLength={64} onInput={(event) => setLast(event.currentTarget.value)} dir="auto" autoComplete="off" /></label>
        <p class="hint">{t("people.only_you")}</p>
        {wrong && <p class="wrong" role="alert">{wrong}</p>}
        <div class="dialog-acts"><button class="primary" aria-disabled={busy}>{t("people.save")}</button></div>
      </form>
    </Dialog>
  );
}
