/** At the end of a list that goes on: asks for more when it is seen, says when that failed. */
import { useEffect, useRef } from "preact/hooks";
import type { ReadonlySignal } from "@preact/signals";

interface Props {
  paged: { items: ReadonlySignal<readonly unknown[]>; state: ReadonlySignal<string>; more: () => Promise<void> };
  /** Why the last page did not come, or "". */
  failed: string;
  retry: string;
  loading: string;
}

export function More({ paged, failed, retry, loading }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const count = paged.items.value.length;
  const state = paged.state.value;
  useEffect(() => {
    const mark = place.current;
    if (!mark || state !== "idle") return;
    const watcher = new IntersectionObserver(([one]) => one?.isIntersecting && void paged.more());
    watcher.observe(mark);
    return () => watcher.disconnect();
  }, [paged, count, state]);
  if (state === "done") return null;
  if (failed) return <p class="more-failed" role="alert">{failed} <button type="button" class="plain" onClick={() => void paged.more()}>{retry}</button></p>;
  return <div ref={place} class="more-mark" aria-busy="true"><span class="unseen">{loading}</span></div>;
}
