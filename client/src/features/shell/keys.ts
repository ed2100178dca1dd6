/** Keys that work wherever the focus is. What a field, a menu or a dialog does with a key comes first. */
import type { Client } from "../../state/client.ts";
import { closeTopLayer } from "../../ui/layers.ts";
import { go, goBack, route } from "../app/index.tsx";
import { openFolder } from "../chat-list/index.tsx";
import { selection } from "../history/index.tsx";
import { mediaKey } from "../media/index.tsx";
import { closeSearch, openSearch, searchEverywhere } from "../search/index.tsx";
import { overlay } from "../palette/index.tsx";
import { singleKeys } from "../settings/index.tsx";

/** Do what the key is for, if it is for anything. */
export function shortcut(client: Client, event: KeyboardEvent): void {
  const modal = document.querySelector("dialog[open], [role=menu]");
  if (event.defaultPrevented || modal || event.isComposing) return;
  const { target } = event;
  const modified = event.ctrlKey || event.metaKey || event.altKey;
  if (target instanceof HTMLMediaElement && !modified && mediaKey(target, event.key)) return event.preventDefault();
  const act = actOf(client, event);
  if (!act) return;
  event.preventDefault();
  act();
}

function actOf(client: Client, event: KeyboardEvent): (() => void) | null {
  const control = event.ctrlKey || event.metaKey;
  const key = event.key.toLowerCase();
  if (event.altKey && !control) return withAlt(client, event);
  if (control && !event.altKey) {
    if (key === "k" && !event.shiftKey) return () => (overlay.value = "palette");
    if (key === "f" && event.shiftKey) return () => searchEverywhere();
    return null;
  }
  if (event.key === "F6") return () => landmark(event.shiftKey ? -1 : 1);
  if (event.key === "Escape") return back;
  const at = route.peek();
  if (event.key === "/" && at.screen === "chat" && singleKeys() && !isField(event.target)) return () => openSearch(client, at.key);
  if (event.key === "?" && singleKeys() && !isField(event.target)) return () => (overlay.value = "keys");
  return null;
}

/** Between chats and folders. The digits by their place too: on a French keyboard they need Shift. */
function withAlt(client: Client, event: KeyboardEvent): (() => void) | null {
  if (event.key === "ArrowUp" || event.key === "ArrowDown") return () => neighbour(client, event.key === "ArrowDown", event.shiftKey);
  const digit = /^\d$/.exec(event.key)?.[0] ?? /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1];
  return digit === undefined ? null : () => openFolder(client, Number(digit));
}

function isField(target: EventTarget | null): boolean {
  return (target instanceof HTMLElement && target.isContentEditable) || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || (target instanceof HTMLInputElement && !/^(checkbox|radio|button)$/.test(target.type));
}

/** One step back: what lies over the page wherever the focus is, what is selected, the reply, the panel, the chat. */
function back(): void {
  if (closeTopLayer()) return;
  const at = route.peek();
  const reply = document.querySelector<HTMLElement>(".about .round");
  if (selection.peek()) selection.value = null;
  else if (at.screen === "chat" && closeSearch(at.key)) return;
  else if (reply) reply.click();
  else if (at.screen === "chat" && at.panel) go(`/app/c/${at.key}${at.section ? "/info" : ""}`);
  else if (at.screen === "comments") goBack();
  else if (at.screen !== "list") go("/app");
}

/** The next chat of the list, or the next with something new; after the last comes the first. */
function neighbour(client: Client, down: boolean, unread: boolean): void {
  const at = route.peek();
  const talks = client.store.order.peek().flatMap((key) => client.store.talk(key).peek() ?? []).filter((talk) => talk.folder === 0);
  const ordered = down ? talks : talks.reverse();
  const here = ordered.findIndex((talk) => at.screen === "chat" && talk.key === at.key);
  const others = [...ordered.slice(here + 1), ...ordered.slice(0, Math.max(0, here))];
  const next = others.find((talk) => !unread || talk.unread > 0 || talk.mark);
  if (next) go(`/app/c/${next.key}`);
}

/** Move the focus to the next part of the page. */
function landmark(step: number): void {
  const parts = ["#search", ".messages", "#composer", ".panel"]
    .map((part) => document.querySelector<HTMLElement>(part))
    .filter((part) => part !== null && part.offsetParent !== null) as HTMLElement[];
  const here = parts.findIndex((part) => part === document.activeElement || part.contains(document.activeElement));
  parts.at((here + step + parts.length) % parts.length)?.focus();
}
