/** What somebody has saved, by the chats that it came from. Loaded when it is first seen. */
import { later } from "../app/index.tsx";
import "./saved.css";

/** In the panel beside the saved messages: the chats. */
export const SavedChats = later<{ chat: string }>(() => import("./chats.tsx").then((part) => part.SavedChats));
/** What was saved from one of them. `section`: its address below the panel's, `saved/KEY`. */
export const SavedPanel = later<{ chat: string; section: string; onClose: () => void }>(() => import("./panel.tsx").then((part) => part.SavedPanel));
