/** Beside a conversation: what the chat is, who is in it, what can be done about it. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { isGroup, isMember, usernameOf } from "../../state/names.ts";
import { alarm } from "../../ui/announcer.ts";
import { mute } from "../chat-list/index.tsx";
import { Icon } from "../../ui/icon.tsx";
import { describe, go, PeerAvatar, useClient, useEntity, useName } from "../app/index.tsx";
import { addMember, block, inviteLink, leave, loadInfo } from "./actions.ts";
import type { Info } from "./actions.ts";
import "./info.css";

export { channelOf } from "./actions.ts";

export function InfoPanel({ chat, onClose }: { chat: string; onClose: () => void }) {
  const client = useClient();
  const entity = useEntity(chat);
  const name = useName(chat);
  const [info, setInfo] = useState<Info | null>(null);
  const [version, setVersion] = useState(0);
  const [link, setLink] = useState("");
  const talk = client.store.talk(chat).value;
  const muted = (talk?.mutedUntil ?? 0) > client.store.now();
  useEffect(() => void loadInfo(client, chat).then(setInfo, (error: unknown) => alarm(describe(error))), [chat, version]);
  const username = usernameOf(entity);
  const member = isMember(entity);
  const attempt = (done: Promise<unknown>) => void done.then(() => setVersion(version + 1), (error: unknown) => alarm(describe(error)));
  return (
    <aside class="panel" aria-label={t("chat.info", { name })} tabIndex={-1}>
      <header class="panel-head">
        <h2>{t("info.title")}</h2>
        <button class="round" type="button" aria-label={t("dialog.close")} onClick={onClose}><Icon name="close" /></button>
      </header>
      <div class="panel-top">
        <PeerAvatar peer={chat} size="large" />
        <p class="panel-name"><bdi>{name}</bdi></p>
        {username && <p class="hint" dir="ltr">@{username}</p>}
      </div>
      {info?.about && <p class="panel-about" dir="auto">{info.about}</p>}
      <div class="panel-acts">
        {talk && <button type="button" class="secondary" onClick={() => mute(client, chat, !muted)}><Icon name={muted ? "bell" : "mute"} />{t(muted ? "list.unmute" : "list.mute")}</button>}
        {info?.mayInvite && <button type="button" class="secondary" onClick={() => void inviteLink(client, chat).then(setLink, (error: unknown) => alarm(describe(error)))}><Icon name="copy" />{t("info.invite")}</button>}
        {entity?._ === "user" && !entity.self && <button type="button" class="secondary danger" onClick={() => attempt(block(client, chat, !info?.blocked))}>{t(info?.blocked ? "info.unblock" : "info.block")}</button>}
      </div>
      {link && <p class="panel-link"><input class="input" readOnly value={link} aria-label={t("info.link")} onFocus={(e) => e.currentTarget.select()} dir="ltr" /></p>}
      {info && info.members.length > 0 && <Members chat={chat} info={info} onAdd={(key) => attempt(addMember(client, chat, key))} />}
      {entity?._ !== "user" && member && <p><button type="button" class="plain danger" onClick={() => {
        if (!confirm(t("info.leave_ask", { name }))) return;
        leave(client, chat).then(() => go("/app"), (error: unknown) => alarm(describe(error)));
      }}>{t(isGroup(entity) ? "info.leave_group" : "info.leave_channel")}</button></p>}
    </aside>
  );
}

function Members({ chat, info, onAdd }: { chat: string; info: Info; onAdd: (key: string) => void }) {
  const client = useClient();
  const [adding, setAdding] = useState(false);
  const known = client.store.order.value.filter((key) => key.startsWith("u") && key !== `u${client.store.me}` && !info.members.some((one) => one.key === key));
  return (
    <section>
      <h3>{t("chat.members", { n: info.count })}</h3>
      {info.mayAdd && known.length > 0 && <button type="button" class="pick-row" aria-expanded={adding} onClick={() => setAdding(!adding)}><Icon name="new" />{t("info.add")}</button>}
      {adding && <ul class="pick" aria-label={t("info.add")}>{known.map((key) => <Person key={key} peer={key} note="" onPick={() => (setAdding(false), onAdd(key))} />)}</ul>}
      <ul class="pick" data-chat={chat}>{info.members.map((one) => <Person key={one.key} peer={one.key} note={one.role === "member" ? "" : t("info.role", { role: one.role })} onPick={() => go(`/app/c/${one.key}`)} />)}</ul>
    </section>
  );
}

function Person({ peer, note, onPick }: { peer: string; note: string; onPick: () => void }) {
  const name = useName(peer, true);
  return (
    <li><button type="button" class="pick-row" onClick={onPick}><PeerAvatar peer={peer} size="small" /><bdi>{name}</bdi>{note && <span class="hint">{note}</span>}</button></li>
  );
}
