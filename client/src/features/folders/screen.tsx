/** One's folders. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { alarm } from "../../ui/announcer.ts";
import { Icon } from "../../ui/icon.tsx";
import type { dialogFilter, dialogFilterSuggested } from "../../wire/schema.d.ts";
import { describe, goBack, useClient } from "../app/index.tsx";
import { askToDo } from "../ask/index.tsx";
import { isIn } from "../chat-list/index.tsx";
import { move, remove, save, suggested } from "./actions.ts";
import { empty, made } from "./edit.ts";
import { Editor } from "./editor.tsx";

export function FoldersScreen() {
  const client = useClient();
  const { store } = client;
  const folders = made(store.filters.value);
  const [edited, setEdited] = useState<dialogFilter | null>(null);
  const [offered, setOffered] = useState<readonly dialogFilterSuggested[]>([]);
  useEffect(() => {
    suggested(client).then(setOffered, () => {});
  }, [folders.length]);
  const attempt = (done: Promise<unknown>) => void done.catch((error: unknown) => alarm(describe(error)));
  const add = ({ filter }: dialogFilterSuggested) => filter._ === "dialogFilter" && attempt(save(client, { ...filter, id: empty(store.filters.peek()).id }));
  return (
    <>
      <header class="chat-head">
        <button class="round only-narrow" type="button" aria-label={t("chat.back")} onClick={() => goBack()}><Icon name="back" /></button>
        <h1 class="people-title">{t("list.folders")}</h1>
        <button class="round" type="button" aria-label={t("folders.new")} title={t("folders.new")} onClick={() => setEdited(empty(store.filters.peek()))}><Icon name="new" /></button>
      </header>
      <div class="page">
        <p class="hint">{t("folders.hint")}</p>
        {!folders.length && <p class="hint" role="status">{t("folders.none")}</p>}
        <ol class="folder-list">
          {folders.map((one, at) => (
            <li key={one.id}>
              <Icon name="folder" />
              <span class="folder-name"><bdi>{one.title.text}</bdi><Count filter={one} /></span>
              <button class="round" type="button" aria-label={t("folders.up", { name: one.title.text })} aria-disabled={at === 0} onClick={() => attempt(move(client, one.id, -1))}><Icon name="up" /></button>
              <button class="round" type="button" aria-label={t("folders.down", { name: one.title.text })} aria-disabled={at === folders.length - 1} onClick={() => attempt(move(client, one.id, 1))}><Icon name="down" /></button>
              <button class="round" type="button" aria-label={t("folders.edit", { name: one.title.text })} onClick={() => setEdited(one)}><Icon name="edit" /></button>
              <button class="round" type="button" aria-label={t("folders.delete", { name: one.title.text })} onClick={() => askToDo(t("folders.delete_ask", { name: one.title.text }), t("message.delete"), () => attempt(remove(client, one.id)))}><Icon name="trash" /></button>
            </li>
          ))}
        </ol>
        <p><button type="button" class="secondary" onClick={() => setEdited(empty(store.filters.peek()))}><Icon name="new" />{t("folders.new")}</button></p>
        {offered.length > 0 && (
          <section>
            <h2>{t("folders.suggested")}</h2>
            <ul class="folder-list">{offered.map((one) => one.filter._ === "dialogFilter" && (
              <li key={one.filter.title.text}>
                <Icon name="folder" />
                <span class="folder-name"><bdi>{one.filter.title.text}</bdi><small class="hint">{one.description}</small></span>
                <button type="button" class="secondary" onClick={() => add(one)}>{t("folders.add")}</button>
              </li>
            ))}</ul>
          </section>
        )}
      </div>
      {edited && <Editor key={edited.id} filter={edited} onClose={() => setEdited(null)} />}
    </>
  );
}

function Count({ filter }: { filter: dialogFilter }) {
  const { store } = useClient();
  const n = store.order.value.filter((key) => {
    const talk = store.talk(key).value;
    return talk && isIn(store, filter.id, talk);
  }).length;
  return <small class="hint">{t("folders.count", { n })}</small>;
}
