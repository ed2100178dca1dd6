import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { day, hour } from "../../i18n/times.ts";
import { isKey } from "../../state/keys.ts";
import { brief } from "../../ui/calm.ts";
import { alarm, confirmDone } from "../../ui/announcer.ts";
import { Icon } from "../../ui/icon.tsx";
import { More } from "../../ui/more.tsx";
import { describe, go, preview, useClient } from "../app/index.tsx";
import { askToDo } from "../ask/index.tsx";
import { deleteSaved, isPinned, pinSaved, savedFrom, useSavedName } from "./actions.ts";

export function SavedPanel({ chat, section, onClose }: { chat: string; section: string; onClose: () => void }) {
  const key = section.split("/")[1] ?? "";
  const up = `/app/c/${chat}/info`;
  const known = section.startsWith("saved/") && isKey(key);
  useEffect(() => {
    if (!known) go(up, true);
  }, [section]);
  return known ? <From key={key} chat={chat} from={key} up={up} onClose={onClose} /> : null;
}

function From({ chat, from, up, onClose }: { chat: string; from: string; up: string; onClose: () => void }) {
  const client = useClient();
  const name = useSavedName(from);
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), []);
  const top = client.store.talk(chat).value?.top ?? 0;
  const paged = useMemo(() => savedFrom(client, from), [top]);
  const items = paged.items.value;
  const failed = paged.state.value === "failed" ? describe(paged.error) : "";
  const fail = (error: unknown) => alarm(describe(error));
  const remove = () =>
    deleteSaved(client, from).then(() => {
      confirmDone(t("saved.deleted"));
      go(up, true);
    }, fail);
  return (
    <aside class="panel" aria-label={name}>
      <header class="panel-head">
        <button class="round" type="button" aria-label={t("chat.back")} onClick={() => go(up)}><Icon name="back" /></button>
        <h2 ref={head} tabIndex={-1}><bdi>{name}</bdi></h2>
        <button class="round" type="button" aria-label={t("dialog.close")} onClick={onClose}><Icon name="close" /></button>
      </header>
      <div class="panel-acts">
        <Pin from={from} onError={fail} />
        {items.length > 0 && <button type="button" class="secondary danger" onClick={() => askToDo(t("saved.delete_ask", { name }), t("saved.delete"), () => void remove())}><Icon name="trash" />{t("saved.delete")}</button>}
      </div>
      {paged.state.value === "done" && !items.length && <p class="hint">{t("saved.empty")}</p>}
      <ul class="pick">
        {items.map((one) => (
          <li key={one.id}>
            <a class="pick-row" href={`/app/c/${chat}/${one.id}`}>
              <span class="saved-text"><bdi>{brief(preview(client, one))}</bdi><span class="hint">{day(one.date, client.store.now())} {hour(one.date)}</span></span>
            </a>
          </li>
        ))}
      </ul>
      <More paged={paged} failed={failed} retry={t("status.retry")} loading={t("status.loading")} />
    </aside>
  );
}

function Pin({ from, onError }: { from: string; onError: (error: unknown) => void }) {
  const client = useClient();
  const [pinned, setPinned] = useState<boolean | null>(null);
  useEffect(() => {
    isPinned(client, from).then(setPinned, onError);
  }, [from]);
  if (pinned === null) return null;
  const toggle = () => pinSaved(client, from, !pinned).then(() => setPinned(!pinned), onError);
  return <button type="button" class="secondary" onClick={() => void toggle()}><Icon name="pin" />{t(pinned ? "list.unpin" : "list.pin")}</button>;
}
