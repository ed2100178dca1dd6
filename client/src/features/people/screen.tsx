/** One's contacts. */
import { useEffect, useState } from "preact/hooks";
import { signal } from "@preact/signals";
import { lang, t } from "../../i18n/index.ts";
import { matches } from "../../state/find.ts";
import { nameOf, usernameOf } from "../../state/names.ts";
import { Icon } from "../../ui/icon.tsx";
import { LongList } from "../../ui/long-list.tsx";
import type { Place } from "../../ui/menu.tsx";
import { Menu } from "../../ui/menu.tsx";
import { describe, go, goBack, PeerAvatar, useClient, useEntity, useName, useOnline } from "../app/index.tsx";
import { contacts } from "./actions.ts";
import { CardDialog } from "./card.tsx";
import { itemsOf } from "./items.ts";

/** null: not known yet. Still there when somebody comes back. */
const known = signal<readonly string[] | null>(null);
const ROW = 64;

export function PeopleScreen() {
  const client = useClient();
  const [wanted, setWanted] = useState("");
  const [wrong, setWrong] = useState("");
  const [adding, setAdding] = useState(false);
  const load = () => {
    setWrong("");
    contacts(client).then((keys) => (known.value = keys), (error: unknown) => setWrong(describe(error)));
  };
  useEffect(load, []);
  const { store } = client;
  const name = (key: string) => nameOf(store.entity(key).value);
  const order = new Intl.Collator(lang());
  const keys = (known.value ?? [])
    .filter((key) => {
      const entity = store.entity(key).value;
      return entity?._ === "user" && entity.contact && matches(`${name(key)} ${usernameOf(entity)}`, wanted.trim());
    })
    .sort((a, b) => order.compare(name(a), name(b)));
  const added = (key: string) => {
    setAdding(false);
    load();
    if (key) go(`/app/c/${key}`);
  };
  return (
    <div class="people">
      <header class="chat-head">
        <button class="round only-narrow" type="button" aria-label={t("chat.back")} onClick={() => goBack()}><Icon name="back" /></button>
        <h1 class="people-title">{t("people.title")}</h1>
        <button class="round" type="button" aria-label={t("people.add")} title={t("people.add")} onClick={() => setAdding(true)}><Icon name="new" /></button>
      </header>
      <div class="people-search search"><Icon name="search" /><input type="search" value={wanted} onInput={(event) => setWanted(event.currentTarget.value)} placeholder={t("people.find")} aria-label={t("people.find")} /></div>
      {wrong && <p class="found-none" role="alert">{wrong} <button class="plain" type="button" onClick={load}>{t("status.retry")}</button></p>}
      {known.value && !keys.length && !wrong && (
        <div class="found-none" role="status">
          <p>{t(wanted.trim() ? "people.nobody" : "people.empty")}</p>
          <button class="secondary" type="button" onClick={() => setAdding(true)}><Icon name="new" />{t("people.add")}</button>
        </div>
      )}
      {keys.length > 0 && <LongList items={keys} height={ROW} label={t("people.title")} keyOf={(key) => key} row={(key) => <Contact person={key} />} onNear={() => {}} />}
      {adding && <CardDialog onClose={() => setAdding(false)} onDone={added} />}
    </div>
  );
}

function Contact({ person }: { person: string }) {
  const client = useClient();
  const name = useName(person);
  const online = useOnline(person);
  const username = usernameOf(useEntity(person));
  const [menu, setMenu] = useState<Place | null>(null);
  const [editing, setEditing] = useState(false);
  const open = (event: MouseEvent) => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    setMenu({ x: box.left, y: box.bottom });
  };
  const note = online ? t("chat.online") : username ? `@${username}` : "";
  return (
    <div class="contact">
      <a class="chat-row" href={`/app/c/${person}`}>
        <PeerAvatar peer={person} size="small" />
        <span class="chat-row-text"><bdi class="chat-row-name">{name}</bdi>{note && <bdi class="chat-row-line">{note}</bdi>}</span>
      </a>
      <button class="round" type="button" aria-label={t("people.more", { name })} onClick={open}><Icon name="more" /></button>
      {menu && <Menu label={name} at={menu} items={itemsOf(client, person, () => setEditing(true))} onClose={() => setMenu(null)} />}
      {editing && <CardDialog person={person} onClose={() => setEditing(false)} onDone={() => setEditing(false)} />}
    </div>
  );
}
