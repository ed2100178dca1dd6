/** The list of emoji in the language of the page, loaded once. */
import { lang } from "../../i18n/index.ts";
import type { Emoji } from "./find.ts";
import { unpacked } from "./find.ts";

let loading: Promise<Emoji[][]> | null = null;

export function loadEmoji(): Promise<Emoji[][]> {
  loading ??= (lang() === "fr" ? import("emoji:fr") : import("emoji:en")).then((made) => unpacked(made.default));
  // A part that could not be fetched is asked for again.
  loading.catch(() => (loading = null));
  return loading;
}
