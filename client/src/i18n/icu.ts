/**
 * Messages with values: `{name}`, `{n, plural, one {# chat} other {# chats}}`, `{kind, select, a {…} other {…}}`.
 * A message is read once and gives a function. Pure but for `Intl`.
 */
export type Values = Record<string, string | number>;
type Write = (values: Values, count: string) => string;

interface Reader {
  text: string;
  at: number;
  plural: Intl.PluralRules;
  number: Intl.NumberFormat;
}

/** The function of a message. Throws SyntaxError on a wrong one. */
export function compile(text: string, lang: string): (values: Values) => string {
  const reader: Reader = {
    text,
    at: 0,
    plural: new Intl.PluralRules(lang),
    number: new Intl.NumberFormat(lang),
  };
  const write = sequence(reader, false);
  if (reader.at < text.length) throw new SyntaxError(`unexpected } in ${text}`);
  return (values) => write(values, "");
}

function sequence(reader: Reader, inside: boolean): Write {
  const parts: Write[] = [];
  let plain = "";
  const flush = () => {
    const said = plain;
    if (said) parts.push(() => said);
    plain = "";
  };
  while (reader.at < reader.text.length && reader.text[reader.at] !== "}") {
    const char = reader.text[reader.at++];
    if (char === "{") {
      flush();
      parts.push(argument(reader));
    } else if (char === "#" && inside) {
      flush();
      parts.push((_, count) => count);
    } else plain += char;
  }
  flush();
  return (values, count) => parts.map((part) => part(values, count)).join("");
}

function argument(reader: Reader): Write {
  const name = word(reader);
  const next = reader.text[reader.at++];
  if (next === "}") {
    return (values) => {
      const value = values[name] ?? "";
      return typeof value === "number" ? reader.number.format(value) : value;
    };
  }
  const kind = word(reader);
  if (next !== "," || reader.text[reader.at++] !== ",") throw new SyntaxError(reader.text);
  const cases = new Map<string, Write>();
  for (;;) {
    const which = word(reader);
    if (reader.text[reader.at++] === "}" && !which) break;
    cases.set(which, sequence(reader, kind === "plural"));
    if (reader.text[reader.at++] !== "}") throw new SyntaxError(reader.text);
  }
  const other = cases.get("other");
  if (!other) throw new SyntaxError(`no other in ${reader.text}`);
  return (values, count) => {
    const value = values[name] ?? "";
    if (kind === "select") return (cases.get(String(value)) ?? other)(values, count);
    const n = Number(value);
    const chosen = cases.get(`=${n}`) ?? cases.get(reader.plural.select(n)) ?? other;
    return chosen(values, reader.number.format(n));
  };
}

/** A name or the key of a case, blanks around it passed over. */
function word(reader: Reader): string {
  const found = /^\s*([=\w]*)\s*/.exec(reader.text.slice(reader.at));
  reader.at += found?.[0].length ?? 0;
  return found?.[1] ?? "";
}
