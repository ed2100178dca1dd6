/** Texts that are made to burden the page, as they are shown. What is copied, searched and sent stays whole. Pure. */

/** Marks on one letter; languages need fewer (UAX 15, section 13: Stream-Safe Text Format). */
const MARKS = 30;
const TOO_MANY = new RegExp(`(\\p{M}{${MARKS}})\\p{M}+`, "gu");
/** More than a line shows on the widest screen. */
const LINE = 300;

/** Without the marks that nobody could read any more: thousands on a letter take the browser seconds. */
export function calm(text: string): string {
  return text.replace(TOO_MANY, "$1");
}

/** What of a text a single line can show. */
export function brief(text: string): string {
  if (text.length <= LINE) return calm(text);
  return `${calm(text.slice(0, LINE).replace(/[\ud800-\udbff]$/, ""))}…`;
}
