/** How the page of a channel stands, and every switch it has. What is chosen is kept at once. */
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { alarm } from "../../ui/announcer.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Icon } from "../../ui/icon.tsx";
import type { petitbleu_page, petitbleu_visits } from "../../wire/schema.d.ts";
import { copy, describe, go, useClient } from "../app/index.tsx";
import { channelOf } from "../info/index.tsx";
import type { Change } from "./switches.tsx";
import { Switch } from "./switches.tsx";
import "./page.css";

const STATES = { on: "page.on", waiting: "page.waiting", off: "page.off" } as const;

export function PageDialog({ chat, onDescribe, onName, onClose }: { chat: string; onDescribe: (id: number) => void; onName: () => void; onClose: () => void }) {
  const { page, wrong, said, busy, change, load } = usePage(chat);
  const toPost = (id: number) => {
    onClose();
    setTimeout(() => go(`/app/c/${chat}/${id}`));
  };
  return (
    <Dialog title={t("page.title")} closeLabel={t("dialog.close")} onClose={onClose}>
      {!page && !wrong && <p class="hint" role="status">{t("page.loading")}</p>}
      {page && <Stands page={page} busy={busy} change={change} />}
      <p class={said ? "page-said" : "unseen"} role="status">{said}</p>
      {wrong && <p class="wrong" role="alert">{wrong}</p>}
      {!page && wrong && <div class="dialog-acts"><button class="secondary" type="button" onClick={load}>{t("status.retry")}</button></div>}
      {page && <p class="panel-acts"><button class="secondary" type="button" onClick={onName}><Icon name="edit" />{t("paper.title")}</button></p>}
      {page?.state === "on" && <Visits chat={chat} />}
      {page && (
        <>
          {page.official && <p class="note">{t("page.official", { who: page.official })}</p>}
          {page.switches.filter((one) => !one.name.startsWith("post/")).map((one) => <Switch key={one.name} one={one} change={change} />)}
          <Posts page={page} change={change} toPost={toPost} />
          {page.undescribed.length > 0 && (
            <section class="page-part">
              <h3>{t("page.pictures")}</h3>
              <p class="hint">{t("page.pictures_hint")}</p>
              <p class="panel-acts">{page.undescribed.map((id) => <button key={id} class="secondary" type="button" onClick={() => onDescribe(id)}>{t("page.picture", { id: String(id) })}</button>)}</p>
            </section>
          )}
        </>
      )}
    </Dialog>
  );
}

/** How often it is read, and the way to the page that shows it by days and by sites. */
function Visits({ chat }: { chat: string }) {
  const client = useClient();
  const [visits, setVisits] = useState<petitbleu_visits | null>(null);
  useEffect(() => {
    client.connection.call("petitbleu.getVisits", { channel: channelOf(client, chat) }).then(setVisits, (error: unknown) => alarm(describe(error)));
  }, []);
  if (!visits) return null;
  return (
    <section class="page-part">
      <h3>{t("page.visits")}</h3>
      <p>{t("page.visits_figures", { week: visits.week, month: visits.month })}</p>
      <p class="panel-acts"><a class="secondary" href={visits.url} target="_blank" rel="noopener"><Icon name="poll" />{t("page.visits_open")}</a></p>
      <p class="hint">{t("page.visits_hint")}</p>
    </section>
  );
}

/** Posts whose comments have a rule of their own. */
function Posts({ page, change, toPost }: { page: petitbleu_page; change: Change; toPost: (id: number) => void }) {
  const rules = page.switches.filter((one) => one.name.startsWith("post/"));
  if (!rules.length) return null;
  return (
    <section class="page-part">
      <h3>{t("page.posts")}</h3>
      {rules.map((one) => {
        const id = one.name.slice("post/".length);
        return <div key={one.name} class="page-rule"><Switch one={one} change={change} /><button class="plain" type="button" onClick={() => toPost(Number(id))}>{t("page.open_post")}</button></div>;
      })}
    </section>
  );
}

/** Whether anybody can read it, where, and how it would look. */
function Stands({ page, busy, change }: { page: petitbleu_page; busy: boolean; change: Change }) {
  const state = page.state === "on" || page.state === "waiting" ? page.state : "off";
  const { address = "", preview } = page;
  const isOff = state === "off";
  if (!address) return <p class="note">{t("page.nameless")}</p>;
  return (
    <section class="page-part">
      <p><strong>{t(STATES[state])}</strong></p>
      <p class="page-address"><span dir="ltr">{address}</span><button class="round" type="button" aria-label={t("message.copy_link")} onClick={() => copy(address)}><Icon name="copy" /></button></p>
      <p class="panel-acts">
        {state === "on" && <a class="secondary" href={address} target="_blank" rel="noopener"><Icon name="globe" />{t("page.open")}</a>}
        {preview && <a class="secondary" href={preview} target="_blank" rel="noopener"><Icon name="globe" />{t("page.preview")}</a>}
        {page.may_show && <button class={isOff ? "primary" : "secondary danger"} type="button" aria-disabled={busy} onClick={() => change("shown", isOff ? "on" : "off")}>{t(isOff ? "page.show" : "page.hide")}</button>}
      </p>
      {preview && <p class="hint">{t("page.preview_hint")}</p>}
      {!page.may_show && <p class="hint">{t("page.owner_only")}</p>}
    </section>
  );
}

/** The page as the server has it; looked at again whenever somebody comes back to this tab. */
function usePage(chat: string) {
  const client = useClient();
  const channel = channelOf(client, chat);
  const [page, setPage] = useState<petitbleu_page | null>(null);
  const [wrong, setWrong] = useState("");
  const [said, setSaid] = useState("");
  const [busy, setBusy] = useState(false);
  const state = useRef("");
  const take = (found: petitbleu_page, mine: boolean) => {
    if (state.current && state.current !== found.state) setSaid(mine ? "" : t(found.state === "on" ? "page.now_on" : "page.now_off"));
    state.current = found.state;
    setPage(found);
  };
  const load = () => {
    setWrong("");
    client.connection.call("petitbleu.getPage", { channel }).then((found) => take(found, false), (error: unknown) => setWrong(describe(error)));
  };
  useEffect(() => {
    load();
    const look = () => document.visibilityState === "visible" && load();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, []);
  const change: Change = async (name, value) => {
    if (name === "shown" && busy) return false;
    setBusy(true);
    setWrong("");
    setSaid("");
    try {
      take(await client.connection.call("petitbleu.setPage", { channel, name, value }), true);
      setSaid(t("page.saved"));
      return true;
    } catch (error) {
      setWrong(describe(error));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { page, wrong, said, busy, change, load };
}
