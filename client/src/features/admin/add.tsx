/** Bring people in: those I chat with, my contacts, and whoever answers to a name. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import type { Client } from "../../state/client.ts";
import { matches } from "../../state/find.ts";
import { isService, nameOf, usernameOf } from "../../state/names.ts";
import { alarm } from "../../ui/announcer.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { PeerAvatar, useClient, useEntity, useName } from "../app/index.tsx";
import { addMember, channelOf } from "../info/index.tsx";
import { useDeed } from "./full.ts";
import { userOf } from "./members.ts";

const SHOWN = 100;
const LEAST_LETTERS = 2;
const TYPING_MS = 250;

export function AddDialog({ chat, onClose }: { chat: string; onClose: (changed: boolean) => void }) {
  const client = useClient();
  const deed = useDeed(chat);
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [busy, setBusy] = useState(false);
  const people = usePeople(client, text.trim());
  const toggle = (key: string) => setChosen(chosen.includes(key) ? chosen.filter((one) => one !== key) : [...chosen, key]);
  const add = async () => {
    if (busy || !chosen.length) return;
    setBusy(true);
    const done = await deed(() => addAll(client, chat, chosen));
    setBusy(false);
    if (done) onClose(true);
  };
  // Who was chosen stays in sight, whatever is looked for next.
  const keys = [...chosen, ...people.filter((key) => !chosen.includes(key))].slice(0, SHOWN);
  return (
    <Dialog title={t("info.add")} closeLabel={t("dialog.close")} onClose={() => onClose(false)}>
      <input class="input" type="search" value={text} aria-label={t("members.find")} placeholder={t("members.find")} onInput={(event) => setText(event.currentTarget.value)} />
      {!keys.length && <p class="hint" role="status">{t("list.how_found")}</p>}
      <ul class="pick add-people" aria-label={t("info.add")}>{keys.map((key) => <Choice key={key} peer={key} chosen={chosen.includes(key)} onToggle={() => toggle(key)} />)}</ul>
      <div class="dialog-acts">
        <button type="button" class="secondary" onClick={() => onClose(false)}>{t("composer.cancel")}</button>
        <button type="button" class="primary" aria-disabled={busy || !chosen.length} onClick={() => void add()}>{t("members.add_do", { n: chosen.length })}</button>
      </div>
    </Dialog>
  );
}

/** Persons whom I know; with a text those who are called so, here or anywhere. */
function usePeople(client: Client, text: string): readonly string[] {
  const { store, connection } = client;
  const [contacts, setContacts] = useState<readonly string[]>([]);
  const [found, setFound] = useState<readonly string[]>([]);
  useEffect(() => {
    connection.call("contacts.getContacts", { hash: "0" }).then((all) => {
      if (all._ !== "contacts.contacts") return;
      store.putEntities(all.users, []);
      setContacts(all.contacts.map((one) => `u${one.user_id}`));
    }, () => {});
  }, []);
  useEffect(() => {
    setFound([]);
    if (text.length < LEAST_LETTERS) return;
    let over = false;
    const timer = setTimeout(() => {
      connection.call("contacts.search", { q: text, limit: SHOWN }).then((all) => {
        store.putEntities(all.users, all.chats);
        if (!over) setFound([...all.my_results, ...all.results].flatMap((one) => (one._ === "peerUser" ? `u${one.user_id}` : [])));
      }, () => {});
    }, TYPING_MS);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [text]);
  const near = [...store.order.value, ...contacts].filter((key) => key.startsWith("u") && matches(`${nameOf(store.entity(key).value)} ${usernameOf(store.entity(key).value)}`, text));
  return [...new Set([...near, ...found])].filter((key) => !isService(key) && key !== `u${store.me}`);
}

function Choice({ peer, chosen, onToggle }: { peer: string; chosen: boolean; onToggle: () => void }) {
  const name = useName(peer);
  const username = usernameOf(useEntity(peer));
  return <li><label class="pick-row"><input type="checkbox" checked={chosen} onInput={onToggle} /><PeerAvatar peer={peer} size="small" /><bdi>{name}</bdi>{username && <span class="hint" dir="ltr">@{username}</span>}</label></li>;
}

/** All at once; whom their settings keep out is told, the others are in. */
export async function addAll(client: Client, chat: string, people: readonly string[]): Promise<void> {
  if (chat.startsWith("g")) {
    for (const one of people) await addMember(client, chat, one);
    return;
  }
  const users = people.map((one) => userOf(client, one)).filter((one) => one._ === "inputUser");
  const done = await client.connection.call("channels.inviteToChannel", { channel: channelOf(client, chat), users });
  client.sync.take(done.updates);
  const missing = done.missing_invitees.map((one) => nameOf(client.store.entity(`u${one.user_id}`).peek()) || t("person.deleted"));
  if (missing.length) alarm(t("members.not_added", { names: missing.join(", "), n: missing.length }));
}
