/** What stands in the field, in the forms that the fields and the server want. Pure. */
import type { Written } from "../../state/drafts.ts";
import type { Rich } from "../../ui/markdown.ts";
import type { MessageEntity } from "../../wire/schema.d.ts";
import { fromMarkdown, readMarkdown, toMarkdown, trimmed } from "../../ui/markdown.ts";

export const NOTHING: Written = { text: "" };

/** With Markdown marks, for a plain field. */
export function sourceOf({ text, entities, marks }: Written): string {
  return marks ? text : toMarkdown(text, entities ?? []);
}

/** As it looks. */
export function shownOf({ text, entities, marks }: Written): Rich {
  return marks ? readMarkdown(text) : { text, entities: entities ?? [] };
}

/** As it is sent: without blank edges. */
export function sentOf({ text, entities, marks }: Written): Rich {
  return marks ? fromMarkdown(text) : trimmed({ text, entities: [...(entities ?? [])] });
}

/** The styles that a place in a text with marks is inside of. */
export function stylesAt(source: string, at: number): Set<MessageEntity["_"]> {
  const { text, entities } = readMarkdown(source.slice(0, at) + MARKER + source.slice(at));
  const found = text.indexOf(MARKER);
  const inside = entities.filter((one) => one.offset <= found && one.offset + one.length > found);
  return new Set(inside.map((one) => one._).filter((kind) => STYLES.has(kind)));
}

const STYLES = new Set<MessageEntity["_"]>(["messageEntityBold", "messageEntityItalic", "messageEntityUnderline", "messageEntityStrike", "messageEntitySpoiler", "messageEntityCode"]);
const MARKER = "\ue123";

/** Where a place in a text with marks is in the text as it looks. */
export function placeShown(source: string, at: number): number {
  const whole = readMarkdown(source).text;
  const marked = readMarkdown(source.slice(0, at) + MARKER + source.slice(at)).text;
  const found = marked.indexOf(MARKER);
  // Between the two characters of a mark it would have broken the mark.
  if (found >= 0 && marked.length === whole.length + 1) return found;
  return Math.min(whole.length, readMarkdown(source.slice(0, at)).text.length);
}
