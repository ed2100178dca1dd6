/** The tabs of what a chat holds. Pure. */
import type { Key } from "../../i18n/index.ts";
import type { MessagesFilter, messages_SearchCounter } from "../../wire/schema.d.ts";

export const TABS = {
  media: { label: "shared.media", filter: { _: "inputMessagesFilterPhotoVideo" } },
  files: { label: "shared.files", filter: { _: "inputMessagesFilterDocument" } },
  links: { label: "shared.links", filter: { _: "inputMessagesFilterUrl" } },
  voice: { label: "shared.voice", filter: { _: "inputMessagesFilterRoundVoice" } },
  music: { label: "shared.music", filter: { _: "inputMessagesFilterMusic" } },
} as const satisfies Record<string, { label: Key; filter: MessagesFilter }>;
export type Tab = keyof typeof TABS;

/** How many there are of each, by the server's counters; those without any are left out. */
export function countsOf(counters: readonly messages_SearchCounter[]): [Tab, number][] {
  const count = (tab: Tab) => counters.find((one) => one.filter._ === TABS[tab].filter._)?.count ?? 0;
  return (Object.keys(TABS) as Tab[]).map((tab): [Tab, number] => [tab, count(tab)]).filter(([, n]) => n > 0);
}

const ADDRESS = /\bhttps?:\/\/[^\s<>"']+/g;

export interface Link {
  /** The address, or "" where it is none that may be opened. */
  href: string;
  shown: string;
}

/** The addresses in a text with its marks, each once. */
export function linksIn(text: string, entities: readonly { _: string; offset: number; length: number; url?: string }[]): Link[] {
  const found = new Map<string, Link>();
  const add = (address: string, shown: string) => {
    const href = safe(address);
    if (href && !found.has(href)) found.set(href, { href, shown });
  };
  for (const one of entities) {
    const words = text.slice(one.offset, one.offset + one.length);
    if (one._ === "messageEntityTextUrl" && one.url) add(one.url, one.url);
    if (one._ === "messageEntityUrl") add(words, words);
  }
  if (!found.size) for (const [address] of text.matchAll(ADDRESS)) add(address, address);
  return [...found.values()];
}

/** Only what a browser opens as a page. */
function safe(address: string): string {
  const whole = /^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `https://${address}`;
  try {
    const url = new URL(whole);
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : "";
  } catch {
    return "";
  }
}

/** 0:07, 12:05, 1:02:03 */
export function length(seconds: number): string {
  const two = (n: number) => String(n).padStart(2, "0");
  const whole = Math.max(0, Math.round(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
