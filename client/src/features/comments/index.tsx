/** Comments under posts, and threads of groups. The screen is loaded when the first is opened. */
import { signal } from "@preact/signals";
import { t } from "../../i18n/index.ts";
import { Icon } from "../../ui/icon.tsx";
import type { message } from "../../wire/schema.d.ts";
import { comeBackTo, go, later, placeNow } from "../app/index.tsx";
import "./comments.css";

export { countView } from "./actions.ts";

export const CommentsScreen = later<{ chat: string; post: number; message: number }>(() => import("./screen.tsx").then((part) => part.CommentsScreen));

/** The message that stands above its thread: in the thread nobody has to be told that it is answered. */
export const aboveThread = signal("");

/** Whether a message has a thread to be read, or comments to be written. */
export function hasThread({ replies }: message): boolean {
  return Boolean(replies && (replies.comments || replies.replies));
}

function hrefOf(chat: string, { id }: message): string {
  return `/app/c/${chat}/${id}/comments`;
}

/** Open the thread of a message; the way back leads to where one was. */
export function openThread(chat: string, message: message): void {
  comeBackTo(placeNow());
  go(hrefOf(chat, message));
}

/** Under a post whose comments can be read, or a message that has a thread. */
export function CommentsLink({ chat, message }: { chat: string; message: message }) {
  const { replies } = message;
  if (!replies || !hasThread(message) || aboveThread.value === `${chat} ${message.id}`) return null;
  const n = replies.replies;
  const label = replies.comments ? t("comments.count", { n }) : t("comments.replies", { n });
  const fresh = replies.max_id !== undefined && replies.read_max_id !== undefined && replies.max_id > replies.read_max_id;
  return (
    <a class="comments-link" tabIndex={-1} href={hrefOf(chat, message)} onClick={() => comeBackTo(placeNow())}>
      <Icon name="message" /><span>{label}</span>{fresh && <span class="badge dot"><span class="unseen">{t("comments.new")}</span></span>}<Icon name="next" />
    </a>
  );
}
