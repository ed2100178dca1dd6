/** What of the messages somebody has seen. */
import type { Client } from "../../state/client.ts";
import { markRead } from "../../state/read.ts";
import { countView } from "../comments/index.tsx";
import { seeMessage } from "../unread/index.tsx";

const READ_PAUSE_MS = 250;
let reading: ReturnType<typeof setTimeout> | undefined;
let seen = { chat: "", upTo: 0, mark: false };

/** Tell the server, now and then, up to where the messages have been seen; `onRead` does it in place of the chat's own mark. */
export function readVisible(client: Client, chat: string, list: HTMLElement, onRead?: (upTo: number) => void): void {
  if (document.visibilityState !== "visible" || !document.hasFocus()) return;
  const bottom = list.scrollTop + list.clientHeight;
  const rows = [...list.querySelectorAll<HTMLElement>(".message[data-id]")];
  let at = lastAbove(rows, bottom);
  const upTo = Number(rows[at]?.dataset["id"] ?? 0);
  for (let row = rows[at]; row && row.offsetTop + row.offsetHeight >= list.scrollTop; row = rows[--at]) {
    const message = client.store.message(chat, Number(row.id.slice(1)));
    seeMessage(client, chat, message);
    countView(client, chat, message);
  }
  if (onRead) return upTo ? onRead(upTo) : undefined;
  const talk = client.store.talk(chat).peek();
  if (!talk || !upTo || (upTo <= talk.readIn && !talk.mark)) return;
  seen = { chat, upTo, mark: talk.mark };
  reading ??= setTimeout(() => {
    reading = undefined;
    // Who has marked it as unread since wants it to stay so.
    if (client.store.talk(seen.chat).peek()?.mark && !seen.mark) return;
    void markRead(client, seen.chat, seen.upTo).catch(() => {});
  }, READ_PAUSE_MS);
}

/** The last row of which enough is above a place to be read; -1: none. Few are looked at: asking for a place costs time. */
function lastAbove(rows: readonly HTMLElement[], place: number): number {
  let [from, to] = [0, rows.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const row = rows[middle];
    if (row && row.offsetTop + Math.min(row.offsetHeight, 40) <= place) from = middle + 1;
    else to = middle;
  }
  return from - 1;
}
