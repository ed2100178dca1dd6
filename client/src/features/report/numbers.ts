/** The operator's emergency numbers, as they typed them in one line. */
export interface Called {
  text: string;
  /** What is dialled; "" for a name that no telephone knows. */
  dial: string;
}

/** Fewer digits with a space between are two numbers: dialling both as one would call nobody. */
const WHOLE = 8;

/** Each number or name by itself: `112, 17 (police)` are two. */
export function numbersOf(line: string): Called[] {
  return line.split(/\s*[,;·|/\n]\s*/).flatMap((piece) => {
    const text = piece.trim();
    const found = /\+?\d(?:[\d .]*\d)?/.exec(text)?.[0] ?? "";
    const groups = found.split(/[ .]+/);
    const dial = groups.join("");
    if (groups.length > 1 && dial.length < WHOLE) return groups.map((one) => ({ text: one, dial: one }));
    return text ? [{ text, dial }] : [];
  });
}
