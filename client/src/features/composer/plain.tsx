/** The plain field: a textarea with Markdown marks. */
import { useLayoutEffect, useRef } from "preact/hooks";
import { toMarkdown } from "../../ui/markdown.ts";
import type { Field, FieldProps } from "./field.ts";

interface Props extends FieldProps {
  text: string;
  onText: (text: string) => void;
}

export function PlainField({ text, onText, id, placeholder, label, onKeyDown, onPaste, aria, ready }: Props) {
  const place = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    const element = place.current;
    if (element) ready(fieldOf(element));
    return () => ready(null);
  }, []);
  useLayoutEffect(() => grow(place.current), [text]);
  const keys = (event: KeyboardEvent) => {
    onKeyDown(event);
    if (!event.defaultPrevented && !event.isComposing && wrap(event, event.currentTarget as HTMLTextAreaElement)) onText((event.currentTarget as HTMLTextAreaElement).value);
  };
  return <textarea ref={place} id={id} rows={1} value={text} dir="auto" placeholder={placeholder} aria-label={label} {...aria} onInput={(event) => onText(event.currentTarget.value)} onKeyDown={keys} onPaste={onPaste} />;
}

function fieldOf(element: HTMLTextAreaElement): Field {
  return {
    element,
    place: () => ({ text: element.value, start: element.selectionStart, end: element.selectionEnd }),
    select: (start, end) => element.setSelectionRange(start, end),
    replace: (start, end, by) => {
      element.focus();
      element.setSelectionRange(start, end);
      const text = toMarkdown(by.text, by.entities);
      // The one way that the field's own undo knows of; not every browser has it.
      if (document.execCommand("insertText", false, text)) return;
      element.setRangeText(text, start, end, "end");
      element.dispatchEvent(new Event("input", { bubbles: true }));
    },
  };
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
function wrap(event: KeyboardEvent, field: HTMLTextAreaElement): boolean {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return false;
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
