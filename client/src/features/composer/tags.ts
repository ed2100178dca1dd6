/** The hashtags used last: kept on a device of one's own, else until the browser is closed. */
const KEY = "pb-app-tags";
const KEPT = 50;
const TAG = /(?<![\p{L}\p{N}_])#([\p{L}\p{N}_]{2,64})/gu;

export function tagsIn(text: string): string[] {
  return [...text.matchAll(TAG)].flatMap(([, tag = ""]) => (/\D/.test(tag) ? [tag] : []));
}

function store(trusted: boolean): Storage {
  return trusted ? localStorage : sessionStorage;
}

export function keptTags(trusted: boolean): string[] {
  try {
    const kept: unknown = JSON.parse(store(trusted).getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((one) => typeof one === "string") : [];
  } catch {
    return [];
  }
}

/** A text with them was sent. */
export function keepTags(text: string, trusted: boolean): void {
  const used = tagsIn(text);
  if (!used.length) return;
  try {
    store(trusted).setItem(KEY, JSON.stringify([...new Set([...used, ...keptTags(trusted)])].slice(0, KEPT)));
  } catch {
    // A full store: they are found in the history only.
  }
}
