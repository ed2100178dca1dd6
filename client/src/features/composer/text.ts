/** The text in the field: a draft, or the message that is being edited. */
import { signal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import type { Written } from "../../state/drafts.ts";
import { alarm } from "../../ui/announcer.ts";
import { describe, useClient } from "../app/index.tsx";
import type { Uploads } from "../media/index.tsx";
import { saveEdit, sayTyping } from "./actions.ts";
import type { Field } from "./field.ts";
import { keepTags } from "./tags.ts";
import { NOTHING, sentOf, sourceOf } from "./written.ts";

export interface Compose {
  chat: string;
  kind: "reply" | "edit";
  id: number;
}
/** What the field is for besides a new message. */
export const compose = signal<Compose | null>(null);

type Holder = { current: Field | null };

export function useText(chat: string, about: Compose | null, field: Holder) {
  const client = useClient();
  const [written, setWritten] = useState<Written>(() => client.drafts.of(chat));
  const [busy, setBusy] = useState(false);
  /** The draft that an edit has put aside. */
  const aside = useRef<Written | null>(null);
  const editing = about?.kind === "edit";
  useStart(chat, field);
  useRemoteDraft(chat, written, editing, setWritten);
  useEffect(() => {
    if (about) field.current?.element.focus();
  }, [about]);
  useEffect(() => {
    if (!about) return;
    const message = client.store.message(chat, about.id);
    if (!editing || message?._ !== "message") return;
    aside.current ??= written;
    setWritten({ text: message.message, entities: message.entities ?? [] });
  }, [about?.kind, about?.id]);
  const end = (left: Written) => {
    aside.current = null;
    setWritten(left);
    compose.value = null;
    field.current?.element.focus();
  };
  const change = (value: Written) => {
    setWritten(value);
    if (editing) return;
    client.drafts.write(chat, value, about?.id ?? 0);
    if (value.text) sayTyping(client, chat);
  };
  const cancel = () => {
    if (!editing) client.drafts.write(chat, written, 0);
    end(editing ? (aside.current ?? NOTHING) : written);
  };
  const send = async () => {
    const rich = sentOf(written);
    if (!rich.text || busy) return;
    if (rich.text.length > client.config.limits.message) return alarm(t("error.too_long"));
    keepTags(rich.text, client.trusted);
    if (!editing) {
      client.outbox.add({ chat, ...rich, replyTo: about?.id ?? 0 });
      client.drafts.sent(chat);
      return end(NOTHING);
    }
    setBusy(true);
    await saveEdit(client, chat, about.id, rich).then(
      () => end(aside.current ?? NOTHING),
      (error: unknown) => alarm(describe(error)),
    );
    setBusy(false);
  };
  const sendFiles = (uploads: Uploads, asFiles: boolean) => {
    uploads.send({ ...sentOf(written), replyTo: about?.id ?? 0 }, asFiles);
    client.drafts.sent(chat);
    end(NOTHING);
  };
  return { written, busy, change, cancel, send, sendFiles };
}

/** The reply of a draft comes back; on a computer the field has the focus. */
function useStart(chat: string, field: Holder): void {
  const client = useClient();
  useEffect(() => {
    const { replyTo } = client.drafts.of(chat);
    if (replyTo) compose.value = { chat, kind: "reply", id: replyTo };
    else if (compose.peek()?.chat !== chat) compose.value = null;
    if (!matchMedia("(pointer: coarse)").matches) field.current?.element.focus();
  }, [chat]);
}

/** A newer draft of another device is shown, but never over what is being typed. */
function useRemoteDraft(chat: string, written: Written, editing: boolean, show: (written: Written) => void): void {
  const client = useClient();
  const remote = client.store.talk(chat).value?.draft ?? null;
  useEffect(() => {
    const draft = client.drafts.of(chat);
    if (editing || sourceOf(draft) === sourceOf(written) || remote?._ !== "draftMessage") return;
    if (!written.text) show(draft);
  }, [remote]);
}
