import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { brief } from "../../ui/calm.ts";
import { Icon } from "../../ui/icon.tsx";
import { preview, useClient, useEntity } from "../app/index.tsx";
import { askToUnpin, mayPin } from "./actions.ts";

/** The newest pinned message under the head. */
export function PinnedBar({ chat }: { chat: string }) {
  const client = useClient();
  const { store } = client;
  void store.history(chat).version.value;
  const entity = useEntity(chat);
  const [found, setFound] = useState(0);
  const [count, setCount] = useState(1);
  useEffect(() => {
    const asked = { peer: store.input(chat), q: "", filter: { _: "inputMessagesFilterPinned" as const }, min_date: 0, max_date: 0, offset_id: 0, add_offset: 0, limit: 1, max_id: 0, min_id: 0, hash: "0" };
    client.connection.call("messages.search", asked).then((page) => {
      if (page._ === "messages.messagesNotModified") return;
      store.putEntities(page.users, page.chats);
      const [first] = store.putMessages(page.messages);
      setFound(first?.id ?? 0);
      setCount("count" in page ? page.count : page.messages.length);
    }, () => {});
  }, [chat]);
  const all = [...store.history(chat).messages.values()].filter((one) => one._ === "message" && one.pinned);
  const id = Math.max(0, ...all.map((one) => one.id));
  const message = store.message(chat, id || found);
  if (!message || message._ !== "message" || !message.pinned) return null;
  return (
    <div class="pinned">
      <a href={`/app/c/${chat}/${message.id}`}>
        <Icon name="pin" />
        <span class="unseen">{t("chat.pinned")}</span>
        <bdi>{brief(preview(client, message))}</bdi>
      </a>
      {mayPin(entity) && <button class="round" type="button" aria-label={t("pinned.remove")} title={t("pinned.remove")} onClick={() => askToUnpin(client, chat, message, Math.max(count, all.length) > 1)}><Icon name="close" /></button>}
    </div>
  );
}
