/** Marks the wanted words in the messages that are shown: by the browser's highlights, which change no row. */
import { placesOf } from "../../state/find.ts";

const NAME = "found";

/** Mark them, and those of messages that come, until the given function is called. */
export function keepMarked(wanted: string): () => void {
  const pane = document.querySelector(".main");
  if (!pane || !wanted.trim() || !("highlights" in CSS)) return () => {};
  let frame = 0;
  const mark = () => {
    frame = 0;
    CSS.highlights.set(NAME, new Highlight(...rangesIn(pane, wanted)));
  };
  const watcher = new MutationObserver(() => (frame ||= requestAnimationFrame(mark)));
  watcher.observe(pane, { childList: true, subtree: true });
  mark();
  return () => {
    watcher.disconnect();
    cancelAnimationFrame(frame);
    CSS.highlights.delete(NAME);
  };
}

function rangesIn(pane: Element, wanted: string): Range[] {
  const ranges: Range[] = [];
  for (const words of pane.querySelectorAll(".message .words")) {
    const walker = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (const [start, end] of placesOf(node.textContent ?? "", wanted)) {
        const range = new Range();
        range.setStart(node, start);
        range.setEnd(node, end);
        ranges.push(range);
      }
    }
  }
  return ranges;
}
