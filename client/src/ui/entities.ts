/** Text and its entities as nested parts, and back. Offsets are UTF-16 units, as JavaScript counts. Pure. */
import type { MessageEntity } from "../wire/schema.d.ts";

export type Mark =
  | "bold"
  | "italic"
  | "underline"
  | "strike"
  | "spoiler"
  | "code"
  | "pre"
  | "quote"
  | "link"
  | "mention"
  | "hashtag"
  | "command";
export interface Part {
  readonly marks: readonly Marked[];
  readonly text: string;
}
export interface Marked {
  readonly mark: Mark;
  /** Where a link leads, the language of a block, the person of a mention. */
  readonly value: string;
  /** Where the entity begins: parts of one entity belong together. */
  readonly at: number;
}

const MARKS: { [K in MessageEntity["_"]]?: Mark } = {
  messageEntityBold: "bold",
  messageEntityItalic: "italic",
  messageEntityUnderline: "underline",
  messageEntityStrike: "strike",
  messageEntitySpoiler: "spoiler",
  messageEntityCode: "code",
  messageEntityPre: "pre",
  messageEntityBlockquote: "quote",
  messageEntityTextUrl: "link",
  messageEntityUrl: "link",
  messageEntityEmail: "link",
  messageEntityPhone: "link",
  messageEntityMention: "mention",
  messageEntityMentionName: "mention",
  messageEntityHashtag: "hashtag",
  messageEntityBotCommand: "command",
};
const SCHEMES = new Set(["http:", "https:", "mailto:", "tel:", "tg:"]);
const MAX = 100;
/** One of these inside another of its kind changes nothing: where each begins is not told apart. */
const PLAIN = new Set<Mark>(["bold", "italic", "underline", "strike", "code"]);

/** The text cut where a mark begins or ends. Marks outside the text are cut to it. */
export function partsOf(text: string, entities: readonly MessageEntity[]): Part[] {
  const marks = entities.slice(0, MAX).flatMap((entity) => {
    const mark = MARKS[entity._];
    const start = Math.max(0, Math.min(entity.offset, text.length));
    const end = Math.max(start, Math.min(entity.offset + entity.length, text.length));
    if (!mark || start === end) return [];
    const at = PLAIN.has(mark) ? 0 : start;
    return [{ start, end, marked: { mark, value: valueOf(entity, text.slice(start, end)), at } }];
  });
  marks.sort((a, b) => a.start - b.start || b.end - a.end);
  const cuts = new Set([0, text.length]);
  for (const { start, end } of marks) cuts.add(start).add(end);
  const places = [...cuts].sort((a, b) => a - b);
  const parts: { text: string; marks: Marked[] }[] = [];
  for (const [at, start] of places.slice(0, -1).entries()) {
    const end = places[at + 1] ?? text.length;
    const over = new Map<Mark, Marked>();
    // Of several of one kind the outermost: a thousand of them are as deep as one.
    for (const one of marks) if (one.start <= start && one.end >= end && !over.has(one.marked.mark)) over.set(one.marked.mark, one.marked);
    const part = { text: text.slice(start, end), marks: [...over.values()] };
    const before = parts.at(-1);
    if (before && alike(before.marks, part.marks)) before.text += part.text;
    else parts.push(part);
  }
  return parts;
}

function alike(a: readonly Marked[], b: readonly Marked[]): boolean {
  return a.length === b.length && a.every((one, n) => one.mark === b[n]?.mark && one.at === b[n]?.at && one.value === b[n]?.value);
}

function valueOf(entity: MessageEntity, text: string): string {
  switch (entity._) {
    case "messageEntityTextUrl":
      return safeUrl(entity.url);
    case "messageEntityUrl":
      return safeUrl(/^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`);
    case "messageEntityEmail":
      return safeUrl(`mailto:${text}`);
    case "messageEntityPhone":
      return safeUrl(`tel:${text.replace(/[^+\d]/g, "")}`);
    case "messageEntityPre":
      return entity.language;
    case "messageEntityMention":
      return text.replace(/^@/, "");
    case "messageEntityMentionName":
      return `u${entity.user_id}`;
    case "messageEntityHashtag":
      return text;
    default:
      return "";
  }
}

/** The address if it may be followed, else "". */
export function safeUrl(address: string): string {
  try {
    const url = new URL(address);
    return SCHEMES.has(url.protocol) ? url.href : "";
  } catch {
    return "";
  }
}

/** What turns the direction of an address, so that it reads as another; what is in it and not seen. */
const TURNS = /[\u202a-\u202e\u2066-\u2069]/;
const UNSEEN = /[\p{Cf}\u0000-\u0008\u000e-\u001f\u007f\u115f\u1160\u3164\uffa0]/gu;

/** Whether the words of a link say another place than it leads to. */
export function misleads(text: string, href: string): boolean {
  if (TURNS.test(text)) return true;
  const words = text.replace(UNSEEN, "");
  const first = /^\s*(?:[a-z][a-z0-9+.-]*:\/\/)?([^\s/@]+\.[^\s/@]+)/iu.exec(words)?.[1];
  const others = [...words.matchAll(/[a-z][a-z0-9+.-]{0,20}:\/\/([^\s/]+)/giu)].map((one) => one[1] ?? "");
  return [...(first ? [first] : []), ...others].some((shown) => isElsewhere(shown, href));
}

function isElsewhere(shown: string, href: string): boolean {
  try {
    return new URL(`https://${shown}`).hostname !== new URL(href).hostname;
  } catch {
    return true;
  }
}
