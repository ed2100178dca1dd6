/** Whether a single letter acts on the message that has the focus (WCAG 2.1.4: it can be switched off). */
const KEY = "pb-app-single-keys";

export function singleKeys(): boolean {
  return localStorage.getItem(KEY) !== "off";
}

export function setSingleKeys(on: boolean): void {
  localStorage.setItem(KEY, on ? "on" : "off");
}
