/** Markdown while it is typed: what a character just completed becomes what it means. Pure. */
import { safeUrl } from "../../../ui/entities.ts";
import type { Rich } from "../../../ui/markdown.ts";
import type { Kind, Style } from "./model.ts";
import { hasKind, kindsAt, linked, made, replaced, settled } from "./model.ts";

export interface Converted {
  rich: Rich;
  caret: number;
  /** The styles of what is typed next. */
  kinds: ReadonlySet<Kind> | null;
}

const PAIRS: readonly (readonly [string, Style])[] = [
  ["**", "messageEntityBold"],
  ["__", "messageEntityUnderline"],
  ["~~", "messageEntityStrike"],
  ["||", "messageEntitySpoiler"],
  ["`", "messageEntityCode"],
  ["_", "messageEntityItalic"],
  ["*", "messageEntityItalic"],
];
const NOTHING: Rich = { text: "", entities: [] };
const WORD = /[\p{L}\p{N}]/u;
const LINK = /\[([^[\]\n]+)\]\(([^()\s]+)\)$/;
/** What a line begins with that opens a block of code. */
const FENCE = /^```([\w+#-]*)$/;
export const MARKS = /[*_~|`)>]/;

/** What the text becomes by the character before the caret, or null. */
export function converted(rich: Rich, caret: number): Converted | null {
  if (isCode(rich, caret)) return null;
  const from = rich.text.lastIndexOf("\n", caret - 1) + 1;
  const line = rich.text.slice(from, caret);
  const link = LINK.exec(line);
  if (link) return toLink(rich, caret, link);
  for (const [mark, kind] of PAIRS) {
    if (!line.endsWith(mark)) continue;
    const open = opening(line, mark);
    if (open >= 0 && !isCode(rich, from + open + 1)) return toStyle(rich, from + open, caret, mark, kind);
    // `**` that closes nothing is no `*` either.
    if (mark.length > 1) return null;
  }
  return null;
}

function isCode(rich: Rich, at: number): boolean {
  return hasKind(rich, "messageEntityCode", at, at) || hasKind(rich, "messageEntityPre", at, at);
}

/** Where the pair of a mark begins that ends the line, or -1. */
function opening(line: string, mark: string): number {
  const [char = ""] = mark;
  const close = line.length - mark.length;
  if (/\s/.test(line[close - 1] ?? " ") || line[close - 1] === char || line[close - 1] === "\\") return -1;
  for (let at = line.lastIndexOf(mark, close - mark.length - 1); at >= 0; at = at > 0 ? line.lastIndexOf(mark, at - 1) : -1) {
    const inside = line.slice(at + mark.length, close);
    if (!inside || /^\s/.test(inside) || inside[0] === char || line[at - 1] === char || line[at - 1] === "\\") continue;
    // snake_case is no emphasis.
    if (mark.length === 1 && char !== "`" && WORD.test(line[at - 1] ?? "")) continue;
    return inside.includes(mark) ? -1 : at;
  }
  return -1;
}

function toStyle(rich: Rich, open: number, caret: number, mark: string, kind: Style): Converted {
  const kinds = kindsAt(rich, open);
  const shorter = replaced(replaced(rich, caret - mark.length, caret, NOTHING), open, open + mark.length, NOTHING);
  const end = caret - 2 * mark.length;
  const styled = settled({ text: shorter.text, entities: [...shorter.entities, made(kind, open, end - open)] });
  return { rich: styled, caret: end, kinds };
}

function toLink(rich: Rich, caret: number, found: RegExpExecArray): Converted | null {
  const [whole, words = "", address = ""] = found;
  const url = safeUrl(address);
  if (!url) return null;
  const start = caret - whole.length;
  const shorter = replaced(replaced(rich, start + 1 + words.length, caret, NOTHING), start, start + 1, NOTHING);
  return { rich: linked(shorter, start, start + words.length, url), caret: start + words.length, kinds: null };
}

export interface BlockStart {
  kind: "messageEntityPre" | "messageEntityBlockquote";
  language: string;
  /** How much of the line before the caret says so, and goes. */
  from: number;
}

/** Whether what stands before the caret opens a block: `> ` and whatever follows, or a fence and Enter. */
export function blockStart({ text }: Rich, caret: number, enter: boolean): BlockStart | null {
  const from = text.lastIndexOf("\n", caret - 1) + 1;
  const line = text.slice(from, caret);
  if (!enter && line === "> ") return { kind: "messageEntityBlockquote", language: "", from };
  const fence = enter ? FENCE.exec(line) : null;
  return fence ? { kind: "messageEntityPre", language: fence[1] ?? "", from } : null;
}
