/** Who asks to be let in: one by one, or all at once. */
import { useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { day, hour } from "../../i18n/times.ts";
import type { ChatInviteImporter } from "../../wire/schema.d.ts";
import { go, PeerAvatar, useClient, useEntity, useName } from "../app/index.tsx";
import { askToDo } from "../ask/index.tsx";
import { useDeed } from "./full.ts";
import { Pending } from "./index.tsx";
import { answerAll, answerRequest, loadImporters } from "./invites.ts";
import { usePages } from "./pages.ts";
import { holds } from "./rights.ts";

const TYPING_MS = 250;

export function RequestsScreen({ chat }: { chat: string }) {
  const client = useClient();
  const entity = useEntity(chat);
  const waiting = client.store.requestsOf(chat).value;
  const [text, setText] = useState("");
  const q = text.trim();
  const list = usePages(async (last: ChatInviteImporter | undefined, have) => {
    const { people, count } = await loadImporters(client, chat, { requested: true, ...(q ? { q } : {}) }, last);
    return { items: people, more: !q && have + people.length < count };
  }, [chat, q, waiting], q ? TYPING_MS : 0);
  const deed = useDeed(chat, list.load);
  if (entity && !holds(entity, "invite_users")) return <p class="note" role="status">{t("admin.no_right")}</p>;
  const answer = (key: string, approved: boolean) => deed(() => answerRequest(client, chat, key, approved));
  const all = (approved: boolean) => {
    const label = t(approved ? "requests.accept_all" : "requests.refuse_all");
    askToDo(t(approved ? "requests.accept_ask" : "requests.refuse_ask"), label, () => void deed(() => answerAll(client, chat, approved)), !approved);
  };
  if (!list.items) return <Pending wrong={list.wrong} again={() => void list.load()} />;
  return (
    <>
      {(list.items.length > 0 || q) && <input class="input" type="search" value={text} aria-label={t("members.find")} placeholder={t("members.find")} onInput={(e) => setText(e.currentTarget.value)} />}
      <p class="hint" role="status">{list.items.length ? t("admin.waiting", { n: q ? list.items.length : Math.max(waiting, list.items.length) }) : t(q ? "members.nobody" : "requests.none")}</p>
      {list.items.length > 1 && !q && (
        <p class="panel-acts">
          <button type="button" class="secondary" onClick={() => all(true)}>{t("requests.accept_all")}</button>
          <button type="button" class="secondary danger" onClick={() => all(false)}>{t("requests.refuse_all")}</button>
        </p>
      )}
      <ul class="pick" aria-label={t("admin.requests")}>{list.items.map((one) => <Asking key={one.user_id} one={one} onAnswer={answer} />)}</ul>
      {list.more && <p><button type="button" class="secondary" onClick={() => void list.next()}>{t("admin.more")}</button></p>}
    </>
  );
}

function Asking({ one, onAnswer }: { one: ChatInviteImporter; onAnswer: (key: string, approved: boolean) => Promise<boolean> }) {
  const { store } = useClient();
  const key = `u${one.user_id}`;
  const name = useName(key, true);
  const [busy, setBusy] = useState(false);
  const answer = (approved: boolean) => {
    if (busy) return;
    setBusy(true);
    void onAnswer(key, approved).finally(() => setBusy(false));
  };
  return (
    <li class="asking">
      <button type="button" class="pick-row" onClick={() => go(`/app/c/${key}`)}><PeerAvatar peer={key} size="small" /><span class="member-text"><bdi>{name}</bdi><small class="hint">{t("requests.since", { day: day(one.date, store.now()), hour: hour(one.date) })}</small>{one.about && <small class="hint" dir="auto">{one.about}</small>}</span></button>
      <p class="panel-acts">
        <button type="button" class="primary" aria-disabled={busy} aria-label={t("requests.accept_one", { name })} onClick={() => answer(true)}>{t("requests.accept")}</button>
        <button type="button" class="secondary" aria-disabled={busy} aria-label={t("requests.refuse_one", { name })} onClick={() => answer(false)}>{t("requests.refuse")}</button>
      </p>
    </li>
  );
}
