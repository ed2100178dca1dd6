/** Every key that does something, for the sheet. `tests/appdoor/browser/test_keys.py` presses each. */
import type { Key } from "../../i18n/index.ts";

export interface Row {
  words: Key;
  /** Ways to do it; keys of one way are joined by a space. */
  keys: readonly string[];
}
export interface Group {
  title: Key;
  rows: readonly Row[];
}

export const GROUPS: readonly Group[] = [
  {
    title: "keys.everywhere",
    rows: [
      { words: "keys.palette", keys: ["Ctrl K"] },
      { words: "keys.search", keys: ["Ctrl Shift F"] },
      { words: "keys.search_chat", keys: ["/"] },
      { words: "keys.sheet", keys: ["?"] },
      { words: "keys.neighbour", keys: ["Alt ↑", "Alt ↓"] },
      { words: "keys.unread_neighbour", keys: ["Alt Shift ↑", "Alt Shift ↓"] },
      { words: "keys.folder", keys: ["Alt 1…9"] },
      { words: "keys.archive", keys: ["Alt 0"] },
      { words: "keys.part", keys: ["F6", "Shift F6"] },
      { words: "keys.back", keys: ["Escape"] },
    ],
  },
  {
    title: "keys.in_history",
    rows: [
      { words: "keys.message", keys: ["↑", "↓"] },
      { words: "keys.page", keys: ["PageUp", "PageDown"] },
      { words: "keys.first", keys: ["Home"] },
      { words: "keys.last", keys: ["End"] },
    ],
  },
  {
    title: "keys.on_message",
    rows: [
      { words: "message.more", keys: ["Enter"] },
      { words: "message.reply", keys: ["R"] },
      { words: "message.edit", keys: ["E"] },
      { words: "message.forward", keys: ["F"] },
      { words: "keys.pin", keys: ["P"] },
      { words: "message.react", keys: ["+"] },
      { words: "keys.unread", keys: ["M"] },
      { words: "message.copy", keys: ["C"] },
      { words: "message.copy_link", keys: ["L"] },
      { words: "message.select", keys: ["S"] },
      { words: "message.report", keys: ["!"] },
      { words: "message.delete", keys: ["Delete"] },
    ],
  },
  {
    title: "keys.in_field",
    rows: [
      { words: "keys.send", keys: ["Enter"] },
      { words: "keys.line", keys: ["Shift Enter"] },
      { words: "keys.edit_last", keys: ["↑"] },
      { words: "keys.bold", keys: ["Ctrl B"] },
      { words: "keys.italic", keys: ["Ctrl I"] },
      { words: "keys.underline", keys: ["Ctrl U"] },
      { words: "keys.strike", keys: ["Ctrl Shift X"] },
      { words: "keys.code", keys: ["Ctrl Shift M"] },
      { words: "keys.spoiler", keys: ["Ctrl Shift P"] },
      { words: "keys.link", keys: ["Ctrl Shift L"] },
      { words: "keys.quote", keys: ["Ctrl Shift ."] },
    ],
  },
  {
    title: "keys.on_sound",
    rows: [
      { words: "keys.play", keys: ["Space", "K"] },
      { words: "keys.skip", keys: ["J", "L"] },
      { words: "keys.frame", keys: [",", "."] },
      { words: "keys.speed", keys: ["<", ">"] },
    ],
  },
  {
    title: "keys.in_viewer",
    rows: [
      { words: "keys.picture", keys: ["←", "→"] },
      { words: "keys.picture_next", keys: ["PageUp", "PageDown"] },
      { words: "keys.zoom", keys: ["+", "-"] },
      { words: "keys.picture_move", keys: ["← ↑ → ↓"] },
      { words: "keys.zoom_off", keys: ["0"] },
    ],
  },
];

/** Names of keys that differ by language. */
export const NAMES: Record<string, Key> = {
  Shift: "keys.name_shift",
  Escape: "keys.name_escape",
  Enter: "keys.name_enter",
  Delete: "keys.name_delete",
  Space: "keys.name_space",
  PageUp: "keys.name_page_up",
  PageDown: "keys.name_page_down",
  Home: "keys.name_home",
  End: "keys.name_end",
};
