/** The address is the state: back undoes the last view, a reload comes back to it. */
import { signal } from "@preact/signals";
import { isKey } from "../../state/keys.ts";
import { closeTopLayer, onLayer } from "../../ui/layers.ts";

export type Route =
  | { screen: "list" }
  | { screen: "chat"; key: string; message: number; panel: boolean; /** What of the panel, where it is not its first view: `members`, `invites/HASH`. */ section?: string }
  | { screen: "new" }
  | { screen: "search" }
  | { screen: "people" }
  | { screen: "folders" }
  | { screen: "scheduled"; key: string }
  | { screen: "comments"; key: string; post: number; message: number }
  | { screen: "settings"; section: string; detail: string }
  | { screen: "cases" }
  | { screen: "link" }
  | { screen: "join"; hash: string }
  | { screen: "name"; name: string; message: number };

/** What an address of ours shows. */
export function parse(path: string): Route {
  const [, , first = "", second = "", third = "", ...rest] = path.split("/");
  if (first === "c" && isKey(second)) {
    if (third === "scheduled") return { screen: "scheduled", key: second };
    if (rest[0] === "comments" && number(third)) return { screen: "comments", key: second, post: number(third), message: number(rest[1] ?? "") };
    const section = third === "info" && /^[\w-]+(\/[\w-]+)?$/.test(rest.join("/")) ? { section: rest.join("/") } : {};
    return { screen: "chat", key: second, message: number(third), panel: third === "info", ...section };
  }
  if (first === "join" && /^[\w-]{1,64}$/.test(second)) return { screen: "join", hash: second };
  if (first === "r" && /^\w{2,64}$/.test(second)) return { screen: "name", name: second, message: number(third) };
  if (first === "search" || first === "people" || first === "folders") return { screen: first };
  if (first === "new") return { screen: "new" };
  if (first === "settings") return { screen: "settings", section: word(second), detail: word(second) && word(third) };
  if (first === "cases") return { screen: "cases" };
  if (first === "link") return { screen: "link" };
  return { screen: "list" };
}

/** What may stand in an address of ours; "" for anything else. */
function word(text: string): string {
  return /^[a-z-]{1,32}$/.test(text) ? text : "";
}

function number(text: string): number {
  return /^[1-9]\d{0,9}$/.test(text) ? Number(text) : 0;
}

export const route = signal<Route>({ screen: "list" });

/** What the browser keeps with each of our entries. */
interface Entry {
  /** How many entries of this page lie before it. */
  at: number;
  /** Put there for a dialog alone: the same view lies before it. */
  guard?: boolean;
}

function entry(): Entry {
  const state: unknown = history.state;
  return typeof state === "object" && state !== null && "at" in state ? (state as Entry) : { at: 0 };
}

/** The entry that is shown. */
let here = 0;

/** Show an address of ours. */
export function go(path: string, replace = false): void {
  if (location.pathname !== path) {
    if (replace) history.replaceState({ at: here }, "", path);
    else history.pushState({ at: ++here }, "", path);
  }
  route.value = parse(path);
}

/** One view back, or to `first` (the list) where this page began. */
export function goBack(first = "/app"): void {
  if (here > 0 && !entry().guard) history.back();
  else go(first, true);
}

/** Back closes what lies over the page, and the page stays as it was. */
function popped(): void {
  const to = entry().at;
  const by = to - here;
  const same = parse(location.pathname);
  const unchanged = JSON.stringify(same) === JSON.stringify(route.peek());
  if (by !== 0 && closeTopLayer()) {
    if (unchanged) here = to;
    else history.go(-by);
    return;
  }
  here = to;
  // Come back to where a dialog was closed.
  if (!unchanged || by !== 0) route.value = same;
}

/** Where nothing of ours lies before, Back would leave the page with all that lies over it. */
function guard(): void {
  if (here === 0) history.pushState({ at: ++here, guard: true }, "", location.href);
}

/** Links of ours change the view, not the page. */
export function follow(): void {
  here = entry().at;
  route.value = parse(location.pathname);
  onLayer(guard);
  addEventListener("popstate", popped);
  addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const plain = !event.defaultPrevented && event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!link || !plain || link.target || link.origin !== location.origin) return;
    if (!/^\/app(\/(c|cases|r|join|new|search|people|folders|settings|link)(\/|$)|$)/.test(link.pathname)) return;
    event.preventDefault();
    go(link.pathname);
  });
}
