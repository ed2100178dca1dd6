/** A conversation: its head, what was said, the field to write in. */
import { useEffect } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { day, hour } from "../../i18n/times.ts";
import type { Client } from "../../state/client.ts";
import type { Entity } from "../../state/keys.ts";
import { isBroadcast, isMember, isOnline, mayWrite } from "../../state/names.ts";
import { Icon } from "../../ui/icon.tsx";
import type { message as TextMessage } from "../../wire/schema.d.ts";
import { RequestsMark } from "../admin/index.tsx";
import { goBack, PeerAvatar, typingLine, useClient, useEntity, useName, useTick } from "../app/index.tsx";
import { Composer } from "../composer/index.tsx";
import { JoinBar } from "../groups/index.tsx";
import { BlockedBar, useBlocked } from "../info/index.tsx";
import { itemsOf } from "./actions.ts";
import { ChatSearchBar, SearchButton } from "../search/index.tsx";
import { Messages } from "./messages.tsx";
import { MessageRow } from "./row.tsx";
import { PinnedBar } from "./pinned.tsx";
import { ReactDialog } from "./react-dialog.tsx";
import { selection, SelectionBar } from "./selection.tsx";
import "./history.css";

export { itemsOf, MessageRow, Messages, selection };

/** The message that has the focus, or had it before a dialog took it. */
export function focusedMessage(client: Client, chat: string): TextMessage | undefined {
  const id = Number(/^m(\d+)$/.exec(lastFocused)?.[1] ?? 0);
  const found = client.store.message(chat, id);
  return found?._ === "message" && document.getElementById(lastFocused) ? found : undefined;
}

let lastFocused = "";
addEventListener("focusin", ({ target }) => {
  if (target instanceof Element && !target.closest("dialog")) lastFocused = target.closest(".message")?.id ?? "";
});

export function Conversation({ chat, message }: { chat: string; message: number }) {
  const client = useClient();
  const entity = useEntity(chat);
  const known = entity !== undefined;
  const selecting = selection.value?.chat === chat;
  const blocked = useBlocked(chat);
  useEffect(() => {
    client.sync.opened(chat);
    client.store.history(chat).usedAt = Date.now();
    client.store.trim(chat);
    return () => {
      client.sync.open = "";
      client.drafts.flush(chat);
    };
  }, [chat, client]);
  const online = client.link.value === "online" && client.store.listLoaded.value;
  useEffect(() => {
    if (online && client.store.restored.has(chat)) client.load.refresh(chat).catch(() => {});
  }, [chat, online]);
  if (!known) return <p class="nothing">{client.store.listLoaded.value ? t("chat.unknown") : ""}</p>;
  if (entity._ === "channelForbidden" || entity._ === "chatForbidden") return <Removed chat={chat} broadcast={entity._ === "channelForbidden" && (entity.broadcast ?? false)} />;
  return (
    <>
      <Head chat={chat} />
      <ChatSearchBar chat={chat} />
      <PinnedBar chat={chat} />
      <Messages key={message} chat={chat} at={message} />
      <ReactDialog chat={chat} />
      {selecting && <SelectionBar chat={chat} />}
      <div hidden={selecting}>
        {blocked ? <BlockedBar chat={chat} /> : mayWrite(entity) ? <Composer chat={chat} /> : isMember(entity) ? <p class="no-composer">{t(isBroadcast(entity) ? "chat.readers" : "chat.silenced")}</p> : <JoinBar chat={chat} />}
      </div>
    </>
  );
}

/** Where the messages were, once one was put out; they come back when one is let in again. */
function Removed({ chat, broadcast }: { chat: string; broadcast: boolean }) {
  return (
    <>
      <Head chat={chat} />
      <div class="nothing" role="status">
        <p>{t(broadcast ? "chat.removed_channel" : "chat.removed_group")}</p>
        <p><a class="secondary" href="/app">{t("chat.back")}</a></p>
      </div>
    </>
  );
}

function Head({ chat }: { chat: string }) {
  const name = useName(chat);
  return (
    <header class="chat-head">
      <button class="round only-narrow" type="button" aria-label={t("chat.back")} onClick={() => goBack()}><Icon name="back" /></button>
      <a class="chat-head-name" href={`/app/c/${chat}/info`} title={t("chat.info", { name })}>
        <PeerAvatar peer={chat} size="small" />
        <span class="chat-head-text">
          <h1><bdi>{name}</bdi></h1>
          <State chat={chat} />
        </span>
      </a>
      <RequestsMark chat={chat} />
      <SearchButton chat={chat} />
    </header>
  );
}

function State({ chat }: { chat: string }) {
  useTick(30);
  const client = useClient();
  const entity = useEntity(chat);
  const now = client.store.now();
  const typing = typingLine(client, chat);
  useEffect(() => {
    if (!typing) return;
    const timer = setTimeout(() => (client.store.typingIn(chat).value = []), 6000);
    return () => clearTimeout(timer);
  }, [typing]);
  if (typing) return <span class="chat-state typing">{typing}</span>;
  return <span class="chat-state">{stateOf(entity, now)}</span>;
}

/** Where somebody does not tell everybody when exactly they were here. */
const SEEN = { userStatusRecently: "chat.seen_recently", userStatusLastWeek: "chat.seen_week", userStatusLastMonth: "chat.seen_month" } as const;

function stateOf(entity: Entity | undefined, now: number): string {
  if (entity?._ === "user") {
    if (entity.self) return t("chat.saved_hint");
    if (entity.bot) return t("chat.bot");
    if (isOnline(entity, now)) return t("chat.online");
    const { status } = entity;
    if (status?._ === "userStatusOffline") return t("chat.seen", { day: day(status.was_online, now), hour: hour(status.was_online) });
    return status && status._ in SEEN ? t(SEEN[status._ as keyof typeof SEEN]) : "";
  }
  const count = entity && "participants_count" in entity ? entity.participants_count : undefined;
  if (count === undefined) return "";
  return t(isBroadcast(entity) ? "chat.subscribers" : "chat.members", { n: count });
}
