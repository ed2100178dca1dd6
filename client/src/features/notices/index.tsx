/** Notices: in the settings, in the page, and by the worker while no page is open. */
import type { Client } from "../../state/client.ts";
import type { Message, Update } from "../../wire/schema.d.ts";
import { later } from "../../ui/later.tsx";
import "./notices.css";

export { showBadge } from "./badge.ts";
export const NoticesSection = later(() => import("./section.tsx").then((part) => part.NoticesSection));

const parts = () => import("./parts.ts");

/** Begin: one tab tells for all, and the server knows where notices go; gives what ends it. */
export function watchNotices(client: Client): () => void {
  let end: (() => void) | null = null;
  let over = false;
  void parts().then(({ lead, tellServer }) => {
    if (over) return;
    end = lead();
    tellServer(client).catch(() => {});
  }, () => {});
  return () => {
    over = true;
    end?.();
  };
}

/** Somebody else has written. */
export function noteMessage(client: Client, message: Message): void {
  void parts().then(({ tell }) => tell(client, message)).catch(() => {});
}

/** Settings may have changed on another device. */
export function noteUpdate(update: Update): void {
  if (update._ === "updateNotifySettings") void parts().then(({ forgetKinds }) => forgetKinds(update), () => {});
}
