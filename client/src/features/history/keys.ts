/** Keys in the history: move between messages, act on the one that has the focus. */

/** Answer a key pressed in the history. */
export function historyKeys(event: KeyboardEvent, list: HTMLElement | null): void {
  const focused = document.activeElement;
  if (!list || event.ctrlKey || event.metaKey || event.altKey) return;
  const inField = focused instanceof HTMLInputElement || focused instanceof HTMLTextAreaElement;
  if (inField) return;
  const messages = [...list.querySelectorAll<HTMLElement>(".message")];
  const here = messages.findIndex((one) => one.contains(focused));
  if (event.key === "ArrowUp" || event.key === "ArrowDown") {
    const step = event.key === "ArrowUp" ? -1 : 1;
    if (here >= 0 && scrollsInside(list, messages[here], step)) return;
    const next = here < 0 ? messages.at(-1) : messages[here + step];
    if (next) next.focus();
    else if (step > 0) document.querySelector<HTMLElement>("#composer")?.focus();
    event.preventDefault();
    return;
  }
  const row = messages[here];
  if (!row) return;
  const act = ACTS[event.key] ?? ACTS[event.key.toUpperCase()];
  if (!act || (focused !== row && event.key.length > 1)) return;
  row.dispatchEvent(new CustomEvent("act", { detail: act }));
  event.preventDefault();
}

const ACTS: Record<string, string> = { R: "reply", E: "edit", P: "pin", "+": "menu", L: "link", Delete: "delete", Enter: "menu", F: "forward", C: "copy" };

/** A message taller than the pane is scrolled before the next one gets the focus. */
function scrollsInside(list: HTMLElement, row: HTMLElement | undefined, step: number): boolean {
  if (!row || row.offsetHeight <= list.clientHeight) return false;
  const top = row.offsetTop - list.scrollTop;
  return step < 0 ? top < 0 : top + row.offsetHeight > list.clientHeight;
}
