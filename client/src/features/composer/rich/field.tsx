/** The rich field: what is typed becomes the model, and the model becomes the nodes. */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Written } from "../../../state/drafts.ts";
import type { FieldProps } from "../field.ts";
import type { Carried } from "../later.ts";
import { shownOf } from "../written.ts";
import { Editor } from "./editor.ts";
import { Toolbar } from "./toolbar.tsx";
import "./rich.css";

interface Props extends FieldProps {
  written: Written;
  /** Where the caret was in the field before this one. */
  carried: Carried;
  onWritten: (written: Written) => void;
}

export function RichField({ written, carried, onWritten, id, placeholder, label, onKeyDown, onPaste, aria, ready }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<Editor | null>(null);
  const [version, look] = useState(0);
  const latest = useRef({ onWritten, given: written });
  latest.current.onWritten = onWritten;
  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return;
    const made = new Editor(element, {
      changed: ({ text, entities }) => {
        const now = { text, entities, marks: false };
        latest.current.given = now;
        latest.current.onWritten(now);
      },
      moved: () => look((n) => n + 1),
    });
    editor.current = made;
    made.load(shownOf(written));
    ready(made);
    const { current: caret } = carried;
    carried.current = null;
    if (caret) {
      element.focus();
      made.select(caret.start, caret.end, caret.kinds);
    }
    return () => {
      ready(null);
      made.close();
    };
  }, []);
  // What came from elsewhere: another draft, a message to be edited, the words of a picture.
  useLayoutEffect(() => {
    if (written === latest.current.given) return;
    latest.current.given = written;
    editor.current?.load(shownOf(written));
  }, [written]);
  useEffect(() => {
    const moved = () => editor.current?.selectionMoved();
    document.addEventListener("selectionchange", moved);
    return () => document.removeEventListener("selectionchange", moved);
  }, []);
  const keys = (event: KeyboardEvent) => {
    onKeyDown(event);
    if (!event.defaultPrevented && !event.isComposing) editor.current?.key(event);
  };
  const paste = (event: ClipboardEvent) => {
    onPaste(event);
    if (!event.defaultPrevented) editor.current?.paste(event);
  };
  return (
    <div class="rich">
      {/* The editor alone writes in here: the page gives it no children. */}
      <div ref={place} id={id} class={written.text ? "rich-field" : "rich-field empty"} contentEditable role="textbox" aria-multiline="true" aria-label={label} data-placeholder={placeholder} {...aria} spellcheck onKeyDown={keys} onPaste={paste} />
      {editor.current && <Toolbar editor={editor.current} version={version} />}
    </div>
  );
}
