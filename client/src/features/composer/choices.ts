/** How one likes to write: kept on this device. */
import { signal } from "@preact/signals";

const PLAIN = "pb-app-plain-field";
const CONTROL = "pb-app-control-enter";

/** The field shows Markdown marks instead of what they mean. */
export const plainField = signal(localStorage.getItem(PLAIN) === "on");
/** Enter begins a line, Ctrl+Enter sends. */
export const controlEnter = signal(localStorage.getItem(CONTROL) === "on");

export function choosePlain(on: boolean): void {
  plainField.value = on;
  localStorage.setItem(PLAIN, on ? "on" : "off");
}

export function chooseControl(on: boolean): void {
  controlEnter.value = on;
  localStorage.setItem(CONTROL, on ? "on" : "off");
}

/** What browsers say for a key that an input method has taken. */
const COMPOSING = 229;

/** Whether a key is for an input method. */
export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === COMPOSING;
}

/** Whether this Enter sends. On a phone it begins a line. */
export function isSending(event: KeyboardEvent): boolean {
  if (event.key !== "Enter" || event.shiftKey || event.altKey) return false;
  if (event.ctrlKey || event.metaKey) return true;
  return !controlEnter.peek() && !matchMedia("(pointer: coarse)").matches;
}
