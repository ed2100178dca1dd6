/** The field to write in: Markdown marks, drafts, replies, edits. */
import { signal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { nameOf } from "../../state/names.ts";
import { alarm } from "../../ui/announcer.ts";
import { Icon } from "../../ui/icon.tsx";
import { fromMarkdown, toMarkdown } from "../../ui/markdown.ts";
import { describe, preview, useClient } from "../app/index.tsx";
import { AttachButton, ChosenFiles, pastedFiles, useUploads, UploadRows } from "../media/index.tsx";
import type { Uploads } from "../media/index.tsx";
import { PollButton } from "../polls/index.tsx";
import { SendMenu } from "../scheduled/index.tsx";
import type { Voice } from "../voice/index.tsx";
import { VoiceButton } from "../voice/index.tsx";
import { lastOwn, saveEdit, sayTyping } from "./actions.ts";
import "./composer.css";

export interface Compose {
  chat: string;
  kind: "reply" | "edit";
  id: number;
}
/** What the field is for besides a new message. */
export const compose = signal<Compose | null>(null);

const COUNT_FROM = 0.9;
const SAID_STEP = 100;

export function Composer({ chat }: { chat: string }) {
  const client = useClient();
  const field = useRef<HTMLTextAreaElement>(null);
  const uploads = useUploads(chat);
  const about = compose.value?.chat === chat ? compose.value : null;
  const { text, busy, change, cancel, send, sendFiles } = useText(chat, about, field);
  const keys = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const touch = matchMedia("(pointer: coarse)").matches;
    if (event.key === "Enter" && !event.shiftKey && !(touch && !event.ctrlKey)) {
      event.preventDefault();
      void send();
    } else if (event.key === "Escape" && about) {
      event.stopPropagation();
      cancel();
    } else if (event.key === "ArrowUp" && !text && !event.altKey) {
      const last = lastOwn(client, chat);
      if (!last) return;
      event.preventDefault();
      compose.value = { chat, kind: "edit", id: last };
    } else if (wrap(event, field.current)) change(field.current?.value ?? "");
  };
  const limit = client.config.limits.message;
  const editing = about?.kind === "edit";
  const { length: files } = uploads.chosen;
  // What was chosen is a message of its own: the edit is given up, as by Escape.
  useEffect(() => {
    if (files && editing) cancel();
  }, [files, editing]);
  return (
    <form class="composer" aria-label={t("composer.label")} onSubmit={(event) => (event.preventDefault(), void send())}>
      {about && <About about={about} onCancel={cancel} />}
      <UploadRows uploads={uploads} />
      {!editing && <ChosenFiles uploads={uploads} text={text} onText={change} onSend={(asFiles) => sendFiles(uploads, asFiles)} />}
      <div class="composer-line">
        {!editing && <AttachButton uploads={uploads} />}
        <textarea ref={field} id="composer" rows={1} value={text} dir="auto" placeholder={t("composer.placeholder")} aria-label={t("composer.placeholder")} onInput={(event) => change(event.currentTarget.value)} onKeyDown={keys} onPaste={(event) => pastedFiles(event, uploads)} />
        <Count left={limit - text.length} shown={text.length > limit * COUNT_FROM} />
        {!text && !about && <PollButton chat={chat} />}
        {!text && !about && <VoiceButton onSend={(voice) => sendVoice(uploads, voice)} />}
        {text.trim() && !editing && <SendMenu chat={chat} />}
        <button class="round send" type="submit" aria-label={t(editing ? "composer.save" : "composer.send")} aria-disabled={!text.trim() || busy}>
          <Icon name={editing ? "check" : "send"} />
        </button>
      </div>
    </form>
  );
}

/** How much more may be written: as a number, and said in steps. */
function Count({ left, shown }: { left: number; shown: boolean }) {
  const said = left < 0 ? t("error.too_long") : t("composer.left", { n: Math.ceil(left / SAID_STEP) * SAID_STEP });
  return (
    <>
      {shown && <span class={left < 0 ? "count over" : "count"} aria-hidden="true">{left}</span>}
      <span class="unseen" role="status">{shown ? said : ""}</span>
    </>
  );
}

type Field = { current: HTMLTextAreaElement | null };

/** The text in the field: a draft, or the message that is being edited. */
function useText(chat: string, about: Compose | null, field: Field) {
  const client = useClient();
  const [text, setText] = useState(() => client.drafts.of(chat).text);
  const [busy, setBusy] = useState(false);
  /** The draft that an edit has put aside. */
  const aside = useRef<string | null>(null);
  const editing = about?.kind === "edit";
  useStart(chat, field);
  useRemoteDraft(chat, text, editing, setText);
  useEffect(() => {
    if (about) field.current?.focus();
  }, [about]);
  useEffect(() => {
    if (!about) return;
    const message = client.store.message(chat, about.id);
    if (!editing || message?._ !== "message") return;
    aside.current ??= text;
    setText(toMarkdown(message.message, message.entities ?? []));
  }, [about?.kind, about?.id]);
  useLayoutEffect(() => grow(field.current), [text]);
  const end = (left: string) => {
    aside.current = null;
    setText(left);
    compose.value = null;
    field.current?.focus();
  };
  const change = (value: string) => {
    setText(value);
    if (editing) return;
    client.drafts.write(chat, value, about?.id ?? 0);
    if (value) sayTyping(client, chat);
  };
  const cancel = () => {
    if (!editing) client.drafts.write(chat, text, 0);
    end(editing ? (aside.current ?? "") : text);
  };
  const send = async () => {
    const rich = fromMarkdown(text);
    if (!rich.text || busy) return;
    if (rich.text.length > client.config.limits.message) return alarm(t("error.too_long"));
    if (!editing) {
      client.outbox.add({ chat, ...rich, replyTo: about?.id ?? 0 });
      client.drafts.sent(chat);
      return end("");
    }
    setBusy(true);
    await saveEdit(client, chat, about.id, rich).then(
      () => end(aside.current ?? ""),
      (error: unknown) => alarm(describe(error)),
    );
    setBusy(false);
  };
  const sendFiles = (uploads: Uploads, asFiles: boolean) => {
    uploads.send({ ...fromMarkdown(text), replyTo: about?.id ?? 0 }, asFiles);
    client.drafts.sent(chat);
    end("");
  };
  return { text, busy, change, cancel, send, sendFiles };
}

function sendVoice(uploads: Uploads, { file, seconds, waveform }: Voice): void {
  uploads.addAs(file, [{ _: "documentAttributeAudio", voice: true, duration: seconds, waveform }]);
}

function About({ about, onCancel }: { about: Compose; onCancel: () => void }) {
  const client = useClient();
  void client.store.history(about.chat).version.value;
  const message = client.store.message(about.chat, about.id);
  const author = message?.out ? t("list.you") : message?.from_id?._ === "peerUser" ? nameOf(client.store.entity(`u${message.from_id.user_id}`).value) : nameOf(client.store.entity(about.chat).value);
  return (
    <div class="about">
      <Icon name={about.kind === "edit" ? "edit" : "reply"} />
      <span class="about-text">
        <strong>{about.kind === "edit" ? t("composer.editing") : t("composer.replying", { author })}</strong>
        <bdi>{message ? preview(client, message) : t("message.gone")}</bdi>
      </span>
      <button class="round" type="button" aria-label={t("composer.cancel")} onClick={onCancel}><Icon name="close" /></button>
    </div>
  );
}

/** The reply of a draft comes back; on a computer the field has the focus. */
function useStart(chat: string, field: { current: HTMLTextAreaElement | null }): void {
  const client = useClient();
  useEffect(() => {
    const { replyTo } = client.drafts.of(chat);
    if (replyTo) compose.value = { chat, kind: "reply", id: replyTo };
    else if (compose.peek()?.chat !== chat) compose.value = null;
    if (!matchMedia("(pointer: coarse)").matches) field.current?.focus();
  }, [chat]);
}

/** A newer draft of another device is shown, but never over what is being typed. */
function useRemoteDraft(chat: string, text: string, editing: boolean, show: (text: string) => void): void {
  const client = useClient();
  const remote = client.store.talk(chat).value?.draft ?? null;
  useEffect(() => {
    const draft = client.drafts.of(chat);
    if (editing || draft.text === text || remote?._ !== "draftMessage") return;
    if (!text) show(draft.text);
  }, [remote]);
}

function grow(field: HTMLTextAreaElement | null): void {
  if (!field) return;
  field.style.blockSize = "auto";
  field.style.blockSize = `${field.scrollHeight}px`;
}

const MARKS: Record<string, string> = { b: "**", i: "_", u: "__" };
const SHIFT_MARKS: Record<string, string> = { x: "~~", m: "`", p: "||" };
const QUOTE_KEYS = new Set([".", ">", ":"]);

/** Ctrl+B and its kin put the marks around what is selected. */
function wrap(event: KeyboardEvent, field: HTMLTextAreaElement | null): boolean {
  if (!field || !(event.ctrlKey || event.metaKey) || event.altKey) return false;
  const key = event.key.toLowerCase();
  const { selectionStart: start, selectionEnd: end, value } = field;
  if (event.shiftKey && (key === "l" || QUOTE_KEYS.has(key))) {
    event.preventDefault();
    if (key === "l") link(field);
    else quote(field);
    return true;
  }
  const mark = (event.shiftKey ? SHIFT_MARKS : MARKS)[key];
  if (!mark) return false;
  event.preventDefault();
  field.setRangeText(mark + value.slice(start, end) + mark, start, end, "preserve");
  field.setSelectionRange(start + mark.length, end + mark.length);
  return true;
}

/** `[words](address)`, with the caret where something is missing. */
function link(field: HTMLTextAreaElement): void {
  const { selectionStart: start, selectionEnd: end, value } = field;
  field.setRangeText(`[${value.slice(start, end)}]()`, start, end, "preserve");
  const place = start === end ? start + 1 : end + 3;
  field.setSelectionRange(place, place);
}

/** The lines of what is selected become a quotation. */
function quote(field: HTMLTextAreaElement): void {
  const { selectionStart: start, selectionEnd: end, value } = field;
  const from = value.lastIndexOf("\n", start - 1) + 1;
  const lines = value.slice(from, end).split("\n").map((line) => `> ${line}`).join("\n");
  field.setRangeText(lines, from, end, "end");
}
