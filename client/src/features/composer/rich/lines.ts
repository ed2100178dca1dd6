/** The lines of a text with what is shown of each: what the field's nodes are made of. Pure. */
import type { Part } from "../../../ui/entities.ts";
import { partsOf } from "../../../ui/entities.ts";
import type { Rich } from "../../../ui/markdown.ts";
import type { MessageEntity } from "../../../wire/schema.d.ts";
import type { Block } from "./model.ts";

export interface Line {
  readonly quote: boolean;
  readonly pre: boolean;
  readonly parts: readonly Part[];
}

/** The lines; the one at `pending` is shown as a block that has no text yet. */
export function linesOf({ text, entities }: Rich, pending: { at: number; kind: Block } | null = null): Line[] {
  let offset = 0;
  return text.split("\n").map((words) => {
    const start = offset;
    const end = start + words.length;
    offset = end + 1;
    const covers = ({ offset: from, length }: MessageEntity) => from <= start && from + length >= end && (words !== "" || from < start || from + length > start);
    const isIn = (kind: Block) => (pending?.kind === kind && pending.at >= start && pending.at <= end) || entities.some((one) => one._ === kind && covers(one));
    const here = entities.filter((one) => one._ !== "messageEntityPre" && one._ !== "messageEntityBlockquote" && one.offset < end && one.offset + one.length > start);
    const moved = here.map((one) => ({ ...one, offset: Math.max(0, one.offset - start), length: Math.min(end, one.offset + one.length) - Math.max(start, one.offset) }));
    return { quote: isIn("messageEntityBlockquote"), pre: isIn("messageEntityPre"), parts: words ? partsOf(words, moved) : [] };
  });
}
