import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { short } from "../../i18n/times.ts";
import type { Client } from "../../state/client.ts";
import { snippetOf } from "../../state/find.ts";
import { keyOf } from "../../state/keys.ts";
import { nameOf } from "../../state/names.ts";
import type { Shown } from "../../state/store.ts";
import { searchEverywhere } from "../search/index.tsx";
import { PeerAvatar, preview, useClient, useName } from "../app/index.tsx";

const PAUSE_MS = 250;
const LIMIT = 20;
/** A single letter is in every message. */
const LEAST = 2;

/** Messages of all my chats with the wanted words; null: not known yet. */
export function useMessages(wanted: string): readonly Shown[] | null {
  const client = useClient();
  const [found, setFound] = useState<readonly Shown[] | null>(null);
  useEffect(() => {
    let over = false;
    setFound(null);
    if (wanted.length < LEAST) return setFound([]);
    const timer = setTimeout(() => {
      search(client, wanted).then((all) => over || setFound(all), () => over || setFound([]));
    }, PAUSE_MS);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [wanted]);
  return found;
}

async function search({ connection, store }: Client, q: string): Promise<Shown[]> {
  const found = await connection.call("messages.searchGlobal", {
    q,
    filter: { _: "inputMessagesFilterEmpty" },
    min_date: 0,
    max_date: 0,
    offset_rate: 0,
    offset_peer: { _: "inputPeerEmpty" },
    offset_id: 0,
    limit: LIMIT,
  });
  if (found._ === "messages.messagesNotModified") return [];
  store.putEntities(found.users, found.chats);
  return found.messages.filter((one): one is Shown => one._ !== "messageEmpty");
}

/** They are opened where they were said. */
export function FoundMessages({ wanted, messages }: { wanted: string; messages: readonly Shown[] }) {
  if (!messages.length) return null;
  return (
    <section class="found found-messages">
      <h2 class="list-title">{t("list.messages")}</h2>
      <ul>{messages.map((one) => <FoundMessage key={`${keyOf(one.peer_id)} ${one.id}`} message={one} wanted={wanted} />)}</ul>
      {messages.length >= LIMIT && <p class="found-more"><button type="button" class="plain" onClick={() => searchEverywhere(wanted)}>{t("search.more")}</button></p>}
    </section>
  );
}

function FoundMessage({ message, wanted }: { message: Shown; wanted: string }) {
  const client = useClient();
  const { store } = client;
  const chat = keyOf(message.peer_id);
  const name = useName(chat);
  const from = message.out ? t("list.you") : message.from_id && keyOf(message.from_id) !== chat ? nameOf(store.entity(keyOf(message.from_id)).value) : "";
  const { before, hit, after } = snippetOf(preview(client, message), wanted);
  return (
    <li>
      <a class="chat-row" href={`/app/c/${chat}/${message.id}`}>
        <PeerAvatar peer={chat} />
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
      </a>
    </li>
  );
}
