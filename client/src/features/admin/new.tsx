/** The page of a new group or channel: what it is, its photo, who finds it, who writes, who is in it. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import type { Client } from "../../state/client.ts";
import { keyOfEntity } from "../../state/keys.ts";
import { isService } from "../../state/names.ts";
import { alarm } from "../../ui/announcer.ts";
import { Icon } from "../../ui/icon.tsx";
import { describe, go, goBack, PeerAvatar, useClient, useName } from "../app/index.tsx";
import { channelOf } from "../info/index.tsx";
import { addAll } from "./add.tsx";
import { AddressField, useVerdict } from "./address.tsx";
import { take } from "./full.ts";
import { PhotoButton, sendPhoto } from "./photo.tsx";
import { allowed, banned, NEVER } from "./rights.ts";

type Kind = "group" | "channel";
interface Wanted {
  kind: Kind;
  title: string;
  about: string;
  photo: File | null;
  /** "" for a private one. */
  address: string;
  /** In a group: all its members write, or its admins alone. */
  all: boolean;
  people: readonly string[];
}

export function NewScreen() {
  const client = useClient();
  const [wanted, setWanted] = useState<Wanted>({ kind: "group", title: "", about: "", photo: null, address: "", all: true, people: [] });
  const [open, setOpen] = useState(false);
  const [wrong, setWrong] = useState("");
  const [busy, setBusy] = useState(false);
  const verdict = useVerdict(null, open ? wanted.address : "", "");
  const change = (to: Partial<Wanted>) => setWanted((before) => ({ ...before, ...to }));
  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    if (!wanted.title.trim()) return setWrong(t("new.needs_title"));
    if (open && !verdict?.free) return setWrong(wanted.address ? (verdict?.text ?? t("address.waiting")) : t("new.needs_address"));
    setBusy(true);
    setWrong("");
    try {
      go(`/app/c/${await create(client, { ...wanted, address: open ? wanted.address : "" })}`, true);
    } catch (error) {
      setWrong(describe(error));
      setBusy(false);
    }
  };
  return (
    <>
      <header class="chat-head">
        <button class="round" type="button" aria-label={t("chat.back")} onClick={() => goBack()}><Icon name="back" /></button>
        <h1>{t("new.title")}</h1>
      </header>
      <form class="page" onSubmit={submit} noValidate>
        <Choices legend={t("new.kind")} name="kind" value={wanted.kind} onChoose={(kind) => change({ kind })} choices={[["group", t("new.group"), t("new.group_hint")], ["channel", t("new.channel"), t("new.channel_hint")]]} />
        <Photo photo={wanted.photo} onPhoto={(photo) => change({ photo })} />
        <label class="field"><span>{t("new.name")}</span><input value={wanted.title} maxLength={128} onInput={(e) => change({ title: e.currentTarget.value })} dir="auto" required /></label>
        <label class="field"><span>{t("new.about")}</span><textarea value={wanted.about} rows={2} maxLength={255} onInput={(e) => change({ about: e.currentTarget.value })} dir="auto" /></label>
        <Choices legend={t("new.who_finds")} name="open" value={open ? "public" : "private"} onChoose={(one) => setOpen(one === "public")} choices={[["private", t("new.private"), t("new.private_hint")], ["public", t("new.public"), t("new.public_hint")]]} />
        {open && <AddressField value={wanted.address} verdict={verdict} onInput={(address) => change({ address })} />}
        {wanted.kind === "group" && <Choices legend={t("new.who_writes")} name="writes" value={wanted.all ? "all" : "admins"} onChoose={(one) => change({ all: one === "all" })} choices={[["all", t("new.all_write"), ""], ["admins", t("new.admins_write"), t("new.admins_write_hint")]]} />}
        <People people={wanted.people} onChange={(people) => change({ people })} />
        {wrong && <p class="wrong" role="alert">{wrong}</p>}
        <button class="primary" aria-disabled={busy}>{t("new.make")}</button>
      </form>
    </>
  );
}

function Choices<T extends string>({ legend, name, value, choices, onChoose }: { legend: string; name: string; value: T; choices: readonly (readonly [T, string, string])[]; onChoose: (one: T) => void }) {
  return (
    <fieldset class="choice">
      <legend>{legend}</legend>
      {choices.map(([one, label, hint]) => <label key={one} class="tick"><input type="radio" name={name} value={one} checked={value === one} onInput={() => onChoose(one)} /><span>{label}{hint && <small>{hint}</small>}</span></label>)}
    </fieldset>
  );
}

function Photo({ photo, onPhoto }: { photo: File | null; onPhoto: (photo: File | null) => void }) {
  const [address, setAddress] = useState("");
  useEffect(() => {
    if (!photo) return setAddress("");
    const made = URL.createObjectURL(photo);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [photo]);
  return (
    <div class="photo-line">
      <span class="avatar large tint-0">{address ? <img src={address} alt={t("media.photo")} /> : <Icon name="group" />}</span>
      <PhotoButton label={t(photo ? "photo.change" : "photo.choose")} onPhoto={onPhoto}>
        {photo && <button type="button" class="secondary danger" onClick={() => onPhoto(null)}>{t("photo.remove")}</button>}
      </PhotoButton>
    </div>
  );
}

function People({ people, onChange }: { people: readonly string[]; onChange: (people: readonly string[]) => void }) {
  const client = useClient();
  const known = client.store.order.value.filter((key) => key.startsWith("u") && !isService(key) && key !== `u${client.store.me}`);
  if (!known.length) return null;
  const toggle = (key: string) => onChange(people.includes(key) ? people.filter((one) => one !== key) : [...people, key]);
  return (
    <fieldset class="choice">
      <legend>{t("new.people")}</legend>
      <ul class="pick">{known.map((key) => <Person key={key} peer={key} chosen={people.includes(key)} onToggle={() => toggle(key)} />)}</ul>
    </fieldset>
  );
}

function Person({ peer, chosen, onToggle }: { peer: string; chosen: boolean; onToggle: () => void }) {
  const name = useName(peer);
  return <li><label class="pick-row"><input type="checkbox" checked={chosen} onInput={onToggle} /><PeerAvatar peer={peer} size="small" /><bdi>{name}</bdi></label></li>;
}

/** Make it; gives its key. Once it is there, what is refused of the rest is said, and it stays. */
async function create(client: Client, { kind, title, about, photo, address, all, people }: Wanted): Promise<string> {
  const { connection, store, sync } = client;
  const asked = { title: title.trim(), about: about.trim(), ...(kind === "group" ? { megagroup: true } : { broadcast: true }) };
  const updates = await connection.call("channels.createChannel", asked);
  sync.take(updates);
  const made = "chats" in updates ? updates.chats[0] : undefined;
  if (!made) return "";
  const key = keyOfEntity(made);
  const channel = channelOf(client, key);
  const also = async (act: () => Promise<unknown>) => void (await act().catch((error: unknown) => alarm(describe(error))));
  if (address) await also(async () => {
    await connection.call("channels.updateUsername", { channel, username: address });
    await client.load.rows([key]);
  });
  if (photo) await also(() => sendPhoto(client, key, photo, () => {}));
  if (kind === "group" && !all) {
    const names = allowed(undefined);
    for (const one of ["write", "photos", "videos", "files", "music", "voice", "stickers", "polls", "links"]) names.delete(one);
    await also(() => take(client, connection.call("messages.editChatDefaultBannedRights", { peer: store.input(key), banned_rights: banned(names, NEVER) })));
  }
  if (people.length) await also(() => addAll(client, key, people));
  return key;
}
