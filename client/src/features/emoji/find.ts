/** Emoji by their names. Pure. */

export interface Emoji {
  readonly emoji: string;
  readonly name: string;
  /** Name and other words, without case and accents. */
  readonly words: string;
}

function plain(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("œ", "oe").replaceAll("æ", "ae");
}

/** The groups of a packed list (`client/emoji.mjs`). */
export function unpacked(text: string): Emoji[][] {
  return text.split("\n\n").map((group) => group.split("\n").map((line) => {
    const [emoji = "", name = "", words = ""] = line.split("|");
    return { emoji, name, words: plain(`${name} ${words}`) };
  }));
}

/** Without what only says how it is drawn: `❤` and `❤️` are the same. */
export function bare(emoji: string): string {
  return emoji.replaceAll("\ufe0f", "");
}

/** Those whose words begin with each wanted one; names that begin so come first. */
export function findEmoji(all: readonly Emoji[], wanted: string, limit: number): Emoji[] {
  const asked = plain(wanted).split(/[\s_]+/).filter(Boolean);
  const [first = ""] = asked;
  if (!first) return [];
  const rank = ({ words }: Emoji) => {
    if (!asked.every((word) => words.startsWith(word) || new RegExp(`[ \\-’'(:]${escaped(word)}`).test(words))) return -1;
    return words === first ? 3 : words.startsWith(`${first} `) ? 2 : words.startsWith(first) ? 1 : 0;
  };
  const found = all.map((one) => ({ one, rank: rank(one) })).filter((it) => it.rank >= 0);
  return found.sort((a, b) => b.rank - a.rank || (a.rank > 1 ? a.one.name.length - b.one.name.length : 0)).slice(0, limit).map((it) => it.one);
}

function escaped(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
