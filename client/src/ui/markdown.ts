/** Markdown marks of a plain field into entities, and back. Pure; offsets are UTF-16 units. */
import type { MessageEntity } from "../wire/schema.d.ts";
import { safeUrl } from "./entities.ts";

export interface Rich {
  text: string;
  entities: MessageEntity[];
}

type Pair = [string, "messageEntityBold" | "messageEntityItalic" | "messageEntityStrike" | "messageEntitySpoiler" | "messageEntityUnderline"];
const PAIRS: Pair[] = [
  ["**", "messageEntityBold"],
  ["__", "messageEntityUnderline"],
  ["~~", "messageEntityStrike"],
  ["||", "messageEntitySpoiler"],
  ["_", "messageEntityItalic"],
  ["*", "messageEntityItalic"],
];
const BLOCK = /^```([\w+#-]*)[ \t]*\n?([\s\S]*?)\n?```/;
const CODE = /^`([^`\n]+)`/;
const LINK = /^\[([^\]\n]+)\]\(([^()\s]+)\)/;
/** How a person without a username is named in a link. */
const PERSON = /^tg:\/\/user\?id=(\d{1,19})$/;
const WORD = /[\p{L}\p{N}]/u;

/** The text without its marks and without blank edges, and what the marks meant. */
export function fromMarkdown(source: string): Rich {
  return trimmed(readMarkdown(source));
}

/** The same with its blank edges: somebody goes on writing. */
export function readMarkdown(source: string): Rich {
  const out: Rich = { text: "", entities: [] };
  for (const [at, block] of splitQuotes(source).entries()) {
    if (at) out.text += "\n";
    const offset = out.text.length;
    inline(block.text, out);
    if (!block.quote) continue;
    const length = out.text.length - offset;
    if (length) out.entities.push({ _: "messageEntityBlockquote", offset, length });
  }
  return sorted(out);
}

/** Lines that begin with `> ` belong together; blocks of code are left whole. */
function splitQuotes(source: string): { quote: boolean; text: string }[] {
  const blocks: { quote: boolean; text: string }[] = [];
  let inCode = false;
  for (const line of source.split("\n")) {
    const quote = !inCode && line.startsWith("> ");
    if (!quote && (line.match(/```/g)?.length ?? 0) % 2) inCode = !inCode;
    const text = quote ? line.slice(2) : line;
    const before = blocks.at(-1);
    if (before?.quote === quote) before.text += `\n${text}`;
    else blocks.push({ quote, text });
  }
  return blocks;
}

function inline(source: string, out: Rich): void {
  let at = 0;
  while (at < source.length) {
    const rest = source.slice(at);
    if (rest[0] === "\\" && rest[1] && /[\\`*_~|[\]>]/.test(rest[1])) {
      out.text += rest[1];
      at += 2;
      continue;
    }
    at += code(rest, out) || link(rest, out) || pair(source, at, out) || plain(rest, out);
  }
}

function plain(rest: string, out: Rich): number {
  out.text += rest[0];
  return 1;
}

function code(rest: string, out: Rich): number {
  const block = BLOCK.exec(rest);
  const found = block ?? CODE.exec(rest);
  const text = block ? block[2] : found?.[1];
  if (!found || !text) return 0;
  const place = { offset: out.text.length, length: text.length };
  out.entities.push(
    block
      ? { _: "messageEntityPre", ...place, language: block[1] ?? "" }
      : { _: "messageEntityCode", ...place },
  );
  out.text += text;
  return found[0].length;
}

function link(rest: string, out: Rich): number {
  const found = LINK.exec(rest);
  const url = safeUrl(found?.[2] ?? "");
  if (!found?.[1] || !url) return 0;
  const offset = out.text.length;
  inline(found[1], out);
  const length = out.text.length - offset;
  const person = PERSON.exec(url)?.[1];
  if (length) out.entities.push(person ? { _: "messageEntityMentionName", offset, length, user_id: person } : { _: "messageEntityTextUrl", offset, length, url });
  return found[0].length;
}

function pair(source: string, at: number, out: Rich): number {
  for (const [mark, kind] of PAIRS) {
    if (!source.startsWith(mark, at)) continue;
    const close = closing(source, at + mark.length, mark);
    if (close < 0) continue;
    // snake_case and 2*3*4 are no emphasis.
    if (mark.length === 1 && (isWord(source[at - 1]) || isWord(source[close + 1]))) continue;
    const offset = out.text.length;
    inline(source.slice(at + mark.length, close), out);
    const length = out.text.length - offset;
    if (length) out.entities.push({ _: kind, offset, length });
    return close + mark.length - at;
  }
  return 0;
}

function closing(source: string, from: number, mark: string): number {
  if (/\s/.test(source[from] ?? " ")) return -1;
  for (let at = source.indexOf(mark, from); at >= 0; at = source.indexOf(mark, at + 1)) {
    if (at === from || /\s/.test(source[at - 1] ?? " ") || source[at - 1] === "\\") continue;
    if (mark.length === 1 && source[at + 1] === mark) {
      at++;
      continue;
    }
    return at;
  }
  return -1;
}

function isWord(char: string | undefined): boolean {
  return char !== undefined && WORD.test(char);
}

function sorted({ text, entities }: Rich): Rich {
  return { text, entities: entities.sort((a, b) => a.offset - b.offset || b.length - a.length) };
}

/** Without blank edges; marks follow. */
export function trimmed({ text, entities }: Rich): Rich {
  const lead = text.length - text.trimStart().length;
  const kept = text.trim();
  const moved = entities.flatMap((entity) => {
    const start = Math.max(0, entity.offset - lead);
    const end = Math.min(kept.length, entity.offset + entity.length - lead);
    return end > start ? [{ ...entity, offset: start, length: end - start }] : [];
  });
  return sorted({ text: kept, entities: moved });
}

const AROUND: { [K in MessageEntity["_"]]?: string } = {
  messageEntityBold: "**",
  messageEntityItalic: "_",
  messageEntityUnderline: "__",
  messageEntityStrike: "~~",
  messageEntitySpoiler: "||",
  messageEntityCode: "`",
};

/** What to put into the field to get this text again. */
export function toMarkdown(text: string, entities: readonly MessageEntity[]): string {
  const puts: { at: number; order: number; text: string }[] = [];
  for (const entity of entities) {
    const { offset, length } = entity;
    const [open, close] = marksAround(entity);
    if (!open) continue;
    puts.push({ at: offset, order: offset + length === 0 ? 0 : 1e6 - length, text: open });
    puts.push({ at: offset + length, order: length - 1e7, text: close });
  }
  puts.sort((a, b) => a.at - b.at || a.order - b.order);
  let out = "";
  let done = 0;
  for (const put of puts) {
    out += text.slice(done, put.at) + put.text;
    done = put.at;
  }
  out += text.slice(done);
  return quoted(out, text, entities);
}

function marksAround(entity: MessageEntity): [string, string] {
  const simple = AROUND[entity._];
  if (simple) return [simple, simple];
  if (entity._ === "messageEntityPre") return [`\`\`\`${entity.language}\n`, "\n```"];
  if (entity._ === "messageEntityTextUrl") return ["[", `](${entity.url})`];
  if (entity._ === "messageEntityMentionName") return ["[", `](tg://user?id=${entity.user_id})`];
  return ["", ""];
}

/** A message that is one quotation gets its marks back line by line. */
function quoted(out: string, text: string, entities: readonly MessageEntity[]): string {
  const whole = entities.some(
    (one) =>
      one._ === "messageEntityBlockquote" && one.offset === 0 && one.length === text.length,
  );
  return whole ? out.replace(/^/gm, "> ") : out;
}
