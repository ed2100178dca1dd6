/** What waits to be sent in a chat. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { full } from "../../i18n/times.ts";
import { isAdmin, isBroadcast } from "../../state/names.ts";
import type { Shown } from "../../state/store.ts";
import { alarm } from "../../ui/announcer.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Icon } from "../../ui/icon.tsx";
import { RichText } from "../../ui/rich-text.tsx";
import type { message as TextMessage } from "../../wire/schema.d.ts";
import { describe, go, preview, useClient, useEntity, useName } from "../app/index.tsx";
import { askToDo } from "../ask/index.tsx";
import { change, remove, sendNow, waiting } from "./actions.ts";
import type { Review } from "./review.tsx";
import { Edits, isHeld, postOf, Reading, useReview } from "./review.tsx";
import { WHEN_ONLINE, zoneOf } from "./times.ts";
import { WhenDialog } from "./ways.tsx";

export function ScheduledScreen({ chat }: { chat: string }) {
  const client = useClient();
  const name = useName(chat);
  const [rows, setRows] = useState<readonly Shown[] | null>(null);
  const [wrong, setWrong] = useState("");
  const version = client.store.scheduledIn(chat).value;
  const load = () => {
    setWrong("");
    waiting(client, chat).then(setRows, (error: unknown) => setWrong(describe(error)));
  };
  const entity = useEntity(chat);
  const isKnown = entity !== undefined;
  useEffect(() => void (isKnown && load()), [chat, version, isKnown]);
  const review = useReview(chat, isBroadcast(entity) && isAdmin(entity), version);
  const edits = review?.found.posts.some((one) => one.edit);
  return (
    <div class="scheduled">
      <header class="chat-head">
        <a class="round" href={`/app/c/${chat}`} aria-label={t("chat.back")}><Icon name="back" /></a>
        <div class="chat-head-text"><h1>{t("scheduled.title")}</h1><span class="chat-state"><bdi>{name}</bdi></span></div>
      </header>
      {wrong && <p class="found-none" role="alert">{wrong} <button class="plain" type="button" onClick={load}>{t("status.retry")}</button></p>}
      {review?.found.demanded && <p class="note review-note">{t("review.demanded")}</p>}
      {review && <Edits chat={chat} review={review} />}
      {rows && !rows.length && !edits && <div class="found-none" role="status"><p>{t("scheduled.none")}</p><a class="secondary" href={`/app/c/${chat}`}>{t("scheduled.back")}</a></div>}
      {rows && rows.length > 0 && <ol class="scheduled-list">{rows.map((one) => one._ === "message" && <Waiting key={one.id} chat={chat} message={one} review={review} />)}</ol>}
    </div>
  );
}

function Waiting({ chat, message, review }: { chat: string; message: TextMessage; review: Review | null }) {
  const client = useClient();
  const [open, setOpen] = useState<"time" | "text" | null>(null);
  const attempt = (done: Promise<unknown>) => void done.catch((error: unknown) => alarm(describe(error)));
  const { id, date } = message;
  const when = date === WHEN_ONLINE ? t("scheduled.when_online") : `${full(date)}, ${zoneOf(date)}`;
  const label = preview(client, message);
  const close = () => setOpen(null);
  const post = postOf(review, id);
  return (
    <li class="scheduled-row" aria-label={`${when}: ${label}`}>
      <p class="scheduled-when"><Icon name="clock" /><time>{when}</time>{message.silent && <span class="hint">{t("scheduled.silent")}</span>}</p>
      <div class="bubble" dir="auto">{message.message ? <RichText text={message.message} entities={message.entities ?? []} links={PLAIN} /> : label}</div>
      {post && review && <Reading chat={chat} post={post} review={review} />}
      <div class="scheduled-acts">
        {!isHeld(review, id) && <button type="button" class="secondary" onClick={() => sendNow(client, chat, id).then(() => go(`/app/c/${chat}`), (error: unknown) => alarm(describe(error)))}><Icon name="send" />{t("scheduled.now")}</button>}
        <button type="button" class="secondary" onClick={() => setOpen("time")}><Icon name="clock" />{t("scheduled.time")}</button>
        {message.message !== "" && <button type="button" class="secondary" onClick={() => setOpen("text")}><Icon name="edit" />{t("message.edit")}</button>}
        <button type="button" class="secondary danger" onClick={() => askToDo(t("message.delete_ask"), t("message.delete"), () => attempt(remove(client, chat, id)))}><Icon name="trash" />{t("message.delete")}</button>
      </div>
      {open === "time" && <WhenDialog title={t("scheduled.time")} start={date} onClose={close} onPick={(second) => (close(), attempt(change(client, chat, id, { schedule_date: second })))} />}
      {open === "text" && <TextDialog text={message.message} onClose={close} onSave={(text) => (close(), attempt(change(client, chat, id, { message: text, schedule_date: date })))} />}
    </li>
  );
}

const PLAIN = { ask: () => {}, hidden: "", mention: () => "" };

function TextDialog({ text, onSave, onClose }: { text: string; onSave: (text: string) => void; onClose: () => void }) {
  const client = useClient();
  const [field, setField] = useState(text);
  const submit = (event: Event) => {
    event.preventDefault();
    if (field.trim()) onSave(field.trim());
  };
  return (
    <Dialog title={t("message.edit")} closeLabel={t("dialog.close")} onClose={onClose}>
      <form class="when" onSubmit={submit}>
        <label class="field"><span>{t("scheduled.text")}</span><textarea rows={5} value={field} maxLength={client.config.limits.message} onInput={(event) => setField(event.currentTarget.value)} dir="auto" /></label>
        <div class="dialog-acts"><button class="primary" aria-disabled={!field.trim()}>{t("composer.save")}</button></div>
      </form>
    </Dialog>
  );
}
