/** The emoji used last: kept on a device of one's own, else until the browser is closed. */
const KEY = "pb-app-emoji";
const KEPT = 24;

function store(trusted: boolean): Storage {
  return trusted ? localStorage : sessionStorage;
}

export function recentEmoji(trusted: boolean): string[] {
  try {
    const kept: unknown = JSON.parse(store(trusted).getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((one) => typeof one === "string").slice(0, KEPT) : [];
  } catch {
    return [];
  }
}

/** It was used just now. */
export function keepEmoji(emoji: string, trusted: boolean): void {
  const list = [emoji, ...recentEmoji(trusted).filter((one) => one !== emoji)].slice(0, KEPT);
  try {
    store(trusted).setItem(KEY, JSON.stringify(list));
  } catch {
    // A full store: what was used is forgotten with the page.
  }
}
