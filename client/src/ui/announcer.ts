/**
 * Says things outside the tree of the app. `announce` is for screen readers alone and waits for a pause;
 * what went wrong (`alarm`) and what was done (`confirmDone`) is seen too, for as long as it takes to read.
 */
let waiting: string[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;
const PAUSE_MS = 1500;
const LEAST_MS = 5000;
const LETTER_MS = 90;

/** Say a text; several within a pause are said as what `merge` makes of them. */
export function announce(text: string, merge: (count: number) => string): void {
  waiting.push(text);
  timer ??= setTimeout(() => {
    timer = undefined;
    const said = waiting.length === 1 ? waiting[0] : merge(waiting.length);
    waiting = [];
    put("polite", said ?? "");
  }, waiting.length === 1 ? 50 : PAUSE_MS);
}

/** Say and show what has gone wrong, at once. */
export function alarm(text: string): void {
  show("urgent", "done", text);
}

/** Say and show that something was done of which nothing else can be seen. */
export function confirmDone(text: string): void {
  show("done", "urgent", text);
}

let hide: ReturnType<typeof setTimeout> | undefined;

/** One text at a time; a click takes it away. */
function show(id: string, other: string, text: string): void {
  clearTimeout(hide);
  put(other, "");
  const place = put(id, text);
  if (!place || !text) return;
  const clear = () => put(id, "");
  place.onclick = clear;
  hide = setTimeout(clear, Math.max(LEAST_MS, text.length * LETTER_MS));
}

function put(id: string, text: string): HTMLElement | null {
  const place = document.getElementById(id);
  if (place) place.textContent = text;
  return place;
}
