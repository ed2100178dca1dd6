import { useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { short } from "../../i18n/times.ts";
import { keyOf } from "../../state/keys.ts";
import { isGroup, nameOf } from "../../state/names.ts";
import type { Talk } from "../../state/store.ts";
import { brief } from "../../ui/calm.ts";
import { Icon } from "../../ui/icon.tsx";
import type { Place } from "../../ui/menu.tsx";
import { Menu } from "../../ui/menu.tsx";
import { usePress } from "../../ui/press.ts";
import { PeerAvatar, preview, route, typingLine, useClient, useEntity, useName, useOnline } from "../app/index.tsx";
import { menuOf } from "./actions.ts";

/** One chat. */
export function Row({ chat, first }: { chat: string; first: boolean }) {
  const client = useClient();
  const { store } = client;
  const talk = store.talk(chat).value;
  const name = useName(chat);
  const entity = useEntity(chat);
  const [menu, setMenu] = useState<Place | null>(null);
  const press = usePress(setMenu);
  if (!talk) return null;
  const at = route.value;
  const here = at.screen === "chat" && at.key === chat;
  const muted = talk.mutedUntil > store.now();
  const online = useOnline(chat);
  return (
    <li>
      <a class={`chat-row ${here ? "here" : ""}`} href={`/app/c/${chat}`} aria-current={here ? "page" : undefined} tabIndex={here || (first && at.screen !== "chat") ? 0 : -1} {...press}>
        <span class={online ? "online" : ""}><PeerAvatar peer={chat} /></span>
        <span class="chat-row-text">
          <span class="chat-row-top">
            <bdi class="chat-row-name">{name}</bdi>
            {entity && "verified" in entity && entity.verified && <span class="verified" title={t("list.verified")}><Icon name="check" /><span class="unseen">{t("list.verified")}</span></span>}
            {muted && <span class="muted-mark"><Icon name="mute" /><span class="unseen">{t("list.muted")}</span></span>}
            <span class="chat-row-time"><time dir="auto">{short(talk.date, store.now())}</time></span>
          </span>
          <span class="chat-row-top">
            <Line talk={talk} />
            <Marks talk={talk} muted={muted} />
          </span>
        </span>
      </a>
      {menu && <Menu label={name} at={menu} items={menuOf(client, talk, muted)} onClose={() => setMenu(null)} />}
    </li>
  );
}

function Line({ talk }: { talk: Talk }) {
  const client = useClient();
  const { store } = client;
  void store.history(talk.key).version.value;
  const typing = typingLine(client, talk.key);
  if (typing) return <span class="chat-row-line typing">{typing}</span>;
  const draft = talk.draft;
  const open = route.value.screen === "chat" && route.value.key === talk.key;
  if (draft?._ === "draftMessage" && !open) {
    return <span class="chat-row-line"><span class="draft">{t("list.draft")}</span> <bdi>{brief(draft.message)}</bdi></span>;
  }
  const message = store.message(talk.key, talk.top);
  if (!message) return <span class="chat-row-line" />;
  const group = isGroup(store.entity(talk.key).value);
  const author = message.out ? t("list.you") : group && message.from_id ? nameOf(store.entity(keyOf(message.from_id)).value) : "";
  return (
    <span class="chat-row-line">
      {message._ === "message" && author && <><bdi>{author}</bdi>{t("list.colon")}</>}
      <bdi>{brief(preview(client, message))}</bdi>
    </span>
  );
}

function Marks({ talk, muted }: { talk: Talk; muted: boolean }) {
  return (
    <>
      {talk.mentions > 0 && <span class="badge mention" aria-label={t("list.mentions", { n: talk.mentions })}>@</span>}
      {talk.unread > 0 && <span class={muted ? "badge quiet" : "badge"}><span aria-hidden="true">{talk.unread > 999 ? "999+" : talk.unread}</span><span class="unseen">{t("list.unread", { n: talk.unread })}</span></span>}
      {!talk.unread && talk.mark && <span class="badge dot"><span class="unseen">{t("list.marked")}</span></span>}
      {talk.pinned && !talk.unread && !talk.mark && <span class="pinned-mark"><Icon name="pin" /><span class="unseen">{t("list.pinned")}</span></span>}
    </>
  );
}
