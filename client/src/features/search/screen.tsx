/** The search in all chats. */
import { useEffect } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { keyOf } from "../../state/keys.ts";
import { matches } from "../../state/find.ts";
import { nameOf, usernameOf } from "../../state/names.ts";
import { Icon } from "../../ui/icon.tsx";
import { LongList } from "../../ui/long-list.tsx";
import { describe, goBack, PeerAvatar, useClient, useName } from "../app/index.tsx";
import { search } from "../chat-list/index.tsx";
import { everywhere } from "./actions.ts";
import type { Asked } from "./asked.ts";
import { isAsked } from "./asked.ts";
import { Conditions } from "./conditions.tsx";
import type { Everywhere } from "./everywhere.ts";
import { askedEverywhere, foundEverywhere, scrolled } from "./everywhere.ts";
import { Hit, ROW } from "./hit.tsx";

const PAUSE_MS = 300;
const NAMES = 8;

export function SearchScreen() {
  const asked = askedEverywhere.value;
  const found = foundEverywhere.value;
  useAsking(asked);
  const change = (next: Asked) => (askedEverywhere.value = next);
  useEffect(() => document.querySelector<HTMLElement>("#search-all")?.focus(), []);
  const keys = (event: KeyboardEvent) => {
    if (event.key !== "ArrowDown") return;
    document.querySelector<HTMLElement>(".search-screen .chat-row")?.focus();
    event.preventDefault();
  };
  return (
    <div class="search-screen" role="search" aria-label={t("search.everywhere")}>
      <header class="chat-head">
        <button class="round only-narrow" type="button" aria-label={t("chat.back")} onClick={() => goBack()}><Icon name="back" /></button>
        <h1 class="unseen">{t("search.everywhere")}</h1>
        <div class="search">
          <Icon name="search" />
          <input id="search-all" type="search" value={asked.text} onInput={(event) => change({ ...asked, text: event.currentTarget.value })} onKeyDown={keys} placeholder={t("search.everywhere")} aria-label={t("search.everywhere")} />
        </div>
      </header>
      <Conditions asked={asked} onChange={change} />
      {!isAsked(asked) ? <p class="found-none">{t("search.start")}</p> : found && <Results key={JSON.stringify(found.asked)} found={found} />}
    </div>
  );
}

/** Ask when nothing was typed for a moment; what is known already is not asked for again. */
function useAsking(asked: Asked): void {
  const client = useClient();
  useEffect(() => {
    if (JSON.stringify(foundEverywhere.peek()?.asked) === JSON.stringify(asked)) return;
    const timer = setTimeout(() => {
      foundEverywhere.peek()?.messages.stop();
      scrolled.top = 0;
      const messages = everywhere(client, asked);
      const text = asked.text.trim();
      const wantsNames = text !== "" && asked.kind === "all";
      foundEverywhere.value = { asked, messages, names: wantsNames ? null : [] };
      void messages.more();
      if (!wantsNames) return;
      const known = client.store.order.peek().filter((key) => matches(`${nameOf(client.store.entity(key).peek())} ${usernameOf(client.store.entity(key).peek())}`, text));
      search(client, text).catch((): string[] => []).then((more) => {
        const now = foundEverywhere.peek();
        if (now?.messages === messages) foundEverywhere.value = { ...now, names: [...new Set([...known, ...more])].slice(0, NAMES) };
      });
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [asked]);
}

function Results({ found }: { found: Everywhere }) {
  const { messages, names, asked } = found;
  const items = messages.items.value;
  const state = messages.state.value;
  const total = messages.total.value;
  const empty = state === "done" && names !== null && !items.length && !names.length;
  return (
    <>
      <p class="found-count" role="status">{empty ? "" : total === null ? t(state === "failed" ? "search.failed" : "search.looking") : t("search.count", { n: total })}</p>
      {names && names.length > 0 && (
        <nav class="found-names" aria-label={t("search.names")}>{names.map((key) => <Name key={key} peer={key} />)}</nav>
      )}
      {empty && <div class="found-none" role="status"><p>{t("search.none")}</p><p class="hint">{t("search.none_hint")}</p></div>}
      {items.length > 0 && <LongList items={items} height={ROW} label={t("list.messages")} keyOf={(one) => `${keyOf(one.peer_id)} ${one.id}`} row={(one) => <Hit message={one} wanted={asked.text} />} top={scrolled.top} onScroll={(top) => (scrolled.top = top)} onNear={() => void (messages.state.peek() === "idle" && messages.more())} />}
      {state === "failed" && <p class="found-none" role="alert">{describe(messages.error)} <button class="plain" type="button" onClick={() => void messages.more()}>{t("status.retry")}</button></p>}
    </>
  );
}

function Name({ peer }: { peer: string }) {
  const name = useName(peer);
  return <a class="found-name" href={`/app/c/${peer}`}><PeerAvatar peer={peer} /><bdi>{name}</bdi></a>;
}
