/** What is looked for, and how calls say it. Pure. */
import type { Key } from "../../i18n/index.ts";
import type { MessagesFilter } from "../../wire/schema.d.ts";

export interface Asked {
  text: string;
  kind: KindName;
  /** Who said it, or "". */
  from: string;
  /** Days as fields give them (2026-11-29), or "": the first and the last day. */
  since: string;
  until: string;
  /** In which chats, where all are looked through. */
  where: Where;
}
export type Where = "all" | "users" | "groups" | "channels";

export const NOTHING: Asked = { text: "", kind: "all", from: "", since: "", until: "", where: "all" };

interface Kind {
  label: Key;
  filter: MessagesFilter;
  /** Can be asked of one chat only. */
  inChat?: true;
}

export const KINDS = {
  all: { label: "search.all", filter: { _: "inputMessagesFilterEmpty" } },
  photos: { label: "search.photos", filter: { _: "inputMessagesFilterPhotos" } },
  videos: { label: "search.videos", filter: { _: "inputMessagesFilterVideo" } },
  files: { label: "search.files", filter: { _: "inputMessagesFilterDocument" } },
  links: { label: "search.links", filter: { _: "inputMessagesFilterUrl" } },
  voice: { label: "search.voice", filter: { _: "inputMessagesFilterRoundVoice" } },
  music: { label: "search.music", filter: { _: "inputMessagesFilterMusic" } },
  mentions: { label: "search.mentions", filter: { _: "inputMessagesFilterMyMentions" }, inChat: true },
  pinned: { label: "search.pinned", filter: { _: "inputMessagesFilterPinned" }, inChat: true },
} as const satisfies Record<string, Kind>;
export type KindName = keyof typeof KINDS;

/** Names of the kinds that can be asked for. */
export function kindsOf(inChat: boolean): KindName[] {
  return (Object.keys(KINDS) as KindName[]).filter((name) => inChat || !("inChat" in KINDS[name]));
}

/** A single letter is in every message. */
const LEAST = 2;

/** Whether the question says enough to be asked. */
export function isAsked({ text, kind, from, since, until }: Asked): boolean {
  const long = text.trim().length >= LEAST;
  return long || (text.trim() === "" && (kind !== "all" || from !== "" || since !== "" || until !== ""));
}

/** How many conditions there are besides the words. */
export function conditions({ kind, from, since, until, where }: Asked): number {
  return [kind !== "all", from, since, until, where !== "all"].filter(Boolean).length;
}

/** The first second of a day here, or of the day after it; unix time, 0 for no day. */
export function secondOf(day: string, after = 0): number {
  const found = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day);
  if (!found) return 0;
  const [, year, month, date] = found;
  return Math.max(0, Math.floor(new Date(Number(year), Number(month) - 1, Number(date) + after).getTime() / 1000));
}

/** Both inclusive, as calls want them. */
export function limits({ since, until }: Asked): { min_date: number; max_date: number } {
  return { min_date: secondOf(since), max_date: until ? secondOf(until, 1) - 1 : 0 };
}

/** The same day as a field writes it. */
export function dayOf(date: Date): string {
  const two = (n: number) => String(n).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
