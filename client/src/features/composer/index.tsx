/** The field to write in, and what belongs to it: drafts, replies, edits, suggestions, emoji. */
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { Icon } from "../../ui/icon.tsx";
import { useClient } from "../app/index.tsx";
import { AttachButton, ChosenFiles, pastedFiles, useUploads, UploadRows } from "../media/index.tsx";
import type { Uploads } from "../media/index.tsx";
import { PollButton } from "../polls/index.tsx";
import { SendMenu } from "../scheduled/index.tsx";
import type { Voice } from "../voice/index.tsx";
import { VoiceButton } from "../voice/index.tsx";
import { About } from "./about.tsx";
import { lastOwn } from "./actions.ts";
import { CaptionField } from "./caption.tsx";
import { isComposing, isSending, plainField } from "./choices.ts";
import { EmojiButton } from "./emoji-button.tsx";
import type { Field } from "./field.ts";
import { useParts } from "./later.ts";
import { PlainField } from "./plain.tsx";
import { compose, useText } from "./text.ts";
import { shownOf, sourceOf } from "./written.ts";
import "./composer.css";

export { WritingChoice } from "./choice.tsx";
export { compose } from "./text.ts";

const COUNT_FROM = 0.9;
const SAID_STEP = 100;

export function Composer({ chat }: { chat: string }) {
  const client = useClient();
  const field = useRef<Field | null>(null);
  const uploads = useUploads(chat);
  const about = compose.value?.chat === chat ? compose.value : null;
  const { written, busy, change, cancel, send, sendFiles } = useText(chat, about, field);
  const { parts, carried } = useParts(field);
  const suggesting = useRef<((event: KeyboardEvent) => boolean) | null>(null);
  const [aria, setAria] = useState<Record<string, string | undefined>>({});
  const editing = about?.kind === "edit";
  const keys = (event: KeyboardEvent) => {
    if (isComposing(event) || suggesting.current?.(event)) return;
    if (isSending(event)) {
      event.preventDefault();
      void send();
    } else if (event.key === "Escape" && about) {
      event.stopPropagation();
      cancel();
    } else if (event.key === "ArrowUp" && !written.text && !event.altKey) {
      const last = lastOwn(client, chat);
      if (!last) return;
      event.preventDefault();
      compose.value = { chat, kind: "edit", id: last };
    }
  };
  const { length: files } = uploads.chosen;
  // What was chosen is a message of its own: the edit is given up, as by Escape.
  useEffect(() => {
    if (files && editing) cancel();
  }, [files, editing]);
  const source = sourceOf(written);
  const onSource = (text: string) => change({ text, marks: true });
  const shared = { id: "composer", placeholder: t("composer.placeholder"), label: t("composer.placeholder"), aria, onKeyDown: keys, onPaste: (event: ClipboardEvent) => pastedFiles(event, uploads), ready: (one: Field | null) => (field.current = one) };
  const length = written.marks ? written.text.length : shownOf(written).text.length;
  const limit = client.config.limits.message;
  return (
    <form class="composer" aria-label={t("composer.label")} onSubmit={(event) => (event.preventDefault(), void send())}>
      {about && <About about={about} onCancel={cancel} />}
      <UploadRows uploads={uploads} />
      {!editing && <ChosenFiles uploads={uploads} length={length} onSend={(asFiles) => sendFiles(uploads, asFiles)} caption={(onSend) => <CaptionField chat={chat} uploads={uploads} written={written} onWritten={change} onSend={onSend} />} />}
      <div class="composer-line">
        {parts && <parts.Suggestions chat={chat} field={field} written={written} keys={suggesting} onAria={setAria} />}
        {!editing && <AttachButton uploads={uploads} />}
        {parts && !plainField.value ? <parts.RichField {...shared} written={written} carried={carried} onWritten={change} /> : <PlainField {...shared} text={source} onText={onSource} />}
        <EmojiButton field={field} />
        <Count left={limit - length} shown={length > limit * COUNT_FROM} />
        {!written.text && !about && <PollButton chat={chat} />}
        {!written.text && !about && <VoiceButton onSend={(voice) => sendVoice(uploads, voice)} />}
        {written.text.trim() && !editing && <SendMenu chat={chat} />}
        <button class="round send" type="submit" aria-label={t(editing ? "composer.save" : "composer.send")} aria-disabled={!written.text.trim() || busy}>
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

function sendVoice(uploads: Uploads, { file, seconds, waveform }: Voice): void {
  uploads.addAs(file, [{ _: "documentAttributeAudio", voice: true, duration: seconds, waveform }]);
}
