import { memo } from "./memo.ts";
import { useComputed } from "@preact/signals";
import { useEffect, useErrorBoundary, useRef, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { full, hour } from "../../i18n/times.ts";
import type { Client } from "../../state/client.ts";
import { keyOf } from "../../state/keys.ts";
import { isBroadcast, isGroup, nameOf } from "../../state/names.ts";
import type { Shown } from "../../state/store.ts";
import { brief, calm } from "../../ui/calm.ts";
import { Icon } from "../../ui/icon.tsx";
import type { Place } from "../../ui/menu.tsx";
import { usePress } from "../../ui/press.ts";
import { RichText } from "../../ui/rich-text.tsx";
import type { message as TextMessage } from "../../wire/schema.d.ts";
import { PeerAvatar, preview, service, useClient, useEntity, useName } from "../app/index.tsx";
import { Media } from "../media/index.tsx";
import { aboveThread, CommentsLink } from "../comments/index.tsx";
import { perform } from "./actions.ts";
import { links } from "./links.ts";
import { MessageMenu } from "./message-menu.tsx";
import { Poll } from "./poll.tsx";
import { emojiOf, Reactions } from "./reactions.tsx";
import { selection, toggleSelected } from "./selection.tsx";

interface Props {
  chat: string;
  message: Shown;
  /** It goes on from the one above: no name, no picture. */
  joined: boolean;
  target: boolean;
  /** The pictures of an album, the message among them; null for what is none. */
  album: readonly TextMessage[] | null;
}

export const MessageRow = memo(function MessageRow({ chat, message, joined, target, album }: Props) {
  const client = useClient();
  const [menu, setMenu] = useState<Place | null>(null);
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    const act = (event: Event) => {
      const what = String((event as CustomEvent).detail);
      const box = row.current?.getBoundingClientRect();
      if (what === "menu") setMenu({ x: (box?.left ?? 0) + 40, y: (box?.top ?? 0) + 30 });
      else perform(client, chat, message, what);
    };
    row.current?.addEventListener("act", act);
    return () => row.current?.removeEventListener("act", act);
  }, [message]);
  const press = usePress(setMenu);
  // Computed, so that the row is rendered again only when its own answer changes.
  const read = useComputed(() => message._ === "message" && isRead(client, chat, message)).value;
  const selected = useComputed(() => selection.value?.chat === chat && selection.value.ids.has(message.id)).value;
  // A message that cannot be shown takes nothing else with it.
  const [fault] = useErrorBoundary();
  if (fault) return <li ref={row} class="message service" id={`m${message.id}`} data-id={message.id} tabIndex={-1}><bdi>{t("media.other")}</bdi></li>;
  if (message._ === "messageService") {
    return <li ref={row} class="message service" id={`m${message.id}`} data-id={message.id} tabIndex={-1}><bdi>{calm(service(client, message))}</bdi></li>;
  }
  const own = message.out && !message.post;
  const choose = (event: MouseEvent) => {
    if (!selection.peek()) return press.onClickCapture(event);
    event.preventDefault();
    event.stopPropagation();
    toggleSelected(chat, message.id);
  };
  return (
    <li ref={row} class={`message ${own ? "own" : ""} ${joined ? "joined" : ""} ${target ? "target" : ""} ${selected ? "selected" : ""}`} id={`m${message.id}`} data-id={album?.at(-1)?.id ?? message.id} tabIndex={-1} {...press} onClickCapture={choose} aria-label={labelOf(client, chat, message, read, selected)}>
      <Body chat={chat} message={message} joined={joined} album={album} onMenu={setMenu} />
      {menu && <MessageMenu chat={chat} message={message} at={menu} onClose={() => setMenu(null)} />}
    </li>
  );
});

const SAID = 140;

/** Whether the row says if the others have read it. */
function hasState(client: Client, chat: string, message: TextMessage): boolean {
  return Boolean(message.out) && !isBroadcast(client.store.entity(chat).value) && chat !== `u${client.store.me}`;
}

function isRead(client: Client, chat: string, message: TextMessage): boolean {
  return message.id <= (client.store.talk(chat).value?.readOut ?? 0);
}

/** Author, beginning of the text, time, what became of it: what a screen reader says of the row. */
function labelOf(client: Client, chat: string, message: TextMessage, read: boolean, selected: boolean): string {
  const author = message.out ? t("list.you") : nameOf(client.store.entity(keyOf(message.from_id ?? message.peer_id)).value);
  const parts = [t("message.label", { author, text: preview(client, message).slice(0, SAID), time: hour(message.date) })];
  if (message.edit_date !== undefined && !message.edit_hide) parts.push(t("message.edited"));
  for (const { reaction, count } of message.reactions?.results ?? []) parts.push(t("message.reaction", { emoji: emojiOf(reaction), n: count }));
  if (hasState(client, chat, message)) parts.push(t(read ? "message.read" : "message.sent"));
  if (selected) parts.push(t("message.is_selected"));
  return parts.join(", ");
}

function Body({ chat, message, joined, album, onMenu }: { chat: string; message: TextMessage; joined: boolean; album: Props["album"]; onMenu: (at: Place) => void }) {
  const entity = useEntity(chat);
  const author = message.from_id ? keyOf(message.from_id) : chat;
  const group = isGroup(entity) && !message.out;
  const name = useName(author, true);
  const rich = message.message !== "";
  const menu = (event: MouseEvent) => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    onMenu({ x: box.left, y: box.bottom });
  };
  return (
    <>
      {group && (joined ? <span class="avatar-space" /> : <a class="author-picture" href={`/app/c/${author}`} tabIndex={-1} aria-hidden="true"><PeerAvatar peer={author} size="small" /></a>)}
      <div class="bubble">
        {group && !joined && <p class={`author tint-text-${Number(BigInt(author.slice(1)) % 7n)}`}><bdi>{name}</bdi></p>}
        {message.fwd_from && <Forwarded message={message} />}
        {message.reply_to?._ === "messageReplyHeader" && message.reply_to.reply_to_msg_id && aboveThread.value !== `${chat} ${message.reply_to.reply_to_msg_id}` && <Replied chat={chat} id={message.reply_to.reply_to_msg_id} />}
        {album ? <div class="album">{album.map((one) => <Media key={one.id} chat={chat} message={one} />)}</div> : message.media && <Media chat={chat} message={message} />}
        {message.media?._ === "messageMediaPoll" && <Poll chat={chat} message={message} media={message.media} />}
        {rich && (
          <div class="text" dir="auto">
            <span class="words"><RichText text={message.message} entities={message.entities ?? []} links={links()} /></span>
            <Meta chat={chat} message={message} />
          </div>
        )}
        <Reactions chat={chat} message={message} />
        {!rich && <Meta chat={chat} message={message} />}
        <CommentsLink chat={chat} message={message} />
      </div>
      <button class="round message-more" type="button" tabIndex={-1} aria-label={t("message.more")} onClick={menu}><Icon name="more" /></button>
    </>
  );
}

function Meta({ chat, message }: { chat: string; message: TextMessage }) {
  const client = useClient();
  const read = isRead(client, chat, message);
  const shown = hasState(client, chat, message);
  return (
    <span class="meta">
      {message.pinned && <span class="pinned-mark"><Icon name="pin" /><span class="unseen">{t("list.pinned")}</span></span>}
      {message.views !== undefined && <span>{t("message.views", { n: message.views })}</span>}
      {message.post_author && <bdi>{brief(message.post_author)}</bdi>}
      {message.edit_date !== undefined && !message.edit_hide && <span title={full(message.edit_date)}>{t("message.edited")}</span>}
      <time dir="auto" title={full(message.date)}>{hour(message.date)}</time>
      {shown && <span class={read ? "state read" : "state"}><Icon name="check" />{read && <Icon name="check" />}<span class="unseen">{t(read ? "message.read" : "message.sent")}</span></span>}
    </span>
  );
}

function Forwarded({ message }: { message: TextMessage }) {
  const { fwd_from } = message;
  const key = fwd_from?.from_id ? keyOf(fwd_from.from_id) : "";
  const client = useClient();
  const name = (key && nameOf(client.store.entity(key).value)) || fwd_from?.from_name || t("person.deleted");
  return <p class="forwarded">{t("message.forwarded")} <bdi>{brief(name)}</bdi></p>;
}

function Replied({ chat, id }: { chat: string; id: number }) {
  const client = useClient();
  const { store } = client;
  void store.history(chat).version.value;
  const found = store.message(chat, id);
  useEffect(() => {
    if (!found) client.load.messages(chat, [id]).catch(() => {});
  }, [id, found === undefined]);
  const author = found ? (found.out ? t("list.you") : nameOf(store.entity(keyOf(found.from_id ?? found.peer_id)).value)) : "";
  return (
    <a class="replied" href={`/app/c/${chat}/${id}`}>
      <span class="unseen">{t("message.reply_to", { author, own: found?.out ? "yes" : "no" })}</span>
      <bdi class="replied-author" aria-hidden="true">{author}</bdi>
      <span dir="auto">{found ? brief(preview(client, found)) : t("message.gone")}</span>
    </a>
  );
}
