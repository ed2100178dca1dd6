/** Keys in the history: move between messages, act on the one that has the focus. */
import { singleKeys } from "../settings/index.tsx";

const ACTS: Record<string, string> = {
  R: "reply",
  E: "edit",
  F: "forward",
  P: "pin",
  "+": "menu",
  M: "unread",
  C: "copy",
  L: "link",
  S: "select",
  "!": "report",
  Delete: "delete",
  Enter: "menu",
};

/** Answer a key pressed in the history. `scrolled`: what the history does when it has been scrolled. */
export function historyKeys(event: KeyboardEvent, list: HTMLElement | null, scrolled: () => void): void {
  const focused = document.activeElement;
  if (!list || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (focused instanceof HTMLInputElement || focused instanceof HTMLTextAreaElement || focused instanceof HTMLMediaElement) return;
  const messages = [...list.querySelectorAll<HTMLElement>(".message")];
  const here = messages.findIndex((one) => one.contains(focused));
  if (event.key === "End") {
    toLast(list, messages);
    return event.preventDefault();
  }
  if (moved(event.key, list, messages, here)) {
    // Its event comes with the next frame: what is drawn before that would go back to the old place.
    scrolled();
    return event.preventDefault();
  }
  const row = messages[here];
  if (!row) return;
  const single = event.key.length === 1;
  const act = single && !singleKeys() ? undefined : (ACTS[event.key] ?? ACTS[event.key.toUpperCase()]);
  if (!act || (focused !== row && !single)) return;
  row.dispatchEvent(new CustomEvent("act", { detail: act }));
  event.preventDefault();
}

/** Whether the key moved the focus. */
function moved(key: string, list: HTMLElement, messages: readonly HTMLElement[], here: number): boolean {
  if (key === "ArrowUp" || key === "ArrowDown") {
    const step = key === "ArrowUp" ? -1 : 1;
    // What is taller than the pane is scrolled first, by the browser.
    if (here >= 0 && scrollsInside(list, messages[here], step)) return false;
    const next = here < 0 ? messages.at(-1) : messages[here + step];
    if (next) next.focus();
    else if (step > 0) document.querySelector<HTMLElement>("#composer")?.focus();
    return true;
  }
  if (key === "Home") messages[0]?.focus();
  else if (key === "PageUp" || key === "PageDown") page(list, messages, key === "PageUp" ? -1 : 1);
  else return false;
  return true;
}

function toLast(list: HTMLElement, messages: readonly HTMLElement[]): void {
  const jump = list.parentElement?.querySelector<HTMLElement>(".jump");
  if (!jump) return messages.at(-1)?.focus();
  jump.click();
  // The newest messages may have to be put into the page first.
  requestAnimationFrame(() => [...list.querySelectorAll<HTMLElement>(".message")].at(-1)?.focus());
}

/** A pane further; the focus goes along, to the message at its edge. */
function page(list: HTMLElement, messages: readonly HTMLElement[], step: number): void {
  list.scrollTop += step * list.clientHeight * 0.9;
  const bottom = list.scrollTop + list.clientHeight;
  const edge = step < 0
    ? messages.find((one) => one.offsetTop + one.offsetHeight > list.scrollTop)
    : messages.findLast((one) => one.offsetTop < bottom);
  edge?.focus({ preventScroll: true });
}

/** A message taller than the pane is scrolled before the next one gets the focus. */
function scrollsInside(list: HTMLElement, row: HTMLElement | undefined, step: number): boolean {
  if (!row || row.offsetHeight <= list.clientHeight) return false;
  const top = row.offsetTop - list.scrollTop;
  return step < 0 ? top < 0 : top + row.offsetHeight > list.clientHeight;
}
