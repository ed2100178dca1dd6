/** What is copied and pasted: text with its styles as HTML, and what of foreign HTML is kept. Pure: nothing is ever read by the browser. */
import { safeUrl } from "../../../ui/entities.ts";
import type { Rich } from "../../../ui/markdown.ts";
import type { MessageEntity } from "../../../wire/schema.d.ts";
import type { Kind } from "./model.ts";
import { made, settled } from "./model.ts";
import { linesOf } from "./lines.ts";

const TAGS: Record<string, Kind> = {
  b: "messageEntityBold", strong: "messageEntityBold", i: "messageEntityItalic", em: "messageEntityItalic", cite: "messageEntityItalic",
  u: "messageEntityUnderline", ins: "messageEntityUnderline", s: "messageEntityStrike", strike: "messageEntityStrike", del: "messageEntityStrike",
  code: "messageEntityCode", kbd: "messageEntityCode", samp: "messageEntityCode", tt: "messageEntityCode", "tg-spoiler": "messageEntitySpoiler",
  pre: "messageEntityPre", blockquote: "messageEntityBlockquote",
  h1: "messageEntityBold", h2: "messageEntityBold", h3: "messageEntityBold", h4: "messageEntityBold", h5: "messageEntityBold", h6: "messageEntityBold", th: "messageEntityBold",
};
const BLOCKS = new Set("address article aside blockquote dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tr ul".split(" "));
const SPACED = new Set("p h1 h2 h3 h4 h5 h6 ul ol table".split(" "));
const SILENT = new Set("head script style template title noscript svg math iframe object textarea select".split(" "));
const EMPTY = new Set("area base br col embed hr img input link meta source track wbr".split(" "));
const NAMED: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0", hellip: "…", ndash: "–", mdash: "—", laquo: "«", raquo: "»", lsquo: "‘", rsquo: "’", ldquo: "“", rdquo: "”", euro: "€", eacute: "é", egrave: "è", agrave: "à", ccedil: "ç" };
const NAME = /[a-zA-Z][a-zA-Z0-9:-]*/y;
const DEEPEST = 200;
/** A message has 4,096 characters; of a whole book the beginning is enough. */
const LONGEST = 65_536;

interface Open {
  tag: string;
  start: number;
  entity: MessageEntity | null;
  list: { count: number } | null;
}

/** The text of a piece of HTML with the styles, links, lists and quotations that a message can have. */
export function fromHtml(html: string): Rich {
  // What a browser copies says itself where the piece begins.
  const from = html.indexOf("<!--StartFragment-->");
  const to = html.lastIndexOf("<!--EndFragment-->");
  const reader = new Reader();
  for (const piece of pieces(from >= 0 && to > from ? html.slice(from, to) : html)) {
    if ("text" in piece) reader.text(piece.text);
    else reader.tag(piece.tag, piece.close, piece.rest);
    if (reader.isFull()) break;
  }
  return reader.end();
}

type Piece = { text: string } | { tag: string; close: boolean; rest: string };

/** Tags and what stands between them, in one pass however broken the HTML is. */
function* pieces(html: string): Generator<Piece> {
  let at = 0;
  while (at < html.length) {
    const next = html.indexOf("<", at);
    if (next !== at) yield { text: html.slice(at, next < 0 ? undefined : next) };
    if (next < 0) return;
    at = next + 1;
    if (html.startsWith("!--", at)) {
      const end = html.indexOf("-->", at + 3);
      if (end < 0) return;
      at = end + 3;
      continue;
    }
    const close = html[at] === "/";
    NAME.lastIndex = at + (close ? 1 : 0);
    const name = NAME.exec(html)?.[0];
    if (!name && !/[!?/]/.test(html[at] ?? "")) {
      yield { text: "<" };
      continue;
    }
    const start = NAME.lastIndex;
    const end = name ? tagEnd(html, start) : html.indexOf(">", at);
    // A tag that never ends: so does nothing after it.
    if (end < 0) return;
    if (name) yield { tag: name.toLowerCase(), close, rest: html.slice(start, end) };
    at = end + 1;
  }
}

/** Where a tag ends whose attributes begin at `at`: a ">" within quotes does not end it. -1: nowhere. */
function tagEnd(html: string, at: number): number {
  let quote = "";
  for (let i = at; i < html.length; i++) {
    const char = html[i];
    if (quote) quote = char === quote ? "" : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (char === ">") return i;
  }
  return -1;
}

class Reader {
  private out = "";
  private entities: MessageEntity[] = [];
  private open: Open[] = [];
  /** Line breaks that are due before the next word. */
  private due = 0;
  private silent = 0;

  tag(tag: string, close: boolean, rest: string): void {
    if (SILENT.has(tag)) this.silent = Math.max(0, this.silent + (close ? -1 : rest.endsWith("/") ? 0 : 1));
    if (this.silent) return;
    if (tag === "br") return void (this.out += "\n");
    if (close && tag !== "td") this.close(tag);
    if (BLOCKS.has(tag)) this.due = Math.max(this.due, SPACED.has(tag) && !this.isInList() ? 2 : 1);
    if (tag === "td" && close) return this.put("\t");
    if (close || EMPTY.has(tag) || this.open.length > DEEPEST) return;
    if (tag === "li") this.bullet();
    const list = tag === "ol" ? { count: 0 } : null;
    const entity = entityOf(tag, rest);
    if (entity) this.flush();
    this.open.push({ tag, start: this.out.length, entity, list });
  }

  isFull(): boolean {
    return this.out.length > LONGEST;
  }

  private isInList(): boolean {
    return this.open.some((one) => one.tag === "li" || one.tag === "ul" || one.tag === "ol");
  }

  private bullet(): void {
    const list = this.open.findLast((one) => one.tag === "ul" || one.tag === "ol");
    if (this.out) this.due = Math.max(this.due, 1);
    this.put(list?.list ? `${++list.list.count}. ` : "• ");
  }

  text(raw: string): void {
    if (this.silent) return;
    const words = decoded(raw).replaceAll("\r", "");
    if (this.open.some((one) => one.tag === "pre")) return this.put(words.replaceAll("\u00a0", " "));
    const flat = words.replace(/[ \t\n\f]+/g, " ");
    const isEdge = this.out === "" || this.due > 0 || /\s/.test(this.out.at(-1) ?? "");
    const kept = isEdge ? flat.replace(/^ /, "") : flat;
    if (kept) this.put(kept.replaceAll("\u00a0", " "));
  }

  private put(words: string): void {
    this.flush();
    this.out += words;
  }

  /** The line breaks that are due; none before the first word. */
  private flush(): void {
    if (this.out && this.due) {
      while (this.out.endsWith(" ")) this.out = this.out.slice(0, -1);
      let has = 0;
      while (this.out.at(-1 - has) === "\n") has++;
      this.out += "\n".repeat(Math.max(0, this.due - has));
    }
    this.due = 0;
  }

  private close(tag: string): void {
    const at = this.open.findLastIndex((one) => one.tag === tag);
    if (at < 0) return;
    for (const one of this.open.splice(at)) this.done(one);
  }

  private done({ entity, start }: Open): void {
    const length = this.out.trimEnd().length - start;
    if (entity && length > 0) this.entities.push({ ...entity, offset: start, length });
  }

  end(): Rich {
    for (const one of this.open.splice(0)) this.done(one);
    const text = this.out.trimEnd();
    return settled({ text, entities: this.entities });
  }
}

/** What a tag means, if a message can say it. */
function entityOf(tag: string, rest: string): MessageEntity | null {
  const person = attribute(rest, "data-person");
  if (/^\d{1,19}$/.test(person)) return { _: "messageEntityMentionName", offset: 0, length: 0, user_id: person };
  if (tag === "a") {
    const url = safeUrl(decoded(attribute(rest, "href")));
    return url ? { _: "messageEntityTextUrl", offset: 0, length: 0, url } : null;
  }
  const style = attribute(rest, "style").toLowerCase();
  // Some editors put everything into a <b> that is not bold.
  if (/font-weight:\s*(normal|400)/.test(style) && (tag === "b" || tag === "strong")) return null;
  if (tag === "pre") return { _: "messageEntityPre", offset: 0, length: 0, language: decoded(attribute(rest, "data-language")) };
  const kind = TAGS[tag];
  if (kind) return made(kind, 0, 0);
  if (tag !== "span") return null;
  if (/font-weight:\s*(bold|[6-9]00)/.test(style)) return made("messageEntityBold", 0, 0);
  if (/font-style:\s*italic/.test(style)) return made("messageEntityItalic", 0, 0);
  if (/text-decoration[^;]*line-through/.test(style)) return made("messageEntityStrike", 0, 0);
  return null;
}

function attribute(rest: string, name: string): string {
  const found = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, "i").exec(rest);
  return found?.[1] ?? found?.[2] ?? found?.[3] ?? "";
}

function decoded(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,8}));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
    const code = hex ? parseInt(hex, 16) : decimal ? Number(decimal) : 0;
    if (code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)) return String.fromCodePoint(code);
    return (name && NAMED[name]) || whole;
  });
}

function encoded(text: string): string {
  return text.replace(/[&<>"]/g, (char) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[char] ?? char);
}

const AROUND: Record<string, string> = { bold: "b", italic: "i", underline: "u", strike: "s", spoiler: "tg-spoiler", code: "code" };

/** A text as other programs and other fields of ours take it. */
export function toHtml(rich: Rich): string {
  const languages = rich.entities.flatMap((one) => (one._ === "messageEntityPre" ? [one] : []));
  let out = "";
  let offset = 0;
  let open = "";
  for (const [at, { quote, pre, parts }] of linesOf(rich).entries()) {
    const block = languages.find((one) => one.offset <= offset && one.offset + one.length > offset);
    const wanted = pre ? `pre data-language="${encoded(block?.language ?? "")}"` : quote ? "blockquote" : "";
    if (at && open === wanted) out += "<br>";
    else out += (open ? `</${open.split(" ")[0]}>` : "") + (at && !open && !wanted ? "<br>" : "") + (wanted ? `<${wanted}>` : "");
    open = wanted;
    for (const { text, marks } of parts) {
      const tags = marks.flatMap(({ mark, value }): string[] => (mark === "link" ? [`a href="${encoded(value)}"`] : mark === "mention" && value.startsWith("u") ? [`span data-person="${value.slice(1)}"`] : AROUND[mark] ? [AROUND[mark]] : []));
      out += tags.map((one) => `<${one}>`).join("") + encoded(text).replace(/^ | $/g, "&nbsp;").replaceAll("  ", " &nbsp;") + tags.reverse().map((one) => `</${one.split(" ")[0]}>`).join("");
    }
    offset += parts.reduce((sum, one) => sum + one.text.length, 0) + 1;
  }
  return out + (open ? `</${open.split(" ")[0]}>` : "");
}
