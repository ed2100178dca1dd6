/** What asks for attention in a chat: mentions and reactions that were not looked at yet. */
import { useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import type { Client } from "../../state/client.ts";
import { alarm } from "../../ui/announcer.ts";
import type { Place } from "../../ui/menu.tsx";
import { Menu } from "../../ui/menu.tsx";
import { usePress } from "../../ui/press.ts";
import type { Shown } from "../../state/store.ts";
import { describe, go, useClient } from "../app/index.tsx";
import "./unread.css";

const PAGE = 100;
type Kind = "mentions" | "reactions";

/** Buttons that lead to the next of each; their menu reads all. */
export function UnreadJumps({ chat }: { chat: string }) {
  const client = useClient();
  const talk = client.store.talk(chat).value;
  return (
    <div class="unread-jumps">
      {(talk?.mentions ?? 0) > 0 && <Jump chat={chat} kind="mentions" n={talk?.mentions ?? 0} />}
      {(talk?.reactions ?? 0) > 0 && <Jump chat={chat} kind="reactions" n={talk?.reactions ?? 0} />}
    </div>
  );
}

function Jump({ chat, kind, n }: { chat: string; kind: Kind; n: number }) {
  const client = useClient();
  const [menu, setMenu] = useState<Place | null>(null);
  const press = usePress(setMenu);
  const attempt = (done: Promise<unknown>) => void done.catch((error: unknown) => alarm(describe(error)));
  const label = t(kind === "mentions" ? "unread.mentions" : "unread.reactions", { n });
  return (
    <>
      <button class="round unread-jump" type="button" aria-label={label} title={label} {...press} onClick={() => attempt(toNext(client, chat, kind))}>
        <span aria-hidden="true">{kind === "mentions" ? "@" : "♥"}</span><span class="badge">{n}</span>
      </button>
      {menu && <Menu label={label} at={menu} items={[{ label: t("unread.read_all"), icon: "check", act: () => attempt(readAll(client, chat, kind)) }]} onClose={() => setMenu(null)} />}
    </>
  );
}

/** Go to the oldest that was not looked at. */
async function toNext(client: Client, chat: string, kind: Kind): Promise<void> {
  const asked = { peer: client.store.input(chat), offset_id: 0, add_offset: 0, limit: PAGE, max_id: 0, min_id: 0 };
  const found = await client.connection.call(kind === "mentions" ? "messages.getUnreadMentions" : "messages.getUnreadReactions", asked);
  const ids = found._ === "messages.messagesNotModified" ? [] : found.messages.map((one) => one.id);
  const next = Math.min(...ids);
  if (!ids.length) return client.sync.onStale([chat]);
  go(`/app/c/${chat}/${next}`);
  await look(client, chat, [next]);
}

async function readAll(client: Client, chat: string, kind: Kind): Promise<void> {
  const asked = { peer: client.store.input(chat) };
  const method = kind === "mentions" ? "messages.readMentions" : "messages.readReactions";
  for (let left = 1; left > 0; ) {
    const affected = await client.connection.call(method, asked);
    client.sync.takeAffected(chat.startsWith("c") ? chat : "", affected, null);
    left = affected.offset;
  }
  client.sync.onStale([chat]);
}

/** They were looked at. */
async function look(client: Client, chat: string, id: number[]): Promise<void> {
  const peer = client.store.input(chat);
  if (peer._ === "inputPeerChannel") await client.connection.call("channels.readMessageContents", { channel: { ...peer, _: "inputChannel" }, id });
  else client.sync.takeAffected("", await client.connection.call("messages.readMessageContents", { id }), null);
  client.sync.onStale([chat]);
}

const PAUSE_MS = 400;
let waiting: { chat: string; ids: Set<number> } | null = null;
/** Those that the server was told of. */
const told = new Set<string>();

/** A message stands in view: what asks for attention in it is looked at. */
export function seeMessage(client: Client, chat: string, message: Shown | undefined): void {
  const talk = client.store.talk(chat).peek();
  if (!message || message._ !== "message" || !talk || (!talk.mentions && !talk.reactions)) return;
  const reacted = message.out && message.reactions?.recent_reactions?.some((one) => one.unread);
  if (!message.mentioned && !reacted) return;
  const name = `${chat} ${message.id} ${reacted ? JSON.stringify(message.reactions) : ""}`;
  if (told.has(name)) return;
  told.add(name);
  if (waiting?.chat === chat) return void waiting.ids.add(message.id);
  const now = { chat, ids: new Set([message.id]) };
  waiting = now;
  setTimeout(() => {
    if (waiting === now) waiting = null;
    look(client, chat, [...now.ids]).catch(() => {});
  }, PAUSE_MS);
}
