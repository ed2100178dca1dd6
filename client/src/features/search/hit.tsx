import { t } from "../../i18n/index.ts";
import { short } from "../../i18n/times.ts";
import { snippetOf } from "../../state/find.ts";
import { keyOf } from "../../state/keys.ts";
import { nameOf } from "../../state/names.ts";
import type { Shown } from "../../state/store.ts";
import { PeerAvatar, preview, useClient, useName } from "../app/index.tsx";

/** Height of a row, px: as in the list of chats. */
export const ROW = 68;

/** A message that was found. `chat`: in which the search is; else the chat is named. */
export function Hit({ message, wanted, chat, here, onPick }: { message: Shown; wanted: string; chat?: string; here?: boolean; onPick?: () => void }) {
  const client = useClient();
  const { store } = client;
  const place = keyOf(message.peer_id);
  const author = message.from_id ? keyOf(message.from_id) : place;
  const shown = chat ? author : place;
  const name = useName(shown, chat !== undefined);
  const from = chat ? "" : message.out ? t("list.you") : author !== place ? nameOf(store.entity(author).value) : "";
  const { before, hit, after } = snippetOf(preview(client, message), wanted);
  const body = (
    <>
      <PeerAvatar peer={shown} />
      <span class="chat-row-text">
        <span class="chat-row-top">
          <bdi class="chat-row-name">{name}</bdi>
          <span class="chat-row-time"><time dir="auto">{short(message.date, store.now())}</time></span>
        </span>
        <span class="chat-row-line">
          {from && <><bdi>{from}</bdi>{t("list.colon")}</>}
          <bdi>{before}<mark>{hit}</mark>{after}</bdi>
        </span>
      </span>
    </>
  );
  if (onPick) return <button type="button" class={here ? "chat-row here" : "chat-row"} aria-current={here ? "true" : undefined} onClick={onPick}>{body}</button>;
  return <a class="chat-row" href={`/app/c/${place}/${message.id}`}>{body}</a>;
}
