/** What waits in a channel for a second reader: what was written, who approves it, a link to look at it before it is published. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { full } from "../../i18n/times.ts";
import { alarm, confirmDone } from "../../ui/announcer.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Icon } from "../../ui/icon.tsx";
import { RichText } from "../../ui/rich-text.tsx";
import type { message as TextMessage, Message, petitbleu_waiting, petitbleu_waitingPost } from "../../wire/schema.d.ts";
import { copy, describe, preview, useClient, useName } from "../app/index.tsx";
import { channelOf } from "../info/index.tsx";

type Post = petitbleu_waitingPost;
type Call = (asked: Promise<petitbleu_waiting>, done: string) => void;
export interface Review {
  found: petitbleu_waiting;
  call: Call;
}

/** All that waits there; asked again whenever something does. Null for a chat that is no channel, and until it is known. */
export function useReview(chat: string, isChannel: boolean, version: unknown): Review | null {
  const client = useClient();
  const [found, setFound] = useState<petitbleu_waiting | null>(null);
  const take = (one: petitbleu_waiting) => {
    client.store.putEntities(one.users, one.chats);
    setFound(one);
  };
  const load = () => {
    if (isChannel) client.connection.call("petitbleu.getWaiting", { channel: channelOf(client, chat) }).then(take, () => setFound(null));
  };
  useEffect(load, [chat, isChannel, version]);
  const call: Call = (asked, done) => void asked.then((one) => (take(one), confirmDone(done)), (error: unknown) => (alarm(describe(error)), load()));
  return found && { found, call };
}

const idOf = (post: Post) => (post.messages[0] as TextMessage).id;

/** The post that begins with this message. */
export function postOf(review: Review | null, id: number): Post | undefined {
  return review?.found.posts.find((one) => !one.edit && one.messages[0]?._ === "message" && one.messages[0].id === id);
}

/** Whether a message belongs to a post that nobody has approved where that is demanded. */
export function isHeld(review: Review | null, id: number): boolean {
  const post = review?.found.posts.find((one) => !one.edit && one.messages.some((part) => part._ === "message" && part.id === id));
  return Boolean(review?.found.demanded && !post?.approved_by);
}

/** How a post stands, and what can be done about that. */
export function Reading({ chat, post, review }: { chat: string; post: Post; review: Review }) {
  const { found } = review;
  const client = useClient();
  const author = useName(`u${post.author}`);
  const reader = useName(`u${post.approved_by ?? post.author}`);
  return (
    <div class="review">
      <p class="review-state"><span class="hint">{post.author === client.store.me ? t("review.by_me") : t("review.by", { who: author })}</span>{found.demanded && <strong class={post.approved_by ? "review-yes" : "review-no"}>{post.reason ? t("review.alone_because", { reason: post.reason }) : post.approved_by ? post.approved_by === client.store.me ? t("review.approved_by_me") : t("review.approved_by", { who: reader }) : t("review.waits")}</strong>}</p>
      <Address post={post} />
      <div class="scheduled-acts">
        <Agree chat={chat} post={post} review={review} />
        <LinkButton chat={chat} post={post} review={review} />
      </div>
    </div>
  );
}

/** Where the preview is looked at, and for how long. */
function Address({ post }: { post: Post }) {
  const { preview } = post;
  if (!preview) return null;
  return (
    <>
      <p class="page-address"><a href={preview} target="_blank" rel="noopener noreferrer" dir="ltr">{preview}</a><button class="round" type="button" aria-label={t("message.copy_link")} onClick={() => copy(preview)}><Icon name="copy" /></button></p>
      <p class="hint">{t(post.edit ? "review.link_hint_edit" : "review.link_hint")}</p>
    </>
  );
}

/** Makes the preview's link, or takes it back. */
function LinkButton({ chat, post, review }: { chat: string; post: Post; review: Review }) {
  const client = useClient();
  const off = Boolean(post.preview);
  const asked = { channel: channelOf(client, chat), id: idOf(post), ...(post.edit ? { edit: true } : {}), ...(off ? { off } : {}) };
  const press = () => review.call(client.connection.call("petitbleu.setPreview", asked), t(off ? "review.link_gone" : "review.link_made"));
  return <button type="button" class="secondary" onClick={press}><Icon name="globe" />{t(off ? "review.link_take" : "review.link_make")}</button>;
}

function Agree({ chat, post, review }: { chat: string; post: Post; review: Review }) {
  const { found, call } = review;
  const client = useClient();
  const [asking, setAsking] = useState(false);
  const asked = { channel: channelOf(client, chat), id: idOf(post), version: post.version, ...(post.edit ? { edit: true } : {}) };
  const agree = (reason?: string) => {
    setAsking(false);
    call(client.connection.call("petitbleu.approve", reason === undefined ? asked : { ...asked, reason }), t("review.done"));
  };
  if (!found.demanded || post.approved_by) return null;
  return (
    <>
      {post.may_approve && <button type="button" class="primary" onClick={() => agree()}><Icon name="check" />{t("review.approve")}</button>}
      {found.may_alone && post.mine && <button type="button" class="secondary" onClick={() => setAsking(true)}>{t("review.alone")}</button>}
      {asking && <AloneDialog onSay={agree} onClose={() => setAsking(false)} />}
    </>
  );
}

function AloneDialog({ onSay, onClose }: { onSay: (reason: string) => void; onClose: () => void }) {
  const [reason, setReason] = useState("");
  const submit = (event: Event) => {
    event.preventDefault();
    if (reason.trim()) onSay(reason.trim());
  };
  return (
    <Dialog title={t("review.alone_do")} closeLabel={t("dialog.close")} onClose={onClose}>
      <form class="when" onSubmit={submit}>
        <p class="hint">{t("review.alone_hint")}</p>
        <label class="field"><span>{t("review.reason")}</span><input value={reason} maxLength={300} onInput={(event) => setReason(event.currentTarget.value)} dir="auto" /></label>
        <div class="dialog-acts"><button class="primary" aria-disabled={!reason.trim()}>{t("review.alone_do")}</button></div>
      </form>
    </Dialog>
  );
}

/** Changes of published posts that wait: what the post says now, and what it is to say. */
export function Edits({ chat, review }: { chat: string; review: Review }) {
  const edits = review.found.posts.filter((one) => one.edit);
  if (!edits.length) return null;
  return (
    <section class="review-edits" aria-label={t("review.edits")}>
      <h2>{t("review.edits")}</h2>
      <ol class="scheduled-list">{edits.map((one) => <Edit key={idOf(one)} chat={chat} post={one} review={review} />)}</ol>
    </section>
  );
}

function Edit({ chat, post, review }: { chat: string; post: Post; review: Review }) {
  const client = useClient();
  const who = useName(`u${post.author}`);
  const [after] = post.messages;
  const discard = () => review.call(client.connection.call("petitbleu.discardEdit", { channel: channelOf(client, chat), id: idOf(post), version: post.version }), t("review.discarded"));
  return (
    <li class="scheduled-row">
      <p class="scheduled-when"><Icon name="edit" /><span>{post.mine ? t("review.edit_by_me") : t("review.edit_by", { who })}</span><time>{full(post.due)}</time></p>
      {post.before && <><h3>{t("review.before")}</h3><Text message={post.before} /></>}
      {after && <><h3>{t("review.after")}</h3><Text message={after} /></>}
      <Address post={post} />
      <div class="scheduled-acts">
        <Agree chat={chat} post={post} review={review} />
        <LinkButton chat={chat} post={post} review={review} />
        <button type="button" class="secondary danger" onClick={discard}><Icon name="trash" />{t("review.discard")}</button>
      </div>
    </li>
  );
}

const PLAIN = { ask: () => {}, hidden: "", mention: () => "" };

function Text({ message }: { message: Message }) {
  const client = useClient();
  if (message._ !== "message") return null;
  return <div class="bubble" dir="auto">{message.message ? <RichText text={message.message} entities={message.entities ?? []} links={PLAIN} /> : preview(client, message)}</div>;
}
