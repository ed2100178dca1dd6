/** The search in all chats: what was asked and found is still there when somebody comes back to it. */
import { signal } from "@preact/signals";
import type { Paged } from "../../state/paged.ts";
import type { Shown } from "../../state/store.ts";
import type { Asked } from "./asked.ts";
import { NOTHING } from "./asked.ts";

export const askedEverywhere = signal<Asked>(NOTHING);

export interface Everywhere {
  asked: Asked;
  messages: Paged<Shown>;
  /** People and chats whose names answer; null: not known yet. */
  names: readonly string[] | null;
}
export const foundEverywhere = signal<Everywhere | null>(null);
/** Where its list was scrolled to. */
export const scrolled = { top: 0 };
