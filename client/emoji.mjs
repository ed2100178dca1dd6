// The emoji of the panel, packed: a line for each, `emoji|name|words`, groups apart by an empty line. Names and words are emojibase's.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Systems draw what is older than this; newer ones would be boxes. */
const NEWEST = 15;
/** So many words beside the name: the parts stay below 40 KiB. */
const WORDS = { en: 4, fr: 3 };
/** What others are made of (skin tones, hair) is chosen by nobody alone. */
const COMPONENTS = 2;

/** The names between colons that people know from elsewhere, the same in all languages. */
const CODES = JSON.parse(readFileSync(fileURLToPath(new URL("node_modules/emojibase-data/en/shortcodes/github.json", import.meta.url)), "utf-8"));
const codesOf = (hexcode) => [CODES[hexcode] ?? []].flat().slice(0, 1);

const file = (lang) => fileURLToPath(new URL(`node_modules/emojibase-data/${lang}/data.json`, import.meta.url));
/** What a system would draw as a letter gets the sign that it is a picture. */
const drawn = (hexcode) => String.fromCodePoint(...hexcode.split("-").map((one) => parseInt(one, 16))).replace(/^\P{Emoji_Presentation}$/u, "$&\ufe0f");
const plain = (text) => text.replaceAll("|", " ").trim();

/** All emoji of a language as one text. */
export function packed(lang) {
  const known = JSON.parse(readFileSync(file(lang), "utf-8")).filter((one) => one.group !== undefined && one.group !== COMPONENTS && one.version <= NEWEST);
  known.sort((a, b) => a.order - b.order);
  const groups = [...new Set(known.map((one) => one.group))].sort((a, b) => a - b);
  const line = ({ hexcode, label, tags = [] }) => {
    const words = tags.filter((one) => !label.includes(one)).slice(0, WORDS[lang]);
    const codes = codesOf(hexcode).filter((one) => !label.replaceAll(" ", "_").startsWith(one) && !words.includes(one) && !one.startsWith("flag"));
    return [drawn(hexcode), plain(label), plain([...words, ...codes].join(" "))].join("|");
  };
  return groups.map((group) => known.filter((one) => one.group === group).map(line).join("\n")).join("\n\n");
}

/** For esbuild: `import emoji from "emoji:fr"` gives the text. */
export const emoji = {
  name: "emoji",
  setup(build) {
    build.onResolve({ filter: /^emoji:/ }, ({ path }) => ({ path: path.slice("emoji:".length), namespace: "emoji" }));
    build.onLoad({ filter: /.*/, namespace: "emoji" }, ({ path }) => ({ contents: packed(path), loader: "text", watchFiles: [file(path)] }));
  },
};
