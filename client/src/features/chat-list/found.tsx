import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { keyOf } from "../../state/keys.ts";
import type { Client } from "../../state/client.ts";
import { matches } from "../../state/find.ts";
import { usernameOf } from "../../state/names.ts";
import { PeerAvatar, useClient, useEntity, useName } from "../app/index.tsx";
import { FoundMessages, useMessages } from "./messages.tsx";

const PAUSE_MS = 250;
const LIMIT = 20;

/** People and public chats beyond the list, and messages. */
export function Found({ wanted, known }: { wanted: string; known: readonly string[] }) {
  const client = useClient();
  const [keys, setKeys] = useState<readonly string[] | null>(null);
  useEffect(() => {
    let over = false;
    setKeys(null);
    const timer = setTimeout(async () => {
      try {
        const all = await search(client, wanted);
        if (!over) setKeys([...new Set(all)]);
      } catch {
        if (!over) setKeys([]);
      }
    }, PAUSE_MS);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [wanted]);
  const messages = useMessages(wanted);
  const me = `u${client.store.me}`;
  const self = matches(t("chat.saved"), wanted) ? [me] : [];
  const others = keys ? [...self, ...keys].filter((key) => !known.includes(key)) : [];
  if (keys && messages && !others.length && !known.length && !messages.length) {
    return <div class="list-empty" role="status"><p>{t("list.nobody", { wanted })}</p><p>{t("list.how_found")}</p></div>;
  }
  return (
    <div class="found-all">
      {others.length > 0 && (
        <section class="found">
          <h2 class="list-title">{t("list.others")}</h2>
          <ul>{others.map((key) => <FoundRow key={key} peer={key} />)}</ul>
        </section>
      )}
      <FoundMessages wanted={wanted} messages={messages ?? []} />
    </div>
  );
}

/** Who answers to a name or a number. */
export async function search(client: Client, wanted: string): Promise<string[]> {
  if (/^\+?[\d ().-]{7,}$/.test(wanted)) {
    const phone = wanted.replace(/\D/g, "");
    const found = await client.connection.call("contacts.resolvePhone", { phone });
    client.store.putEntities(found.users, found.chats);
    return [keyOf(found.peer)];
  }
  const found = await client.connection.call("contacts.search", { q: wanted, limit: LIMIT });
  client.store.putEntities(found.users, found.chats);
  return [...found.my_results, ...found.results].map(keyOf);
}

function FoundRow({ peer }: { peer: string }) {
  const name = useName(peer);
  const username = usernameOf(useEntity(peer));
  return (
    <li>
      <a class="chat-row" href={`/app/c/${peer}`}>
        <PeerAvatar peer={peer} />
        <span class="chat-row-text">
          <bdi class="chat-row-name">{name}</bdi>
          {username && <span class="chat-row-line">@{username}</span>}
        </span>
      </a>
    </li>
  );
}
