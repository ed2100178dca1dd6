/** What a chat is called and shows, who finds it, and how it works: each as far as I may change it. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import type { Client } from "../../state/client.ts";
import { isBroadcast, may, nameOf } from "../../state/names.ts";
import { go, useClient, useEntity } from "../app/index.tsx";
import { askToDo } from "../ask/index.tsx";
import { channelOf } from "../info/index.tsx";
import { keyOfEntity } from "../../state/keys.ts";
import { AddressSection } from "./address.tsx";
import { DiscussionSection } from "./discussion.tsx";
import type { Deed, Full } from "./full.ts";
import { take, useDeed, useFull } from "./full.ts";
import { Pending } from "./index.tsx";
import { PhotoField } from "./photo.tsx";
import { holds } from "./rights.ts";
import { Section } from "./switch.tsx";
import { SwitchesSection } from "./switches.tsx";

export function EditScreen({ chat }: { chat: string }) {
  const client = useClient();
  const entity = useEntity(chat);
  const { full, wrong, load } = useFull(chat);
  const deed = useDeed(chat, load);
  const known = entity?._ === "chat" || entity?._ === "channel" ? entity : null;
  if (known && !holds(known, "change_info") && (isBroadcast(known) || !may(known, "change_info"))) return <p class="note" role="status">{t("admin.no_right")}</p>;
  if (!full || !known) return <Pending wrong={wrong} again={() => void load()} />;
  return (
    <>
      <PhotoField chat={chat} deed={deed} />
      <Words chat={chat} full={full} deed={deed} />
      {known._ === "channel" && known.creator && <AddressSection chat={chat} deed={deed} />}
      <SwitchesSection chat={chat} full={full} deed={deed} />
      {isBroadcast(known) && <DiscussionSection chat={chat} full={full} deed={deed} />}
      {known._ === "chat" && known.creator && <Convert chat={chat} client={client} deed={deed} />}
    </>
  );
}

const TITLE_MAX = 128;
const ABOUT_MAX = 255;

function Words({ chat, full, deed }: { chat: string; full: Full; deed: Deed }) {
  const client = useClient();
  const was = nameOf(useEntity(chat));
  const [title, setTitle] = useState(was);
  const [about, setAbout] = useState(full.about);
  const [wrong, setWrong] = useState("");
  // Another admin may have changed it meanwhile.
  useEffect(() => setTitle(was), [was]);
  useEffect(() => setAbout(full.about), [full.about]);
  const changed = title.trim() !== was || about.trim() !== full.about;
  const save = (event: Event) => {
    event.preventDefault();
    if (!title.trim()) return setWrong(t("new.needs_title"));
    setWrong("");
    void deed(async () => {
      if (title.trim() !== was) await setTitleOf(client, chat, title.trim());
      if (about.trim() !== full.about) await client.connection.call("messages.editChatAbout", { peer: client.store.input(chat), about: about.trim() });
    }, t("admin.saved"));
  };
  return (
    <form class="admin-form" onSubmit={save} noValidate>
      <label class="field"><span>{t("new.name")}</span><input name="title" value={title} maxLength={TITLE_MAX} dir="auto" required onInput={(e) => setTitle(e.currentTarget.value)} /></label>
      <label class="field"><span>{t("admin.about")}</span><textarea name="about" value={about} rows={3} maxLength={ABOUT_MAX} dir="auto" onInput={(e) => setAbout(e.currentTarget.value)} /></label>
      {wrong && <p class="wrong" role="alert">{wrong}</p>}
      {changed && <p class="panel-acts"><button class="primary">{t("composer.save")}</button></p>}
    </form>
  );
}

function setTitleOf(client: Client, chat: string, title: string): Promise<void> {
  const { connection } = client;
  const answer = chat.startsWith("g")
    ? connection.call("messages.editChatTitle", { chat_id: chat.slice(1), title })
    : connection.call("channels.editTitle", { channel: channelOf(client, chat), title });
  return take(client, answer);
}

/** A small group of old becomes one with all that there is. */
function Convert({ chat, client, deed }: { chat: string; client: Client; deed: Deed }) {
  const convert = () => void deed(async () => {
    const updates = await client.connection.call("messages.migrateChat", { chat_id: chat.slice(1) });
    client.sync.take(updates);
    const made = "chats" in updates ? updates.chats.find((one) => one._ === "channel") : undefined;
    if (made) go(`/app/c/${keyOfEntity(made)}/info`, true);
  });
  return (
    <Section title={t("admin.convert")}>
      <p class="hint">{t("admin.convert_hint")}</p>
      <p class="panel-acts"><button type="button" class="secondary" onClick={() => askToDo(t("admin.convert_ask"), t("admin.convert"), convert)}>{t("admin.convert")}</button></p>
    </Section>
  );
}
