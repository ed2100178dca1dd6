/** Telling the server what has been read. */
import type { Client } from "./client.ts";
import type { PeerKey } from "./keys.ts";

/** All up to this message has been read by me. */
export async function markRead(client: Client, key: PeerKey, upTo: number): Promise<void> {
  const { store, connection, sync } = client;
  const talk = store.talk(key).peek();
  if (!talk || (upTo <= talk.readIn && !talk.mark)) return;
  const all = upTo >= talk.top;
  store.setTalk(key, { readIn: Math.max(upTo, talk.readIn), ...(all ? { unread: 0, mark: false } : {}) });
  const peer = store.input(key);
  if (peer._ === "inputPeerChannel") {
    await connection.call("channels.readHistory", { channel: { ...peer, _: "inputChannel" }, max_id: upTo });
  } else {
    const affected = await connection.call("messages.readHistory", { peer, max_id: upTo });
    sync.takeAffected("", affected, null);
  }
  if (!all) sync.onStale([key]);
  if (talk.mark) {
    await connection.call("messages.markDialogUnread", { peer: { _: "inputDialogPeer", peer } });
  }
}
