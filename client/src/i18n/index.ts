/** The page's words: `t("chat.members", {n: 3})`. A key that a catalogue lacks does not compile. */
import type en from "./en.json";
import type fr from "./fr.json";
import type { Values } from "./icu.ts";
import { compile } from "./icu.ts";

export type Key = keyof typeof en;
type Catalogue = Record<Key, string>;
type Same<A, B> = [keyof A, keyof B] extends [keyof B, keyof A] ? true : never;
/** Both catalogues have the same keys. */
export const COMPLETE: Same<typeof en, typeof fr> = true;

export const LANGUAGES = ["fr", "en"] as const;
export type Lang = (typeof LANGUAGES)[number];

let catalogue: Catalogue;
let current: Lang = "en";
let more: Promise<void> | null = null;
const made = new Map<Key, (values: Values) => string>();

/** The language to show: chosen here, else the browser's first that there is, else English. */
export function preferred(chosen: string | null, wanted: readonly string[]): Lang {
  const known = (one: string) => LANGUAGES.find((lang) => one.toLowerCase().startsWith(lang));
  return (chosen && known(chosen)) || wanted.map(known).find((one) => one) || "en";
}

/** Load the words of a language with which the page begins; a build keeps the others for `loadRest` (`words.mjs`). */
export async function load(lang: Lang): Promise<void> {
  const loaded = lang === "fr" ? await import("./fr.json") : await import("./en.json");
  use(lang, loaded.default);
}

/** Load the words with which chats are shown. */
export async function loadRest(): Promise<void> {
  const loaded = current === "fr" ? await import("./fr.json?rest") : await import("./en.json?rest");
  add(loaded.default);
}

/** Load the words of what is loaded later; called by each such part (`chunks.mjs`). */
export function loadMore(): Promise<void> {
  const wanted = current;
  return (more ??= (wanted === "fr" ? import("./fr.json?more") : import("./en.json?more")).then(
    (loaded) => add(loaded.default),
    (error: unknown) => {
      more = null;
      throw error;
    },
  ));
}

function add(words: Record<string, string>): void {
  catalogue = { ...catalogue, ...words };
  made.clear();
}

/** Use these words. */
export function use(lang: Lang, words: Catalogue): void {
  catalogue = words;
  current = lang;
  made.clear();
}

/** The words of a key with their values. */
export function t(key: Key, values: Values = {}): string {
  let write = made.get(key);
  if (!write) made.set(key, (write = compile(catalogue[key], current)));
  return write(values);
}

export function lang(): Lang {
  return current;
}
