/** What somebody has typed to say who they are. */
export type Who = { kind: "number"; digits: string } | { kind: "mail" | "name"; text: string };

/** A number, an e-mail address or an @name; null: none of them. */
export function whoIs(typed: string): Who | null {
  const text = typed.trim();
  if (/^\+?[\d\s().-]+$/.test(text)) {
    const digits = text.replace(/\D/g, "");
    return digits.length >= 5 ? { kind: "number", digits } : null;
  }
  if (/^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(text) || /^[^\s@]+@localhost$/i.test(text)) return { kind: "mail", text };
  return /^@\w{2,64}$/.test(text) ? { kind: "name", text } : null;
}
