/** Which rows a folder shows. */
import type { DialogFilter, InputPeer } from "../../wire/schema.d.ts";
import { keyOfInput } from "../../state/keys.ts";
import { isBroadcast, isGroup } from "../../state/names.ts";
import type { Store, Talk } from "../../state/store.ts";
import type { Tab } from "./index.tsx";

/** Whether a row belongs under a tab. */
export function isIn(store: Store, tab: Tab, talk: Talk): boolean {
  if (tab === "archive") return talk.folder === 1;
  if (tab === "all") return talk.folder === 0;
  const filter = store.filters.value.find((one) => one._ !== "dialogFilterDefault" && one.id === tab);
  return filter ? matches(store, filter, talk) : false;
}

function matches(store: Store, filter: DialogFilter, talk: Talk): boolean {
  if (filter._ === "dialogFilterDefault") return talk.folder === 0;
  const holds = (peers: readonly InputPeer[]) => peers.some((peer) => keyOfInput(peer, store.me) === talk.key);
  if (holds(filter.include_peers) || holds(filter.pinned_peers)) return true;
  if (filter._ === "dialogFilterChatlist" || holds(filter.exclude_peers)) return false;
  if (filter.exclude_archived && talk.folder === 1) return false;
  if (filter.exclude_read && !talk.unread && !talk.mark) return false;
  if (filter.exclude_muted && talk.mutedUntil > store.now()) return false;
  const entity = store.entity(talk.key).value;
  if (entity?._ === "user") {
    if (entity.bot) return filter.bots ?? false;
    return (entity.contact ? filter.contacts : filter.non_contacts) ?? false;
  }
  return (isGroup(entity) && filter.groups) || (isBroadcast(entity) && filter.broadcasts) || false;
}

/** The tab to show: one whose folder is gone gives way to the list. */
export function existing(tabs: readonly (readonly [Tab, string])[], wanted: Tab): Tab {
  return tabs.some(([id]) => id === wanted) ? wanted : "all";
}

/** Whether anything is archived. */
export function hasArchive(store: Store): boolean {
  return store.order.value.some((key) => store.talk(key).value?.folder === 1);
}
