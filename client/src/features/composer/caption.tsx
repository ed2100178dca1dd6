/** The words that go with files: written as a message is, in the dialog that shows the files. */
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import type { Written } from "../../state/drafts.ts";
import { pastedFiles } from "../media/index.tsx";
import type { Uploads } from "../media/index.tsx";
import { isComposing, isSending, plainField } from "./choices.ts";
import { EmojiButton } from "./emoji-button.tsx";
import type { Field } from "./field.ts";
import { useParts } from "./later.ts";
import { PlainField } from "./plain.tsx";
import { sourceOf } from "./written.ts";

interface Props {
  chat: string;
  uploads: Uploads;
  /** The words of the field, which are its draft too. */
  written: Written;
  onWritten: (written: Written) => void;
  onSend: () => void;
}

export function CaptionField({ chat, uploads, written, onWritten, onSend }: Props) {
  const field = useRef<Field | null>(null);
  const { parts, carried } = useParts(field);
  const suggesting = useRef<((event: KeyboardEvent) => boolean) | null>(null);
  const [aria, setAria] = useState<Record<string, string | undefined>>({});
  // The keyboard goes on with the words, behind those that are there.
  useEffect(() => {
    const { current } = field;
    if (!current) return;
    current.element.focus();
    const { length } = current.place().text;
    current.select(length, length, new Set());
  }, []);
  const keys = (event: KeyboardEvent) => {
    if (isComposing(event) || suggesting.current?.(event) || !isSending(event)) return;
    event.preventDefault();
    onSend();
  };
  const words = t("media.caption");
  const shared = { id: "caption", placeholder: words, label: words, aria, onKeyDown: keys, onPaste: (event: ClipboardEvent) => pastedFiles(event, uploads), ready: (one: Field | null) => (field.current = one) };
  return (
    <>
      {parts && <parts.Suggestions chat={chat} field={field} written={written} keys={suggesting} onAria={setAria} />}
      {parts && !plainField.value ? <parts.RichField {...shared} written={written} carried={carried} onWritten={onWritten} /> : <PlainField {...shared} text={sourceOf(written)} onText={(text) => onWritten({ text, marks: true })} />}
      <EmojiButton field={field} />
    </>
  );
}
