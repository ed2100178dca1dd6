/** Names inside sentences: their direction is their own, and turns nothing around them. */
const CONTROLS = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g;

/** The name between marks of isolation (Unicode UAX 9), without marks of its own that could end them. */
export function isolate(name: string): string {
  return `\u2068${name.replace(CONTROLS, "")}\u2069`;
}
