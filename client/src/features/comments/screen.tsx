/** A thread: the post above, what is said about it below. */
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import type { Client } from "../../state/client.ts";
import { isMember, mayWrite } from "../../state/names.ts";
import { keyOfThread } from "../../state/threads.ts";
import { Icon } from "../../ui/icon.tsx";
import { describe, preview, useClient, useEntity, useName } from "../app/index.tsx";
import { Composer } from "../composer/index.tsx";
import { JoinBar } from "../groups/index.tsx";
import { MessageRow, Messages } from "../history/index.tsx";
import type { Discussion } from "./actions.ts";
import { loadDiscussion, readThread, renewCounts, renewThread } from "./actions.ts";
import { aboveThread } from "./index.tsx";

const RENEW_MS = 20_000;
const COUNT_MS = 800;

export function CommentsScreen({ chat, post, message }: { chat: string; post: number; message: number }) {
  const client = useClient();
  const name = useName(chat);
  const [discussion, setDiscussion] = useState<Discussion | null>(null);
  const [wrong, setWrong] = useState("");
  const ready = client.store.listLoaded.value;
  const known = useEntity(chat) !== undefined;
  const load = () => {
    setWrong("");
    loadDiscussion(client, chat, post).then(setDiscussion, (error: unknown) => setWrong(describe(error)));
  };
  useEffect(() => {
    if (ready && known) load();
  }, [chat, post, ready, known]);
  // What was said meanwhile stands on the post when one comes back to it.
  useEffect(() => () => void renewCounts(client, chat, [post], false).catch(() => {}), [chat, post]);
  useCount(client, chat, post, discussion);
  void client.store.history(chat).version.value;
  const total = client.store.message(chat, post);
  // Come by a link, the post itself is not there yet: its number stands in the head.
  useEffect(() => {
    if (ready && known && !total) client.load.messages(chat, [post]).catch(() => {});
  }, [chat, post, ready && known, total === undefined]);
  const count = total?._ === "message" ? total.replies?.replies : undefined;
  return (
    <>
      <header class="chat-head">
        <a class="round" href={`/app/c/${chat}/${post}`} aria-label={t("comments.back")} title={t("comments.back")} onClick={back}><Icon name="back" /></a>
        <div class="chat-head-text"><h1>{t(count ? "comments.count" : "comments.title", { n: count ?? 0 })}</h1><span class="chat-state"><bdi>{name}</bdi></span></div>
      </header>
      {wrong && <p class="nothing" role="alert">{wrong} <button class="plain" type="button" onClick={load}>{t("status.retry")}</button></p>}
      {ready && !known && <p class="nothing">{t("chat.unknown")}</p>}
      {discussion && <Thread key={discussion.top} discussion={discussion} base={`/app/c/${chat}/${post}/comments`} at={message} />}
    </>
  );
}

/** The number above counts what is written and deleted while one reads: asked for anew, once for several. */
function useCount(client: Client, chat: string, post: number, discussion: Discussion | null): void {
  const key = discussion && keyOfThread({ chat: discussion.group, top: discussion.top });
  const history = key ? client.store.history(key) : null;
  void history?.version.value;
  const newest = history?.slices.at(-1)?.ids.length;
  const before = useRef<number | undefined>(undefined);
  useEffect(() => {
    const known = before.current;
    before.current = newest;
    if (known === undefined || newest === undefined) return;
    const timer = setTimeout(() => void renewCounts(client, chat, [post], false).catch(() => {}), COUNT_MS);
    return () => clearTimeout(timer);
  }, [chat, post, newest]);
}

/** Where one has come from the post, one goes back to the place where one was. */
function back(event: MouseEvent): void {
  const state: unknown = history.state;
  if (typeof state !== "object" || state === null || !("at" in state) || state.at === 0) return;
  event.preventDefault();
  history.back();
}

function Thread({ discussion, base, at }: { discussion: Discussion; base: string; at: number }) {
  const client = useClient();
  const { group, top, posts } = discussion;
  const entity = useEntity(group);
  const read = useRef(discussion.readIn);
  useThread(client, discussion);
  const onRead = (upTo: number) => {
    if (upTo <= read.current) return;
    read.current = upTo;
    readThread(client, group, top, upTo).catch(() => {});
  };
  const guest = entity?._ === "channel" && entity.left && !entity.join_to_send && !entity.default_banned_rights?.send_messages;
  const thread = { key: keyOfThread({ chat: group, top }), readIn: discussion.unread ? discussion.readIn : -1, base, onRead };
  return (
    <>
      <Post group={group} posts={posts} />
      <Messages key={at} chat={group} at={at} thread={thread} />
      {mayWrite(entity) || guest ? <Composer chat={group} /> : isMember(entity) ? <p class="no-composer">{t("chat.silenced")}</p> : <JoinBar chat={group} />}
    </>
  );
}

/** While a thread is open: what is written goes into it, what others write comes. */
function useThread(client: Client, { group, top }: Discussion): void {
  useEffect(() => {
    aboveThread.value = `${group} ${top}`;
    client.outbox.thread = { chat: group, top };
    client.sync.opened(group);
    const timer = setInterval(() => {
      const entity = client.store.entity(group).peek();
      if (document.visibilityState === "visible" && !isMember(entity)) renewThread(client, group, top).catch(() => {});
    }, RENEW_MS);
    return () => {
      aboveThread.value = "";
      client.outbox.thread = null;
      client.sync.open = "";
      client.drafts.flush(group);
      clearInterval(timer);
    };
  }, [group, top]);
}

/** What it is about; in one line where it takes too much room. */
function Post({ group, posts }: { group: string; posts: Discussion["posts"] }) {
  const client = useClient();
  const [open, setOpen] = useState(true);
  void client.store.history(group).version.value;
  const first = posts.find((one) => one.message) ?? posts[0];
  if (!first) return null;
  const shown = client.store.message(group, first.id) ?? first;
  return (
    <section class="thread-post" aria-label={t("comments.post")}>
      <button type="button" class="thread-fold" aria-expanded={open} onClick={() => setOpen(!open)}><Icon name="pin" /><bdi>{open ? t("comments.post") : preview(client, shown)}</bdi><Icon name={open ? "up" : "down"} /></button>
      {open && <ol class="thread-shown"><MessageRow chat={group} message={shown} joined={false} target={false} album={posts.length > 1 ? posts : null} /></ol>}
    </section>
  );
}
