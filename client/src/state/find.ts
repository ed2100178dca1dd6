/** Looking for words as the server does: without case and accents. */

function plain(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Whether each word of `wanted` stands somewhere in the text. */
export function matches(text: string, wanted: string): boolean {
  const said = plain(text);
  return plain(wanted).split(/\s+/).every((word) => said.includes(word));
}

export interface Snippet {
  before: string;
  /** What answers, as it is written in the text; "" where nothing does. */
  hit: string;
  after: string;
}

const BEFORE = 24;
const AFTER = 120;

/** The place of a text where the first of the wanted words is. */
export function snippetOf(text: string, wanted: string): Snippet {
  const letters = [...text];
  // Where each letter of the plain text comes from.
  const from: number[] = [];
  let said = "";
  for (const [at, letter] of letters.entries()) {
    const short = plain(letter);
    said += short;
    for (let n = 0; n < short.length; n++) from.push(at);
  }
  const words = plain(wanted).split(/\s+/).filter(Boolean);
  const places = words.map((word) => [said.indexOf(word), word.length] as const).filter(([at]) => at >= 0);
  const [at, length] = places.toSorted(([a], [b]) => a - b)[0] ?? [-1, 0];
  if (at < 0) return { before: letters.slice(0, AFTER).join(""), hit: "", after: "" };
  const first = from[at] ?? 0;
  const last = (from[at + length - 1] ?? first) + 1;
  const start = Math.max(0, first - BEFORE);
  return {
    before: (start ? "…" : "") + letters.slice(start, first).join(""),
    hit: letters.slice(first, last).join(""),
    after: letters.slice(last, last + AFTER).join(""),
  };
}

/** Where the wanted words stand in a text: from and to, in UTF-16 units, in order and apart. */
export function placesOf(text: string, wanted: string): [number, number][] {
  const from: number[] = [];
  let [said, at] = ["", 0];
  for (const letter of text) {
    const short = plain(letter);
    said += short;
    for (let n = 0; n < short.length; n++) from.push(at);
    at += letter.length;
  }
  from.push(at);
  const found: [number, number][] = [];
  for (const word of new Set(plain(wanted).split(/\s+/).filter(Boolean))) {
    for (let here = said.indexOf(word); here >= 0; here = said.indexOf(word, here + word.length)) {
      found.push([from[here] ?? 0, from[here + word.length] ?? at]);
    }
  }
  found.sort(([a], [b]) => a - b);
  return found.filter(([start], one) => one === 0 || start >= (found[one - 1]?.[1] ?? 0));
}
