/** The hashtags used last on this device. */
const KEY = "pb-app-tags";
const KEPT = 50;
const TAG = /(?<![\p{L}\p{N}_])#([\p{L}\p{N}_]{2,64})/gu;

export function tagsIn(text: string): string[] {
  return [...text.matchAll(TAG)].flatMap(([, tag = ""]) => (/\D/.test(tag) ? [tag] : []));
}

export function keptTags(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((one) => typeof one === "string") : [];
  } catch {
    return [];
  }
}

/** A text with them was sent. */
export function keepTags(text: string): void {
  const used = tagsIn(text);
  if (!used.length) return;
  try {
    localStorage.setItem(KEY, JSON.stringify([...new Set([...used, ...keptTags()])].slice(0, KEPT)));
  } catch {
    // A full store: they are found in the history only.
  }
}
