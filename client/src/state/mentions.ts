/** People in texts: a message that goes out names them as the server wants them named. */
import type { MessageEntity } from "../wire/schema.d.ts";
import type { Store } from "./store.ts";

/** Entities as a call takes them. A person this page does not know is left as words. */
export function withHashes(store: Store, entities: readonly MessageEntity[]): MessageEntity[] {
  return entities.flatMap((one): MessageEntity[] => {
    if (one._ !== "messageEntityMentionName") return [one];
    const key = `u${one.user_id}`;
    if (!store.entity(key).peek()) return [];
    const peer = store.input(key);
    const { offset, length } = one;
    if (peer._ === "inputPeerSelf") return [{ _: "inputMessageEntityMentionName", offset, length, user_id: { _: "inputUserSelf" } }];
    if (peer._ !== "inputPeerUser") return [];
    return [{ _: "inputMessageEntityMentionName", offset, length, user_id: { ...peer, _: "inputUser" } }];
  });
}
