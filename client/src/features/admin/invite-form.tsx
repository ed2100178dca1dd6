/** Make a link, or change what it was made with. */
import { useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { useClient } from "../app/index.tsx";
import { useDeed } from "./full.ts";
import { editLink, makeLink } from "./invites.ts";
import type { Link } from "./link.ts";
import { Switch } from "./switch.tsx";
import { END_CHOICES, endOf, fieldOf } from "./until.ts";
import type { End } from "./until.ts";

const TITLE_MAX = 32;
const USES_MAX = 99_999;
/** Links may last as long as the server can count. */
const LATEST = 10 * 366 * 86_400;

export function InviteDialog({ chat, link, onClose }: { chat: string; link: Link | null; onClose: (done: boolean) => void }) {
  const client = useClient();
  const { store } = client;
  const deed = useDeed(chat);
  const [title, setTitle] = useState(link?.title ?? "");
  const [asks, setAsks] = useState(link?.request_needed ?? false);
  const [uses, setUses] = useState(String(link?.usage_limit ?? ""));
  const [end, setEnd] = useState<End>(link?.expire_date ? "date" : "never");
  const [date, setDate] = useState(() => fieldOf(link?.expire_date ?? store.now() + 7 * 86_400));
  const [wrong, setWrong] = useState("");
  const [busy, setBusy] = useState(false);
  const save = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    // A link whose time is over already can keep it.
    const expires = end === "date" && link?.expire_date && date === fieldOf(link.expire_date) ? link.expire_date : endOf(end, date, store.now(), LATEST);
    if (expires === null) return setWrong(t("until.wrong_link"));
    const count = Number(uses || 0);
    if (!asks && !(Number.isInteger(count) && count >= 0 && count <= USES_MAX)) return setWrong(t("invites.uses_wrong", { n: USES_MAX }));
    setBusy(true);
    const terms = { title: title.trim(), expires, uses: count, asks };
    const done = await deed(async () => {
      if (link) await editLink(client, chat, link.link, terms);
      else await makeLink(client, chat, terms);
    }, t(link ? "admin.saved" : "invites.made"));
    setBusy(false);
    if (done) onClose(true);
  };
  return (
    <Dialog title={t(link ? "invites.edit" : "invites.make")} closeLabel={t("dialog.close")} onClose={() => onClose(false)}>
      <form class="admin-form" onSubmit={save} noValidate>
        <label class="field"><span>{t("invites.title")}</span><input name="link-title" value={title} maxLength={TITLE_MAX} dir="auto" onInput={(e) => setTitle(e.currentTarget.value)} /><small class="hint">{t("invites.title_hint")}</small></label>
        <Switch on={asks} label={t("invites.approve")} hint={t("invites.approve_hint")} onTurn={(to) => setAsks(to)} />
        {!asks && <label class="field"><span>{t("invites.uses")}</span><input name="uses" value={uses} inputMode="numeric" maxLength={5} placeholder={t("invites.uses_any")} onInput={(e) => setUses(e.currentTarget.value)} /></label>}
        <label class="field select"><span>{t("invites.until")}</span>
          <select name="end" value={end} onChange={(e) => setEnd(e.currentTarget.value as End)}>
            {END_CHOICES.map((one) => <option key={one} value={one}>{t("until.choice", { end: one })}</option>)}
          </select>
        </label>
        {end === "date" && <label class="field"><span>{t("until.date")}</span><input type="datetime-local" value={date} onInput={(e) => setDate(e.currentTarget.value)} /></label>}
        {wrong && <p class="wrong" role="alert">{wrong}</p>}
        <div class="dialog-acts">
          <button type="button" class="secondary" onClick={() => onClose(false)}>{t("composer.cancel")}</button>
          <button class="primary" aria-disabled={busy}>{t(link ? "composer.save" : "invites.make_do")}</button>
        </div>
      </form>
    </Dialog>
  );
}
