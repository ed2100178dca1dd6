/** What the screens of admins know of a chat, and how they do things to it. */
import { useEffect, useState } from "preact/hooks";
import type { Client } from "../../state/client.ts";
import type { Entity } from "../../state/keys.ts";
import { alarm, confirmDone } from "../../ui/announcer.ts";
import { isError } from "../../wire/errors.ts";
import type { Updates, channelFull, chatFull } from "../../wire/schema.d.ts";
import { describe, useClient, useEntity } from "../app/index.tsx";
import { channelOf } from "../info/index.tsx";

export type Full = channelFull | chatFull;

/** All that a chat says of itself to me. */
export async function loadFull(client: Client, chat: string): Promise<Full | null> {
  const { store, connection } = client;
  const found = chat.startsWith("g")
    ? await connection.call("messages.getFullChat", { chat_id: chat.slice(1) })
    : await connection.call("channels.getFullChannel", { channel: channelOf(client, chat) });
  store.putEntities(found.users, found.chats);
  const full = found.full_chat;
  if (full._ !== "channelFull" && full._ !== "chatFull") return null;
  store.requestsOf(chat).value = full.requests_pending ?? 0;
  return full;
}

/** Ask for it, and anew whenever the chat changes. */
export function useFull(chat: string): { full: Full | null; wrong: string; load: () => Promise<void> } {
  const client = useClient();
  const entity = useEntity(chat);
  const membership = client.store.membershipOf(chat).value;
  const [full, setFull] = useState<Full | null>(null);
  const [wrong, setWrong] = useState("");
  const load = async () => {
    try {
      setFull(await loadFull(client, chat));
      setWrong("");
    } catch (error) {
      setWrong(describe(error));
    }
  };
  useEffect(() => void load(), [chat, membership, shape(entity)]);
  return { full, wrong, load };
}

/** Changes with what I may do. */
function shape(entity: Entity | undefined): string {
  if (entity?._ !== "chat" && entity?._ !== "channel") return entity?._ ?? "";
  return JSON.stringify([entity.creator, entity.left, entity.admin_rights]);
}

/** It is as it was wanted already. */
const UNCHANGED = ["CHAT_NOT_MODIFIED", "CHAT_ABOUT_NOT_MODIFIED", "USERNAME_NOT_MODIFIED", "LINK_NOT_MODIFIED"];

export type Deed = (act: () => Promise<unknown>, said?: string) => Promise<boolean>;

/** Carries a deed out: what the server refuses is said, and the page looks at the chat anew. Gives whether it was done. */
export function useDeed(chat: string, load: () => Promise<unknown> = async () => {}): Deed {
  const client = useClient();
  return async (act, said) => {
    let done = true;
    try {
      await act();
    } catch (error) {
      if (!isError(error, ...UNCHANGED)) {
        done = false;
        alarm(describe(error));
        // The right may be gone: the list's row tells what I am now.
        client.sync.onStale([chat]);
      }
    }
    await load();
    if (done && said) confirmDone(said);
    return done;
  };
}

/** A call that answers with updates. */
export async function take(client: Client, answer: Promise<Updates>): Promise<void> {
  client.sync.take(await answer);
}
