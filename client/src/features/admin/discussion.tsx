/** The group in which a channel's posts are commented. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import type { Client } from "../../state/client.ts";
import { keyOfEntity } from "../../state/keys.ts";
import type { InputChannel } from "../../wire/schema.d.ts";
import { describe, PeerAvatar, useClient, useEntity, useName } from "../app/index.tsx";
import { askToDo } from "../ask/index.tsx";
import { channelOf } from "../info/index.tsx";
import type { Deed, Full } from "./full.ts";
import { Section } from "./switch.tsx";

export function DiscussionSection({ chat, full, deed }: { chat: string; full: Full; deed: Deed }) {
  const client = useClient();
  const linked = full._ === "channelFull" && full.linked_chat_id ? `c${full.linked_chat_id}` : "";
  const link = (group: InputChannel) => void deed(async () => {
    await client.connection.call("channels.setDiscussionGroup", { broadcast: channelOf(client, chat), group });
    await client.load.rows([chat]);
  }, t("admin.saved"));
  return (
    <Section title={t("discussion.title")}>
      {linked ? <Linked group={linked} onEnd={() => link({ _: "inputChannelEmpty" })} /> : <Choice onChoose={(key) => link(channelOf(client, key))} />}
    </Section>
  );
}

function Linked({ group, onEnd }: { group: string; onEnd: () => void }) {
  const name = useName(group);
  return (
    <>
      <a class="pick-row" href={`/app/c/${group}`}><PeerAvatar peer={group} size="small" /><bdi>{name}</bdi></a>
      <p class="panel-acts"><button type="button" class="secondary danger" onClick={() => askToDo(t("discussion.end_ask", { name }), t("discussion.end"), onEnd)}>{t("discussion.end")}</button></p>
    </>
  );
}

function Choice({ onChoose }: { onChoose: (key: string) => void }) {
  const client = useClient();
  const [groups, setGroups] = useState<readonly string[] | null>(null);
  const [wrong, setWrong] = useState("");
  useEffect(() => void candidates(client).then(setGroups, (error: unknown) => setWrong(describe(error))), []);
  if (wrong) return <p class="wrong" role="alert">{wrong}</p>;
  if (!groups) return <p class="hint" role="status">{t("status.loading")}</p>;
  return (
    <>
      <p class="hint">{t(groups.length ? "discussion.choose" : "discussion.none")}</p>
      <ul class="pick">{groups.map((key) => <Group key={key} group={key} onChoose={() => onChoose(key)} />)}</ul>
    </>
  );
}

function Group({ group, onChoose }: { group: string; onChoose: () => void }) {
  const name = useName(group);
  const entity = useEntity(group);
  const count = entity && "participants_count" in entity ? (entity.participants_count ?? 0) : 0;
  return <li><button type="button" class="pick-row" onClick={() => askToDo(t("discussion.ask", { name }), t("discussion.link"), onChoose, false)}><PeerAvatar peer={group} size="small" /><bdi>{name}</bdi><span class="hint">{t("chat.members", { n: count })}</span></button></li>;
}

/** Groups of mine that can be one's; a small group would have to become a larger one first. */
async function candidates(client: Client): Promise<string[]> {
  const found = await client.connection.call("channels.getGroupsForDiscussion", {});
  client.store.putEntities([], found.chats);
  return found.chats.filter((one) => one._ === "channel").map(keyOfEntity);
}
