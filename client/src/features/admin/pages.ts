/** Lists that come page by page. */
import { useEffect, useRef, useState } from "preact/hooks";
import { describe } from "../app/index.tsx";

export interface Pages<T> {
  /** Null while nothing has come yet. */
  items: readonly T[] | null;
  /** There are more. */
  more: boolean;
  wrong: string;
  load: () => Promise<void>;
  next: () => Promise<void>;
}

/** `fetch` gives what comes after `last` (none: the first page), and whether that is not all. Anew whenever `on` changes. */
export function usePages<T>(fetch: (last: T | undefined, have: number) => Promise<{ items: T[]; more: boolean }>, on: readonly unknown[], wait = 0): Pages<T> {
  const [items, setItems] = useState<readonly T[] | null>(null);
  const [more, setMore] = useState(false);
  const [wrong, setWrong] = useState("");
  /** Only the answer to the last question counts. */
  const asked = useRef(0);
  const ask = async (before: readonly T[]) => {
    const mine = ++asked.current;
    try {
      const found = await fetch(before.at(-1), before.length);
      if (mine !== asked.current) return;
      setItems([...before, ...found.items]);
      setMore(found.more && found.items.length > 0);
      setWrong("");
    } catch (error) {
      if (mine !== asked.current) return;
      if (!before.length) setItems(null);
      setWrong(describe(error));
    }
  };
  const load = () => ask([]);
  useEffect(() => {
    const timer = setTimeout(() => void load(), wait);
    return () => {
      clearTimeout(timer);
      asked.current++;
    };
  }, on);
  return { items, more, wrong, load, next: () => ask(items ?? []) };
}
