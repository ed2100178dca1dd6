/**
 * Text and entities under the hands of somebody who writes. Pure; offsets are UTF-16 units. A text is *settled* when its entities
 * are as they are shown and sent: inside the text, styles of one kind joined, blocks of whole lines, code free of other styles.
 */
import type { Rich } from "../../../ui/markdown.ts";
import type { MessageEntity } from "../../../wire/schema.d.ts";

export type Style = "messageEntityBold" | "messageEntityItalic" | "messageEntityUnderline" | "messageEntityStrike" | "messageEntitySpoiler" | "messageEntityCode";
export type Block = "messageEntityPre" | "messageEntityBlockquote";
export type Kind = MessageEntity["_"];

export const STYLES: readonly Style[] = ["messageEntityBold", "messageEntityItalic", "messageEntityUnderline", "messageEntityStrike", "messageEntitySpoiler", "messageEntityCode"];
const BLOCKS: readonly Kind[] = ["messageEntityPre", "messageEntityBlockquote"];
/** What was written at its end belongs to it: typed words go on being bold, but not a link. */
const GROWING: readonly Kind[] = ["messageEntityBold", "messageEntityItalic", "messageEntityUnderline", "messageEntityStrike", "messageEntitySpoiler", ...BLOCKS];
/** What the server finds by itself in any text. */
const FOUND: readonly Kind[] = ["messageEntityUrl", "messageEntityEmail", "messageEntityPhone", "messageEntityMention", "messageEntityHashtag", "messageEntityCashtag", "messageEntityBotCommand", "messageEntityBankCard", "messageEntityUnknown"];
const MAX = 100;

export function isStyle(kind: Kind): kind is Style {
  return (STYLES as readonly Kind[]).includes(kind);
}

export function isBlock(kind: Kind): kind is Block {
  return BLOCKS.includes(kind);
}

interface Span {
  start: number;
  end: number;
  entity: MessageEntity;
}

/** The same text with its entities in order. Settling twice is settling once. */
export function settled({ text, entities }: Rich): Rich {
  const spans = entities.slice(0, MAX).filter((one) => !FOUND.includes(one._)).map((entity) => spanOf(text, entity));
  const blocks = neighbours(text, apart(text, spans.filter((one) => isBlock(one.entity._)).map((one) => wholeLines(text, one))));
  const code = apart(text, joined(spans.filter((one) => one.entity._ === "messageEntityCode"))).flatMap((one) => without(one, blocks.filter((other) => other.entity._ === "messageEntityPre")));
  const closed = [...code, ...blocks.filter((one) => one.entity._ === "messageEntityPre")];
  const styles = STYLES.filter((kind) => kind !== "messageEntityCode").flatMap((kind) => joined(spans.filter((one) => one.entity._ === kind)));
  const others = apart(text, spans.filter((one) => !isStyle(one.entity._) && !isBlock(one.entity._)));
  const open = [...styles, ...others].flatMap((one) => without(one, closed));
  const all = [...blocks, ...code, ...open].filter((one) => one.end > one.start);
  all.sort((a, b) => a.start - b.start || b.end - a.end || (a.entity._ < b.entity._ ? -1 : a.entity._ > b.entity._ ? 1 : 0));
  return { text, entities: all.map(({ start, end, entity }) => ({ ...entity, offset: start, length: end - start })) };
}

function spanOf(text: string, entity: MessageEntity): Span {
  const start = Math.max(0, Math.min(entity.offset, text.length));
  const end = Math.max(start, Math.min(entity.offset + entity.length, text.length));
  return { start: isInside(text, start) ? start - 1 : start, end: isInside(text, end) ? end + 1 : end, entity };
}

/** Whether a place is between the halves of one character. */
function isInside(text: string, at: number): boolean {
  return at > 0 && at < text.length && /[\ud800-\udbff]/.test(text[at - 1] ?? "") && /[\udc00-\udfff]/.test(text[at] ?? "");
}

/** Those that touch become one. */
function joined(spans: readonly Span[]): Span[] {
  const out: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const last = out.at(-1);
    if (span.end <= span.start) continue;
    if (last && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else out.push({ ...span });
  }
  return out;
}

/** Of two of one kind that overlap the first has the place; equal ones that touch are one. */
function apart(text: string, spans: readonly Span[]): Span[] {
  const out: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = out.findLast((one) => one.entity._ === span.entity._);
    const free = last?.end ?? 0;
    const start = span.start >= free ? span.start : isBlock(span.entity._) ? lineFrom(text, free) : free;
    if (last && isBlock(span.entity._) === false && last.end >= span.start && sameValue(last.entity, span.entity)) last.end = Math.max(last.end, span.end);
    else if (span.end > start) out.push({ ...span, start });
  }
  return out;
}

/** Where the first line begins that does not begin before a place. */
function lineFrom(text: string, at: number): number {
  if (at === 0 || text[at - 1] === "\n") return at;
  const next = text.indexOf("\n", at);
  return next < 0 ? text.length : next + 1;
}

/** Blocks of one kind on lines that follow each other look like one, and are. */
function neighbours(text: string, spans: readonly Span[]): Span[] {
  const out: Span[] = [];
  for (const span of spans) {
    const last = out.findLast((one) => one.entity._ === span.entity._);
    const follows = last && (last.end === span.start || (last.end === span.start - 1 && text[last.end] === "\n"));
    if (follows && sameValue(last.entity, span.entity)) last.end = span.end;
    else out.push(span);
  }
  return out;
}

function sameValue(a: MessageEntity, b: MessageEntity): boolean {
  return JSON.stringify({ ...a, offset: 0, length: 0 }) === JSON.stringify({ ...b, offset: 0, length: 0 });
}

/** What is left of a span beside others. */
function without(span: Span, others: readonly Span[]): Span[] {
  let left = [span];
  for (const other of others) {
    left = left.flatMap((one) => (other.end <= one.start || other.start >= one.end ? [one] : [{ ...one, end: other.start }, { ...one, start: other.end }])).filter((one) => one.end > one.start);
  }
  return left;
}

/** A block holds whole lines; an empty line at its end is part of it where the block reaches it. */
function wholeLines(text: string, { start, end, entity }: Span): Span {
  const { from, to } = linesAround(text, start, end);
  const isEmpty = end > start && text[end - 1] === "\n" && (end === text.length || text[end] === "\n");
  return { start: from, end: end === start ? from : isEmpty ? end : to, entity };
}

/**
 * Put `by` in the place of a part. It belongs to what the place belonged to: to what the first replaced character had, or to
 * what was written before it. `kinds`: the styles it has instead.
 */
export function replaced(rich: Rich, start: number, end: number, by: Rich, kinds: ReadonlySet<Kind> | null = null): Rich {
  const added = by.text.length;
  const shift = added - (end - start);
  const text = rich.text.slice(0, start) + by.text + rich.text.slice(end);
  const entities = rich.entities.flatMap((entity): MessageEntity[] => {
    const from = entity.offset;
    const to = from + entity.length;
    const moved = (first: number, last: number) => (last > first ? [{ ...entity, offset: first, length: last - first }] : []);
    if (takesIn(entity, start, end)) return moved(from, to >= end ? to + shift : start + added);
    return [...moved(from, Math.min(to, start)), ...moved(Math.max(from, end) + shift, to + shift)];
  });
  const put = by.entities.map((one) => ({ ...one, offset: one.offset + start }));
  const base = kinds ? restyled(entities, start, start + added, kinds) : entities;
  return settled({ text, entities: [...base, ...put] });
}

/** Whether what takes the place of a part belongs to an entity. */
function takesIn(entity: MessageEntity, start: number, end: number): boolean {
  const from = entity.offset;
  const to = from + entity.length;
  if (start === end) return from < start && (to > start || (to === start && GROWING.includes(entity._)));
  if (isStyle(entity._) || isBlock(entity._)) return from <= start && to > start;
  // A link or a name that is written over as a whole is gone.
  return from <= start && to >= end && to - from > end - start;
}

/** The styles of a part become exactly these; blocks and links stay. */
function restyled(entities: readonly MessageEntity[], start: number, end: number, kinds: ReadonlySet<Kind>): MessageEntity[] {
  if (start === end) return [...entities];
  const left = entities.flatMap((one) => (isStyle(one._) || (isBlock(one._) && kinds.has(one._)) ? outside(one, start, end) : [one]));
  const put = [...kinds].map((kind) => made(kind, start, end - start));
  return [...left, ...put];
}

function outside(entity: MessageEntity, start: number, end: number): MessageEntity[] {
  return without({ start: entity.offset, end: entity.offset + entity.length, entity }, [{ start, end, entity }]).map((one) => ({ ...entity, offset: one.start, length: one.end - one.start }));
}

/** An entity of a kind that needs no more than its place. */
export function made(kind: Kind, offset: number, length: number): MessageEntity {
  return (kind === "messageEntityPre" ? { _: kind, offset, length, language: "" } : { _: kind, offset, length }) as MessageEntity;
}

/** Whether all of a part has it; of no part: whether what is typed there would. */
export function hasKind({ entities }: Rich, kind: Kind, start: number, end: number): boolean {
  return entities.some((one) => {
    const to = one.offset + one.length;
    if (one._ !== kind) return false;
    if (isBlock(kind)) return one.offset <= start && to >= end;
    return start === end ? takesIn(one, start, end) : one.offset <= start && to >= end;
  });
}

/** The styles that what is typed at a place takes on. */
export function kindsAt({ entities }: Rich, at: number): Set<Kind> {
  return new Set(entities.filter((one) => isStyle(one._) && takesIn(one, at, at)).map((one) => one._));
}

/** Give a part a style, or take it from all of it. */
export function toggled(rich: Rich, kind: Style, start: number, end: number): Rich {
  const entities = hasKind(rich, kind, start, end)
    ? rich.entities.flatMap((one) => (one._ === kind ? outside(one, start, end) : [one]))
    : [...closedTo(rich.entities, kind, start, end), made(kind, start, end - start)];
  return settled({ text: rich.text, entities });
}

/** Code is free of other styles, and what becomes bold is no code any more. */
function closedTo(entities: readonly MessageEntity[], kind: Style, start: number, end: number): MessageEntity[] {
  const clears = (one: Kind) => (kind === "messageEntityCode" ? isStyle(one) : one === "messageEntityCode");
  return entities.flatMap((one) => (clears(one._) ? outside(one, start, end) : [one]));
}

/** Make the lines of a part a block, or take them out of it. */
export function blocked(rich: Rich, kind: Block, start: number, end: number, language = ""): Rich {
  const { from, to } = linesAround(rich.text, start, end);
  if (to === from) return rich;
  const had = hasKind(rich, kind, from, to);
  // The line break between two blocks belongs to none.
  const left = rich.entities.flatMap((one) => (isBlock(one._) ? outside(one, Math.max(0, from - 1), to + 1) : [one]));
  const put: MessageEntity[] = had ? [] : [kind === "messageEntityPre" ? { _: kind, offset: from, length: to - from, language } : { _: kind, offset: from, length: to - from }];
  return settled({ text: rich.text, entities: [...left, ...put] });
}

/** Where the lines of a part begin and end. */
export function linesAround(text: string, start: number, end: number): { from: number; to: number } {
  const last = end > start && text[end - 1] === "\n" ? end - 1 : end;
  const next = text.indexOf("\n", last);
  return { from: start === 0 ? 0 : text.lastIndexOf("\n", start - 1) + 1, to: next < 0 ? text.length : next };
}

/** Make a part a link, or (with no address) no link. */
export function linked(rich: Rich, start: number, end: number, url: string): Rich {
  const left = rich.entities.flatMap((one) => (one._ === "messageEntityTextUrl" || one._ === "messageEntityMentionName" ? outside(one, start, end) : [one]));
  return settled({ text: rich.text, entities: url ? [...left, { _: "messageEntityTextUrl", offset: start, length: end - start, url }] : left });
}

/** A part by itself. */
export function sliced({ text, entities }: Rich, start: number, end: number): Rich {
  const inside = entities.flatMap((one) => {
    const from = Math.max(one.offset, start);
    const to = Math.min(one.offset + one.length, end);
    return to > from ? [{ ...one, offset: from - start, length: to - from }] : [];
  });
  return { text: text.slice(start, end), entities: inside };
}

/** The smallest change between two texts, the caret standing at its end. */
export function changeBetween(before: string, after: string, caret: number): { start: number; end: number; text: string } {
  let tail = 0;
  const most = Math.min(before.length, after.length - Math.min(caret, after.length));
  while (tail < most && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  let head = 0;
  const least = Math.min(before.length, after.length) - tail;
  while (head < least && before[head] === after[head]) head++;
  return { start: head, end: before.length - tail, text: after.slice(head, after.length - tail) };
}
