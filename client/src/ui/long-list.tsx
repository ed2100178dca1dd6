/** A long list of rows of one height: only those that can be seen are in the page, more are asked for near the end. */
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

const AROUND = 6;

interface Props<T> {
  items: readonly T[];
  /** Of a row, in px. */
  height: number;
  label: string;
  keyOf: (item: T) => string;
  row: (item: T, at: number) => ComponentChildren;
  onNear: () => void;
  /** Where it was scrolled to when it was last seen. */
  top?: number;
  onScroll?: (top: number) => void;
  children?: ComponentChildren;
}

export function LongList<T>({ items, height, label, keyOf, row, onNear, top: start = 0, onScroll, children }: Props<T>) {
  const place = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(start);
  const [room, setRoom] = useState(600);
  useLayoutEffect(() => {
    if (place.current) place.current.scrollTop = start;
  }, []);
  useEffect(() => {
    const list = place.current;
    if (!list) return;
    const watcher = new ResizeObserver(() => setRoom(list.clientHeight));
    watcher.observe(list);
    return () => watcher.disconnect();
  }, []);
  const from = Math.max(0, Math.floor(top / height) - AROUND);
  const to = Math.min(items.length, Math.ceil((top + room) / height) + AROUND);
  const near = top + room * 2 > items.length * height;
  useEffect(() => {
    if (near) onNear();
  }, [near, items.length]);
  const move = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    const rows = [...(place.current?.querySelectorAll<HTMLElement>("li a, li > button") ?? [])];
    const here = rows.findIndex((one) => one === document.activeElement);
    if (step === undefined || here < 0 || event.altKey || !rows[here + step]) return;
    rows[here + step]?.focus();
    event.preventDefault();
  };
  const scrolled = (list: HTMLElement) => {
    setTop(list.scrollTop);
    onScroll?.(list.scrollTop);
  };
  return (
    <div ref={place} class="long-list" onScroll={(event) => scrolled(event.currentTarget)} onKeyDown={move}>
      <ul aria-label={label} style={{ paddingBlockStart: `${from * height}px`, paddingBlockEnd: `${(items.length - to) * height}px` }}>
        {items.slice(from, to).map((item, at) => <li key={keyOf(item)} style={{ blockSize: `${height}px` }}>{row(item, from + at)}</li>)}
      </ul>
      {children}
    </div>
  );
}
