/** The rich field and the suggestions: their code comes when the chat is there, and stays. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { MessageEntity } from "../../wire/schema.d.ts";
import type { Field } from "./field.ts";
import { placeShown, stylesAt } from "./written.ts";

type Parts = typeof import("./parts.tsx");
/** Where the caret was in the field that is replaced; null where it did not have the focus. */
export type Carried = { current: Caret | null };
interface Caret {
  start: number;
  end: number;
  /** The styles of what is typed there: inside the marks, or after them. */
  kinds: ReadonlySet<MessageEntity["_"]>;
}

let loaded: Parts | null = null;
const AGAIN_MS = 10_000;

export function useParts(field: { current: Field | null }): { parts: Parts | null; carried: Carried } {
  const [parts, setParts] = useState(loaded);
  const carried: Carried = useRef(null);
  const composing = useComposing();
  useEffect(() => {
    if (parts) return;
    let over = false;
    const take = async () => {
      loaded ??= await import("./parts.tsx").catch(() => null);
      if (over) return;
      if (!loaded) return void setTimeout(take, AGAIN_MS);
      // An input method writes into the element that stands: it is not taken away from it.
      await composing();
      if (over) return;
      carried.current = caretOf(field.current);
      setParts(loaded);
    };
    requestAnimationFrame(() => void take());
    return () => {
      over = true;
    };
  }, []);
  return { parts, carried };
}

function caretOf(field: Field | null): Caret | null {
  if (!field || document.activeElement !== field.element) return null;
  const { text, start, end } = field.place();
  return { start: placeShown(text, start), end: placeShown(text, end), kinds: stylesAt(text, start) };
}

/** Gives a promise that no input method is at work. */
function useComposing(): () => Promise<void> {
  const at = useRef<Promise<void> | null>(null);
  useEffect(() => {
    let end = () => {};
    const begin = () => (at.current = new Promise((resolve) => (end = resolve)));
    const finish = () => {
      at.current = null;
      // Once its text is in the field.
      setTimeout(end);
    };
    addEventListener("compositionstart", begin);
    addEventListener("compositionend", finish);
    return () => {
      removeEventListener("compositionstart", begin);
      removeEventListener("compositionend", finish);
    };
  }, []);
  return async () => void (await at.current);
}
