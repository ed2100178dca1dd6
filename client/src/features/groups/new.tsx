import { useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import type { Client } from "../../state/client.ts";
import { keyOfEntity } from "../../state/keys.ts";
import { isService } from "../../state/names.ts";
import { Icon } from "../../ui/icon.tsx";
import { describe, go, goBack, PeerAvatar, useClient, useName } from "../app/index.tsx";
import "./groups.css";

type Kind = "group" | "channel";

export function NewChat() {
  const client = useClient();
  const [kind, setKind] = useState<Kind>("group");
  const [title, setTitle] = useState("");
  const [about, setAbout] = useState("");
  const [people, setPeople] = useState<readonly string[]>([]);
  const [wrong, setWrong] = useState("");
  const known = client.store.order.value.filter((key) => key.startsWith("u") && !isService(key) && key !== `u${client.store.me}`);
  const toggle = (key: string) => setPeople(people.includes(key) ? people.filter((one) => one !== key) : [...people, key]);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (!title.trim()) return setWrong(t("new.needs_title"));
    try {
      go(`/app/c/${await create(client, kind, title.trim(), about.trim(), people)}`, true);
    } catch (error) {
      setWrong(describe(error));
    }
  };
  return (
    <>
      <header class="chat-head">
        <button class="round" type="button" aria-label={t("chat.back")} onClick={() => goBack()}><Icon name="back" /></button>
        <h1>{t("new.title")}</h1>
      </header>
      <form class="page" onSubmit={submit} noValidate>
        <fieldset class="choice">
          <legend>{t("new.kind")}</legend>
          {(["group", "channel"] as const).map((one) => (
            <label key={one} class="tick"><input type="radio" name="kind" checked={kind === one} onInput={() => setKind(one)} /><span>{t(`new.${one}`)}<small>{t(`new.${one}_hint`)}</small></span></label>
          ))}
        </fieldset>
        <label class="field"><span>{t("new.name")}</span><input value={title} maxLength={128} onInput={(e) => setTitle(e.currentTarget.value)} dir="auto" required /></label>
        <label class="field"><span>{t("new.about")}</span><textarea value={about} rows={2} maxLength={255} onInput={(e) => setAbout(e.currentTarget.value)} dir="auto" /></label>
        {known.length > 0 && (
          <fieldset class="choice">
            <legend>{t("new.people")}</legend>
            <ul class="pick">{known.map((key) => <Choice key={key} peer={key} chosen={people.includes(key)} onToggle={() => toggle(key)} />)}</ul>
          </fieldset>
        )}
        {wrong && <p class="wrong" role="alert">{wrong}</p>}
        <button class="primary">{t("new.make")}</button>
      </form>
    </>
  );
}

function Choice({ peer, chosen, onToggle }: { peer: string; chosen: boolean; onToggle: () => void }) {
  const name = useName(peer);
  return <li><label class="pick-row"><input type="checkbox" checked={chosen} onInput={onToggle} /><PeerAvatar peer={peer} size="small" /><bdi>{name}</bdi></label></li>;
}

/** Make it and bring the people in; gives its key. */
async function create(client: Client, kind: Kind, title: string, about: string, people: readonly string[]): Promise<string> {
  const { connection, store, sync } = client;
  const asked = { title, about, ...(kind === "group" ? { megagroup: true } : { broadcast: true }) };
  const updates = await connection.call("channels.createChannel", asked);
  sync.take(updates);
  const chats = "chats" in updates ? updates.chats : [];
  const made = chats[0];
  if (!made) return "";
  const key = keyOfEntity(made);
  const users = people.flatMap((one) => {
    const peer = store.input(one);
    return peer._ === "inputPeerUser" ? [{ ...peer, _: "inputUser" as const }] : [];
  });
  const input = store.input(key);
  if (users.length && input._ === "inputPeerChannel") {
    const done = await connection.call("channels.inviteToChannel", { channel: { ...input, _: "inputChannel" }, users });
    sync.take(done.updates);
  }
  return key;
}
