import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { alarm } from "../../ui/announcer.ts";
import { describe, useClient } from "../app/index.tsx";
import { block, loadPerson } from "./actions.ts";

/** Whether I have blocked somebody; asked for when their chat is first opened. */
export function useBlocked(chat: string): boolean {
  const client = useClient();
  const { store } = client;
  const online = client.link.value === "online";
  const blocked = store.isBlocked(chat).value;
  const isPerson = chat.startsWith("u") && chat !== `u${store.me}`;
  useEffect(() => {
    if (online && isPerson && blocked === undefined) loadPerson(client, chat).catch(() => {});
  }, [chat, online]);
  return blocked ?? false;
}

/** In place of the composer in a chat with somebody whom I have blocked. */
export function BlockedBar({ chat }: { chat: string }) {
  const client = useClient();
  const [busy, setBusy] = useState(false);
  const unblock = () => {
    if (busy) return;
    setBusy(true);
    block(client, chat, false).catch((error: unknown) => alarm(describe(error))).finally(() => setBusy(false));
  };
  return (
    <div class="join-bar">
      <p>{t("info.you_blocked")}</p>
      <button class="secondary" type="button" aria-disabled={busy} onClick={unblock}>{t("info.unblock")}</button>
    </div>
  );
}
