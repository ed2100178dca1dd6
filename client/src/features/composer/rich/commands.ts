/** Keys and announcements of the browser that mean a style. Pure. */
import type { Style } from "./model.ts";

type Command = Style | "messageEntityBlockquote" | "link" | "undo" | "redo";

const KEYS: Record<string, Command> = { b: "messageEntityBold", i: "messageEntityItalic", u: "messageEntityUnderline", z: "undo", y: "redo" };
const WITH_SHIFT: Record<string, Command> = { x: "messageEntityStrike", m: "messageEntityCode", p: "messageEntitySpoiler", l: "link", z: "redo", ".": "messageEntityBlockquote", ">": "messageEntityBlockquote", ":": "messageEntityBlockquote" };

export function commandOf(event: { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean; shiftKey: boolean }): Command | null {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return null;
  return (event.shiftKey ? WITH_SHIFT : KEYS)[event.key.toLowerCase()] ?? null;
}

const FORMATS: Record<string, Style> = { formatBold: "messageEntityBold", formatItalic: "messageEntityItalic", formatUnderline: "messageEntityUnderline", formatStrikeThrough: "messageEntityStrike" };

export function styleOf(inputType: string): Style | null {
  return FORMATS[inputType] ?? null;
}
