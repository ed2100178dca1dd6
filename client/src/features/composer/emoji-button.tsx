/** Emoji for a field, where its caret is. */
import { useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { Icon } from "../../ui/icon.tsx";
import { EmojiPanel } from "../emoji/index.tsx";
import type { Field } from "./field.ts";

export function EmojiButton({ field }: { field: { current: Field | null } }) {
  const [open, setOpen] = useState(false);
  const put = (emoji: string) => {
    const at = field.current?.place();
    if (at) field.current?.replace(at.start, at.end, { text: emoji, entities: [] });
  };
  return (
    <>
      <button class="round" type="button" data-opens-emoji aria-label={t("composer.emoji")} aria-expanded={open} aria-haspopup="dialog" onClick={() => setOpen(!open)}><Icon name="react" /></button>
      {open && <EmojiPanel label={t("composer.emoji")} onChoose={put} onClose={() => setOpen(false)} />}
    </>
  );
}
