import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import type { Entity, PeerKey } from "../../state/keys.ts";
import { isOnline, nameOf } from "../../state/names.ts";
import { useClient } from "./client.ts";

/** A person or chat, as it changes. */
export function useEntity(key: PeerKey): Entity | undefined {
  return useClient().store.entity(key).value;
}

/** What to call a chat; `person`: oneself by one's name, not as the chat with oneself. */
export function useName(key: PeerKey, person = false): string {
  const client = useClient();
  const entity = client.store.entity(key).value;
  if (entity?._ === "user" && entity.self && !person) return t("chat.saved");
  return nameOf(entity) || t("person.deleted");
}

/** Whether somebody is online, until they are not. */
export function useOnline(key: PeerKey): boolean {
  const { store } = useClient();
  const [, look] = useState(0);
  const entity = store.entity(key).value;
  const online = entity?._ === "user" && !entity.self && isOnline(entity, store.now());
  const until = entity?._ === "user" && entity.status?._ === "userStatusOnline" ? entity.status.expires : 0;
  useEffect(() => {
    if (!online) return;
    const timer = setTimeout(() => look((n) => n + 1), (until - store.now() + 1) * 1000);
    return () => clearTimeout(timer);
  }, [online, until]);
  return online;
}

/** Render again every so many seconds: what is shown depends on the time. */
export function useTick(seconds: number): void {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), seconds * 1000);
    return () => clearInterval(timer);
  }, [seconds]);
}
