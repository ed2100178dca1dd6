/** Folders of chats: made, changed, put in order. Loaded when they are first asked for. */
import { signal } from "@preact/signals";
import { later } from "../app/index.tsx";
import "./folders.css";

export { movePinned } from "./actions.ts";

/** The chat whose folders are being chosen. */
export const choosing = signal("");

export const FoldersScreen = later<object>(() => import("./screen.tsx").then((part) => part.FoldersScreen));
const Choose = later<{ chat: string }>(() => import("./choose.tsx").then((part) => part.Choose));

export function FolderDialog() {
  return choosing.value ? <Choose key={choosing.value} chat={choosing.value} /> : null;
}
