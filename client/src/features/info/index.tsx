/** Beside a conversation: what the chat is, who is in it, what can be done about it. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { isGroup, isMember, isService, usernameOf } from "../../state/names.ts";
import { alarm } from "../../ui/announcer.ts";
import { askToMute, mute } from "../chat-list/index.tsx";
import { Icon } from "../../ui/icon.tsx";
import { copy, describe, go, PeerAvatar, useClient, useEntity, useName } from "../app/index.tsx";
import { AddPeople, AdminLinks, AdminPanel } from "../admin/index.tsx";
import { askToDo } from "../ask/index.tsx";
import { PageButton } from "../page/index.tsx";
import { askToBlock, ReportButton } from "../report/index.tsx";
import { block, deleteChat, inviteLink, leave, loadInfo } from "./actions.ts";
import type { Info } from "./actions.ts";
import { PersonSection } from "../people/index.tsx";
import { SavedChats, SavedPanel } from "../saved/index.tsx";
import { ChatTools } from "../scheduled/index.tsx";
import { SharedMedia } from "../shared-media/index.tsx";
import "./info.css";

export { addMember, block, channelOf } from "./actions.ts";
export { BlockedBar, useBlocked } from "./blocked.tsx";

/** The panel beside a conversation: about the chat, or one of the screens of those who run it. */
export function InfoPanel({ chat, section, onClose }: { chat: string; section: string; onClose: () => void }) {
  const { store } = useClient();
  if (section && chat === `u${store.me}`) return <SavedPanel chat={chat} section={section} onClose={onClose} />;
  return section && !chat.startsWith("u") ? <AdminPanel chat={chat} section={section} onClose={onClose} /> : <About chat={chat} onClose={onClose} />;
}

function About({ chat, onClose }: { chat: string; onClose: () => void }) {
  const client = useClient();
  const entity = useEntity(chat);
  const name = useName(chat);
  const { info, load } = useInfo(chat);
  const talk = client.store.talk(chat).value;
  const muted = (talk?.mutedUntil ?? 0) > client.store.now();
  const blocked = client.store.isBlocked(chat).value ?? false;
  const username = usernameOf(entity);
  const attempt = (done: Promise<unknown>) => void done.then(load, (error: unknown) => alarm(describe(error)));
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
        {talk && <button type="button" class="secondary" onClick={() => (muted ? mute(client, chat, false) : askToMute(client, chat))}><Icon name={muted ? "bell" : "mute"} />{t(muted ? "list.unmute" : "list.mute")}</button>}
        <ReportButton chat={chat} />
        {entity?._ === "user" && !entity.self && !isService(chat) && <button type="button" class={blocked ? "secondary" : "secondary danger"} onClick={() => blocked ? attempt(block(client, chat, false)) : askToBlock(chat, name, () => attempt(block(client, chat, true)))}>{t(blocked ? "info.unblock" : "info.block")}</button>}
      </div>
      <AdminLinks chat={chat} />
      <PageButton chat={chat} />
      {info?.mayInvite && <Invitation chat={chat} />}
      <ChatTools key={chat} chat={chat} />
      {info && info.members.length > 0 && <Members chat={chat} info={info} onAdded={load} />}
      <PersonSection chat={chat} />
      <WayOut chat={chat} name={name} />
      {entity?._ === "user" && entity.self && <SavedChats chat={chat} />}
      <SharedMedia chat={chat} />
    </aside>
  );
}

/** What there is to know, asked for anew whenever somebody comes or goes. */
function useInfo(chat: string) {
  const client = useClient();
  const { store } = client;
  const [info, setInfo] = useState<Info | null>(null);
  const [version, setVersion] = useState(0);
  const entity = useEntity(chat);
  const count = entity && "participants_count" in entity ? entity.participants_count : undefined;
  const membership = store.membershipOf(chat).value;
  useEffect(() => {
    let over = false;
    loadInfo(client, chat).then((found) => over || setInfo(found), (error: unknown) => over || alarm(describe(error)));
    return () => {
      over = true;
    };
  }, [chat, version, membership, count]);
  return { info: info && { ...info, count: count ?? info.count }, load: () => setVersion((one) => one + 1) };
}

/** The link by which others come in: all of it, and copied by a button. */
function Invitation({ chat }: { chat: string }) {
  const client = useClient();
  const [link, setLink] = useState("");
  if (!link) {
    const load = () => void inviteLink(client, chat).then(setLink, (error: unknown) => alarm(describe(error)));
    return <p class="panel-acts"><button type="button" class="secondary" onClick={load}><Icon name="forward" />{t("info.invite")}</button></p>;
  }
  return (
    <div class="panel-link" role="group" aria-label={t("info.link")}>
      <output class="link" dir="ltr">{link}</output>
      <button type="button" class="secondary" onClick={() => copy(link)}><Icon name="copy" />{t("message.copy_link")}</button>
    </div>
  );
}

/** Leave; whoever owns a channel cannot, but can delete it. */
function WayOut({ chat, name }: { chat: string; name: string }) {
  const client = useClient();
  const entity = useEntity(chat);
  if (entity?._ === "user" || !isMember(entity)) return null;
  const leaveBy = (done: Promise<unknown>) => void done.then(() => go("/app"), (error: unknown) => alarm(describe(error)));
  if (entity?._ === "channel" && entity.creator) {
    const label = t(isGroup(entity) ? "info.delete_group" : "info.delete_channel");
    return (
      <div>
        <p class="hint">{t(isGroup(entity) ? "info.owner_group" : "info.owner_channel")}</p>
        <p><button type="button" class="plain danger" onClick={() => askToDo(t("info.delete_ask", { name }), label, () => leaveBy(deleteChat(client, chat)))}>{label}</button></p>
      </div>
    );
  }
  const label = t(isGroup(entity) ? "info.leave_group" : "info.leave_channel");
  return <p><button type="button" class="plain danger" onClick={() => askToDo(t("info.leave_ask", { name }), label, () => leaveBy(leave(client, chat)))}>{label}</button></p>;
}

function Members({ chat, info, onAdded }: { chat: string; info: Info; onAdded: () => void }) {
  const [adding, setAdding] = useState(false);
  const close = (changed: boolean) => {
    setAdding(false);
    if (changed) onAdded();
  };
  return (
    <section>
      <h3>{t("chat.members", { n: info.count })}</h3>
      {info.mayAdd && <button type="button" class="pick-row" onClick={() => setAdding(true)}><Icon name="new" />{t("info.add")}</button>}
      {adding && <AddPeople chat={chat} onClose={close} />}
      <ul class="pick" data-chat={chat}>{info.members.map((one) => <Person key={one.key} peer={one.key} note={one.rank || (one.role === "member" ? "" : t("info.role", { role: one.role }))} onPick={() => go(`/app/c/${one.key}`)} />)}</ul>
      {info.count > info.members.length && <p><a class="secondary" href={`/app/c/${chat}/info/members`}>{t("info.all_members")}</a></p>}
    </section>
  );
}

function Person({ peer, note, onPick }: { peer: string; note: string; onPick: () => void }) {
  const name = useName(peer, true);
  return (
    <li><button type="button" class="pick-row" onClick={onPick}><PeerAvatar peer={peer} size="small" /><bdi>{name}</bdi>{note && <span class="hint">{note}</span>}</button></li>
  );
}
