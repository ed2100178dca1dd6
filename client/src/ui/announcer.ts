/** Says things to screen readers, outside the tree of the app: `polite` waits for a pause, `urgent` does not. */
let waiting: string[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;
const PAUSE_MS = 1500;

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

/** Say what has gone wrong, at once. */
export function alarm(text: string): void {
  put("urgent", text);
}

function put(id: string, text: string): void {
  const place = document.getElementById(id);
  if (place) place.textContent = text;
}
