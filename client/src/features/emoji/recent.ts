/** The emoji used last on this device. */
const KEY = "pb-app-emoji";
const KEPT = 24;

export function recentEmoji(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((one) => typeof one === "string").slice(0, KEPT) : [];
  } catch {
    return [];
  }
}

/** It was used just now. */
export function keepEmoji(emoji: string): void {
  const list = [emoji, ...recentEmoji().filter((one) => one !== emoji)].slice(0, KEPT);
  try {
    localStorage.setItem(KEY, JSON.stringify(list));
  } catch {
    // A full store: what was used is forgotten with the page.
  }
}
