/** Over a selection: what it can become. Tab leads here from the field, arrows go along. */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { t } from "../../../i18n/index.ts";
import type { Key } from "../../../i18n/index.ts";
import { Icon } from "../../../ui/icon.tsx";
import { alarm } from "../../../ui/announcer.ts";
import type { Editor } from "./editor.ts";
import type { Style } from "./model.ts";

const STYLES: readonly (readonly [Style, Key, string, string])[] = [
  ["messageEntityBold", "keys.bold", "B", "Ctrl B"],
  ["messageEntityItalic", "keys.italic", "I", "Ctrl I"],
  ["messageEntityUnderline", "keys.underline", "U", "Ctrl U"],
  ["messageEntityStrike", "keys.strike", "S", "Ctrl ⇧ X"],
  ["messageEntitySpoiler", "keys.spoiler", "▒", "Ctrl ⇧ P"],
  ["messageEntityCode", "keys.code", "<>", "Ctrl ⇧ M"],
];

/** `version`: grows with every change of the selection and of what is in it. */
export function Toolbar({ editor, version }: { editor: Editor; version: number }) {
  const place = useRef<HTMLDivElement>(null);
  const [linking, setLinking] = useState(false);
  const focused = useFocusInside(place, editor.element);
  const { start, end } = editor;
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || !event.shiftKey || event.key.toLowerCase() !== "l" || editor.start === editor.end) return;
      event.preventDefault();
      setLinking(true);
    };
    editor.element.addEventListener("keydown", key);
    return () => editor.element.removeEventListener("keydown", key);
  }, [editor]);
  useLayoutEffect(() => {
    if (start === end) setLinking(false);
  }, [start === end]);
  if (start === end || !focused) return null;
  const back = () => {
    setLinking(false);
    editor.element.focus();
    editor.select(start, end);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === "Escape") back();
    else if (!step(event, place.current)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div ref={place} class="rich-tools" role="toolbar" aria-label={t("composer.format")} onKeyDown={keys}>
      {linking ? <Address editor={editor} onDone={back} /> : <Buttons editor={editor} version={version} onLink={() => setLinking(true)} onDone={back} />}
    </div>
  );
}

function Buttons({ editor, onLink, onDone }: { editor: Editor; version: number; onLink: () => void; onDone: () => void }) {
  const button = (at: number, name: string, pressed: boolean, shown: preact.ComponentChildren, kind: string, act: () => void, keys = "") => (
    // The press must leave the selection as it is.
    <button key={name} type="button" class={`tool tool-${kind}`} tabIndex={at ? -1 : 0} aria-pressed={pressed} aria-label={name} title={keys ? `${name} (${keys})` : name} onPointerDown={(event) => event.preventDefault()} onMouseDown={(event) => event.preventDefault()} onClick={act}>{shown}</button>
  );
  const after = (act: () => void) => () => {
    act();
    onDone();
  };
  return (
    <>
      {STYLES.map(([kind, name, shown, keys], at) => button(at, t(name), editor.has(kind), shown, kind.replace("messageEntity", "").toLowerCase(), after(() => editor.style(kind)), keys))}
      {button(6, t("composer.block"), editor.has("messageEntityPre"), "{}", "block", after(() => editor.block("messageEntityPre")))}
      {button(7, t("keys.quote"), editor.has("messageEntityBlockquote"), "❝", "quotation", after(() => editor.block("messageEntityBlockquote")), "Ctrl ⇧ .")}
      {button(8, t("keys.link"), editor.linkAt() !== "", <Icon name="link" />, "to", onLink, "Ctrl ⇧ L")}
    </>
  );
}

function Address({ editor, onDone }: { editor: Editor; onDone: () => void }) {
  const field = useRef<HTMLInputElement>(null);
  // Before the next key is pressed: it belongs to the address already.
  useLayoutEffect(() => field.current?.select(), []);
  const set = () => {
    if (editor.link(field.current?.value.trim() ?? "")) onDone();
    else alarm(t("composer.link_wrong"));
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    set();
  };
  return (
    <>
      <input ref={field} class="input" type="text" inputMode="url" autofocus dir="ltr" aria-label={t("composer.address")} placeholder="https://" defaultValue={editor.linkAt()} onKeyDown={keys} spellcheck={false} autocomplete="off" />
      <button type="button" class="tool" aria-label={t("composer.save")} onClick={set}><Icon name="check" /></button>
    </>
  );
}

/** Whether the focus is in the field or among the tools. */
function useFocusInside(place: { current: HTMLElement | null }, field: HTMLElement): boolean {
  const [, look] = useState(0);
  useEffect(() => {
    // Between two elements nothing has the focus for a moment.
    const moved = () => setTimeout(() => look((n) => n + 1));
    addEventListener("focusin", moved);
    addEventListener("focusout", moved);
    moved();
    return () => {
      removeEventListener("focusin", moved);
      removeEventListener("focusout", moved);
    };
  }, [field]);
  const { activeElement } = document;
  return activeElement === field || (place.current?.contains(activeElement) ?? false);
}

function step({ key, target }: KeyboardEvent, place: HTMLElement | null): boolean {
  if (target instanceof HTMLInputElement || !place) return false;
  const all = [...place.querySelectorAll<HTMLElement>("button")];
  const here = all.findIndex((one) => one === document.activeElement);
  const next = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: -1 }[key];
  if (next === undefined) return false;
  all.at(next % all.length)?.focus();
  return true;
}
