/** Finding messages: in one chat, and in all of them. The code for it is loaded when it is first asked for. */
import { t } from "../../i18n/index.ts";
import { Icon } from "../../ui/icon.tsx";
import { go, later, useClient } from "../app/index.tsx";
import { NOTHING } from "./asked.ts";
import { askedEverywhere } from "./everywhere.ts";
import { closeSearch, openSearch, searches } from "./in-chat.ts";
import "./search.css";

export { closeSearch, openSearch };

/** In the head of a chat. */
export function SearchButton({ chat }: { chat: string }) {
  const client = useClient();
  const open = searches.value.has(chat);
  return <button class="round" type="button" aria-label={t("search.in_chat")} title={t("search.in_chat")} aria-expanded={open} onClick={() => (open ? closeSearch(chat) : openSearch(client, chat))}><Icon name="search" /></button>;
}

const Bar = later(() => import("./chat-bar.tsx").then((part) => part.ChatBar));

/** Under the head of a chat while it is searched. */
export function ChatSearchBar({ chat }: { chat: string }) {
  const search = searches.value.get(chat);
  return search ? <Bar key={chat} chat={chat} search={search} /> : null;
}

/** The search in all chats; `text`: for something else than before. */
export function searchEverywhere(text = ""): void {
  if (text && text !== askedEverywhere.peek().text) askedEverywhere.value = { ...NOTHING, text };
  go("/app/search");
  document.querySelector<HTMLElement>("#search-all")?.focus();
}

export const SearchScreen = later(() => import("./screen.tsx").then((part) => part.SearchScreen));
