/** What is being named at the caret: somebody, a hashtag, an emoji, a command. Pure. */

export type Kind = "@" | "#" | ":" | "/";
export interface Trigger {
  readonly kind: Kind;
  /** What was typed of the name. */
  readonly word: string;
  /** Where the sign stands, and where the word ends. */
  readonly from: number;
  readonly to: number;
}

const REACH = 64;
const SIGN = /(?:^|[\s(["'«“‘\u2066-\u2069])([@#:/])([\p{L}\p{M}\p{N}_'’-]*)$/u;
/** So much of a name is asked for, lest `:p` or a colon opens a list. */
const LEAST: Record<Kind, number> = { "@": 0, "#": 0, ":": 2, "/": 0 };

/** What stands before the caret, if it names something. */
export function triggerAt(text: string, caret: number): Trigger | null {
  const found = SIGN.exec(text.slice(Math.max(0, caret - REACH), caret));
  const word = found?.[2] ?? "";
  const kind = found?.[1] as Kind | undefined;
  const from = caret - word.length - 1;
  if (!kind || word.length < LEAST[kind] || (from > 0 && caret - REACH > from - 1)) return null;
  // A command is the whole message.
  if (kind === "/" && text.slice(0, from).trim()) return null;
  return { kind, word, from, to: caret };
}
