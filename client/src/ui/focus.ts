/**
 * The keyboard's place, when what had the focus is taken out of the page: an answer that has been given, a row that is deleted, a form that is done.
 * The browser leaves it nowhere then, and Tab begins at the top of the page. It goes to what stands in its place instead.
 */

/** Where something stood: in what, behind what, and as the how-manieth when it had the focus. */
interface Place {
  around: Element;
  behind: Node | null;
  at: number;
}

/** How long a feature has to put the focus somewhere itself. */
const SETTLED_MS = 60;

/** Begin; gives what ends it. */
export function keepFocus(root: HTMLElement): () => void {
  /** What had the focus last, and what had it before each dialog that has it now. */
  let last: Element | null = null;
  const openers = new Map<HTMLDialogElement, Element>();
  const places = new Map<Element, Place>();
  const ranks = new WeakMap<Element, number>();
  let timer = 0;
  const entered = ({ target }: FocusEvent) => {
    if (!(target instanceof Element)) return;
    const dialog = target.closest("dialog");
    if (dialog && last && !dialog.contains(last)) openers.set(dialog, last);
    for (const one of openers.keys()) if (!one.isConnected) openers.delete(one);
    last = target;
    places.clear();
    for (let one = target; one !== root && one.parentElement; one = one.parentElement) ranks.set(one, [...one.parentElement.children].indexOf(one));
  };
  const settle = () => {
    const lost = last;
    if (!lost || lost.isConnected || (document.activeElement !== document.body && document.activeElement)) return;
    const opener = [...openers].findLast(([dialog]) => dialog.contains(lost))?.[1];
    if (opener?.isConnected) focus(opener);
    else focus(inPlaceOf(places.get(opener ?? lost)));
  };
  const observer = new MutationObserver((records) => {
    const watched = [last, ...openers.values()].filter((one) => one !== null);
    for (const record of records) {
      for (const node of record.removedNodes) if (node instanceof Element) note(node, { around: record.target as Element, behind: record.previousSibling, at: ranks.get(node) ?? 0 }, watched, places);
    }
    if (!places.size) return;
    clearTimeout(timer);
    timer = setTimeout(settle, SETTLED_MS);
  });
  root.addEventListener("focusin", entered);
  observer.observe(root, { childList: true, subtree: true });
  return () => {
    root.removeEventListener("focusin", entered);
    observer.disconnect();
    clearTimeout(timer);
  };
}

/** Note of what is watched where it stood, if it goes with `node`; or what its place stood in. */
function note(node: Element, place: Place, watched: readonly Element[], places: Map<Element, Place>): void {
  for (const one of watched) {
    const before = places.get(one);
    if (node.contains(before ? before.around : one)) places.set(one, place);
  }
}

/** What stands there now, else what is before it, else what is around it. */
function inPlaceOf(place: Place | undefined): Element | null {
  if (!place?.around.isConnected) return null;
  const behind = place.behind?.parentNode === place.around ? place.behind : null;
  // What was before it may have gone too: a list that is made anew.
  let next = behind ? behind.nextSibling : (place.around.children[place.at] ?? place.around.firstChild);
  while (next && !(next instanceof HTMLElement && next.checkVisibility())) next = next.nextSibling;
  if (next instanceof HTMLElement) return next;
  return behind instanceof HTMLElement && behind.checkVisibility() ? behind : place.around;
}

/** Give it the focus, though the Tab key may pass it by. */
function focus(found: Element | null): void {
  if (!(found instanceof HTMLElement)) return;
  if (found.tabIndex < 0 && !found.hasAttribute("tabindex")) {
    found.tabIndex = -1;
    found.addEventListener("blur", () => found.removeAttribute("tabindex"), { once: true });
  }
  found.focus({ preventScroll: true });
}
