/** My name under what I sign in a channel: agreed to here, and taken back. What is chosen is kept at once. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Icon } from "../../ui/icon.tsx";
import type { petitbleu_author } from "../../wire/schema.d.ts";
import { isError } from "../../wire/errors.ts";
import { copy, describe, useClient } from "../app/index.tsx";
import { channelOf } from "../info/index.tsx";
import "./page.css";

type Wanted = { shown: boolean; about: boolean; photo: boolean };

export function AuthorDialog({ chat, onClose }: { chat: string; onClose: () => void }) {
  const client = useClient();
  const channel = channelOf(client, chat);
  const [mine, setMine] = useState<petitbleu_author | null>(null);
  const [wrong, setWrong] = useState("");
  const [said, setSaid] = useState("");
  const [busy, setBusy] = useState(false);
  const load = () => {
    setWrong("");
    client.connection.call("petitbleu.getAuthor", { channel }).then(setMine, (error: unknown) => setWrong(describe(error)));
  };
  useEffect(load, []);
  const change = (wanted: Wanted) => {
    if (busy) return;
    setBusy(true);
    setWrong("");
    setSaid("");
    // What was ticked is shown at once, and as it was where the server refuses it.
    if (mine && wanted.shown && mine.shown) setMine({ ...mine, ...wanted });
    client.connection.call("petitbleu.setAuthor", { channel, ...wanted }).then(
      (found) => (setMine(found), setSaid(t(found.shown ? "page.saved" : "author.taken_back"))),
      (error: unknown) => (setMine(mine), setWrong(isError(error, "USERNAME_OCCUPIED") ? t("author.taken") : describe(error))),
    ).finally(() => setBusy(false));
  };
  return (
    <Dialog title={t("author.title")} closeLabel={t("dialog.close")} onClose={onClose}>
      {!mine && !wrong && <p class="hint" role="status">{t("page.loading")}</p>}
      {mine && <Agreement mine={mine} busy={busy} change={change} />}
      <p class={said ? "page-said" : "unseen"} role="status">{said}</p>
      {wrong && <p class="wrong" role="alert">{wrong}</p>}
      {!mine && wrong && <div class="dialog-acts"><button class="secondary" type="button" onClick={load}>{t("status.retry")}</button></div>}
    </Dialog>
  );
}

/** What I agreed to, and what follows from it. */
function Agreement({ mine, busy, change }: { mine: petitbleu_author; busy: boolean; change: (wanted: Wanted) => void }) {
  const { address = "" } = mine;
  const now = { shown: true, about: Boolean(mine.about), photo: Boolean(mine.photo) };
  return (
    <section class="page-part">
      <p>{t(mine.shown ? "author.on" : "author.off", { name: mine.name })}</p>
      {mine.shown && !mine.holds && <p class="note">{t("author.renamed", { name: mine.name })}</p>}
      {mine.unsigned && <p class="note">{t("author.unsigned")}</p>}
      {address && <p class="page-address"><span dir="ltr">{address}</span><button class="round" type="button" aria-label={t("message.copy_link")} onClick={() => copy(address)}><Icon name="copy" /></button></p>}
      {mine.shown && (
        <>
          <label class="tick"><input type="checkbox" checked={now.about} onInput={(event) => change({ ...now, about: event.currentTarget.checked })} /><span>{t("author.about")}</span></label>
          <label class="tick"><input type="checkbox" checked={now.photo} onInput={(event) => change({ ...now, photo: event.currentTarget.checked })} /><span>{t("author.photo")}</span></label>
        </>
      )}
      <p class="panel-acts">
        {address && <a class="secondary" href={address} target="_blank" rel="noopener"><Icon name="globe" />{t("page.open")}</a>}
        {mine.shown && !mine.holds && <button class="primary" type="button" aria-disabled={busy} onClick={() => change(now)}>{t("author.again")}</button>}
        {mine.shown
          ? <button class="secondary danger" type="button" aria-disabled={busy} onClick={() => change({ shown: false, about: false, photo: false })}>{t("author.take_back")}</button>
          : <button class="primary" type="button" aria-disabled={busy} onClick={() => change({ shown: true, about: false, photo: false })}>{t("author.agree")}</button>}
      </p>
      {!mine.shown && <p class="hint">{t("author.hint")}</p>}
    </section>
  );
}
