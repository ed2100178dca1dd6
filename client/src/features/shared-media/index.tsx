/** What a chat holds: pictures and videos, files, links, voice messages. Loaded when it is first seen. */
import { later } from "../app/index.tsx";
import "./shared-media.css";

/** Tabs with what was shared in a chat; nothing where nothing was. */
export const SharedMedia = later<{ chat: string }>(() => import("./shared-media.tsx").then((part) => part.SharedMedia));
