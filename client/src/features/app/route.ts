/** The address is the state: back undoes the last view, a reload comes back to it. */
import { signal } from "@preact/signals";
import { isKey } from "../../state/keys.ts";

export type Route =
  | { screen: "list" }
  | { screen: "chat"; key: string; message: number; panel: boolean }
  | { screen: "new" }
  | { screen: "settings" }
  | { screen: "link" }
  | { screen: "join"; hash: string }
  | { screen: "name"; name: string; message: number };

/** What an address of ours shows. */
export function parse(path: string): Route {
  const [, , first = "", second = "", third = ""] = path.split("/");
  if (first === "c" && isKey(second)) {
    return { screen: "chat", key: second, message: number(third), panel: third === "info" };
  }
  if (first === "join" && /^[\w-]{1,64}$/.test(second)) return { screen: "join", hash: second };
  if (first === "r" && /^\w{2,64}$/.test(second)) return { screen: "name", name: second, message: number(third) };
  if (first === "new") return { screen: "new" };
  if (first === "settings") return { screen: "settings" };
  if (first === "link") return { screen: "link" };
  return { screen: "list" };
}

function number(text: string): number {
  return /^[1-9]\d{0,9}$/.test(text) ? Number(text) : 0;
}

export const route = signal<Route>({ screen: "list" });
let steps = 0;

/** Show an address of ours. */
export function go(path: string, replace = false): void {
  if (location.pathname !== path) {
    if (replace) history.replaceState(null, "", path);
    else {
      history.pushState(null, "", path);
      steps++;
    }
  }
  route.value = parse(path);
}

/** One view back, or to the list where this page began. */
export function goBack(): void {
  if (steps > 0) history.back();
  else go("/app", true);
}

/** Links of ours change the view, not the page. */
export function follow(): void {
  route.value = parse(location.pathname);
  addEventListener("popstate", () => {
    steps = Math.max(0, steps - 1);
    route.value = parse(location.pathname);
  });
  addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const plain = !event.defaultPrevented && event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!link || !plain || link.target || link.origin !== location.origin) return;
    if (!/^\/app(\/(c|r|join|new|settings|link)(\/|$)|$)/.test(link.pathname)) return;
    event.preventDefault();
    go(link.pathname);
  });
}
