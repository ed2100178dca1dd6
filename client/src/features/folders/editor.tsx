/** One folder: its name, which chats are in it and which are not. */
import { useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import type { Key } from "../../i18n/index.ts";
import { matches } from "../../state/find.ts";
import { nameOf, usernameOf } from "../../state/names.ts";
import { Dialog } from "../../ui/dialog.tsx";
import type { dialogFilter } from "../../wire/schema.d.ts";
import { describe, PeerAvatar, useClient, useName } from "../app/index.tsx";
import { save } from "./actions.ts";
import type { Kind, Place } from "./edit.ts";
import { faultOf, KINDS, LEFT_OUT, placeOf, put, titled, withKind } from "./edit.ts";

const LABELS: Record<Kind, Key> = {
  contacts: "folders.contacts",
  non_contacts: "folders.non_contacts",
  groups: "folders.groups",
  broadcasts: "folders.broadcasts",
  bots: "folders.bots",
  exclude_muted: "folders.exclude_muted",
  exclude_read: "folders.exclude_read",
  exclude_archived: "folders.exclude_archived",
};
const TITLE = 12;
const SHOWN = 60;

export function Editor({ filter: before, onClose }: { filter: dialogFilter; onClose: () => void }) {
  const client = useClient();
  const [filter, setFilter] = useState(before);
  const [wrong, setWrong] = useState("");
  const submit = (event: Event) => {
    event.preventDefault();
    const fault = faultOf(filter);
    if (fault) return setWrong(t(fault === "title" ? "folders.needs_title" : "folders.needs_chats"));
    save(client, titled(filter, filter.title.text.trim())).then(onClose, (error: unknown) => setWrong(describe(error)));
  };
  const tick = (kind: Kind) => (
    <label key={kind} class="tick"><input type="checkbox" checked={filter[kind] ?? false} onInput={(event) => setFilter(withKind(filter, kind, event.currentTarget.checked))} /><span>{t(LABELS[kind])}</span></label>
  );
  return (
    <Dialog title={t(before.title.text ? "folders.change" : "folders.new")} closeLabel={t("dialog.close")} onClose={onClose}>
      <form class="poll-form" onSubmit={submit} noValidate>
        <label class="field"><span>{t("folders.name")}</span><input value={filter.title.text} maxLength={TITLE} onInput={(event) => setFilter(titled(filter, event.currentTarget.value))} dir="auto" /></label>
        <fieldset class="choice"><legend>{t("folders.kinds")}</legend>{KINDS.map(tick)}</fieldset>
        <Chats filter={filter} onChange={setFilter} />
        <fieldset class="choice"><legend>{t("folders.left_out")}</legend>{LEFT_OUT.map(tick)}</fieldset>
        {wrong && <p class="wrong" role="alert">{wrong}</p>}
        <div class="dialog-acts"><button class="primary">{t("composer.save")}</button></div>
      </form>
    </Dialog>
  );
}

/** Chats by name: in, out, or as their kind is. */
function Chats({ filter, onChange }: { filter: dialogFilter; onChange: (filter: dialogFilter) => void }) {
  const { store } = useClient();
  const [wanted, setWanted] = useState("");
  const [first] = useState(() => new Map(store.order.peek().map((key) => [key, placeOf(filter, key, store.me)])));
  const keys = store.order.value
    .filter((key) => matches(`${nameOf(store.entity(key).value)} ${usernameOf(store.entity(key).value)}`, wanted.trim()))
    // What was chosen before comes first, and stays where it is while one chooses.
    .toSorted((a, b) => Number(Boolean(first.get(b))) - Number(Boolean(first.get(a))));
  return (
    <fieldset class="choice">
      <legend>{t("folders.chats")}</legend>
      <input class="input" type="search" value={wanted} onInput={(event) => setWanted(event.currentTarget.value)} placeholder={t("list.search")} aria-label={t("list.search")} />
      <ul class="pick forward-list">{keys.slice(0, SHOWN).map((key) => <Chat key={key} chat={key} place={placeOf(filter, key, store.me)} onPlace={(place) => onChange(put(filter, store.input(key), place, store.me))} />)}</ul>
    </fieldset>
  );
}

function Chat({ chat, place, onPlace }: { chat: string; place: Place; onPlace: (place: Place) => void }) {
  const name = useName(chat);
  return (
    <li class="folder-chat">
      <PeerAvatar peer={chat} size="small" /><bdi>{name}</bdi>
      <select value={place} aria-label={t("folders.place", { name })} onChange={(event) => onPlace(event.currentTarget.value as Place)}>
        <option value="">{t("folders.by_kind")}</option>
        <option value="in">{t("folders.in")}</option>
        <option value="out">{t("folders.out")}</option>
      </select>
    </li>
  );
}
