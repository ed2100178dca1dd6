/** The search in one chat: words and conditions, how many there are, from one to the next. */
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import type { Paged } from "../../state/paged.ts";
import type { Shown } from "../../state/store.ts";
import { alarm } from "../../ui/announcer.ts";
import { Icon } from "../../ui/icon.tsx";
import { LongList } from "../../ui/long-list.tsx";
import { describe, useClient, useName } from "../app/index.tsx";
import { firstSince } from "./actions.ts";
import { conditions, isAsked, secondOf } from "./asked.ts";
import { Calendar } from "./calendar.tsx";
import { Conditions } from "./conditions.tsx";
import { Hit, ROW } from "./hit.tsx";
import type { ChatSearch } from "./in-chat.ts";
import { closeSearch } from "./in-chat.ts";
import { searchEverywhere } from "./index.tsx";
import { keepMarked } from "./marks.ts";

const PAUSE_MS = 250;

export function ChatBar({ chat, search }: { chat: string; search: ChatSearch }) {
  const client = useClient();
  const name = useName(chat);
  const asked = search.asked.value;
  const found = search.found.value;
  const [listed, setListed] = useState(false);
  const [text, setText] = useText(search, () => setListed(true));
  const [more, setMore] = useState(conditions(asked) > 0);
  const [dates, setDates] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  useEffect(() => keepMarked(asked.text), [asked.text]);
  const close = () => {
    closeSearch(chat);
    requestAnimationFrame(() => document.querySelector<HTMLElement>(".messages")?.focus());
  };
  const step = (by: 1 | -1) => {
    setListed(false);
    void search.step(by);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.key === "Enter") step(event.shiftKey ? -1 : 1);
    else if (event.key === "ArrowDown" && found && listed) document.querySelector<HTMLElement>(".chat-search .long-list button")?.focus();
    else return;
    event.preventDefault();
  };
  const leave = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || dates || event.defaultPrevented) return;
    event.stopPropagation();
    event.preventDefault();
    close();
  };
  const toDay = (day: string) => {
    setDates(false);
    firstSince(client, chat, secondOf(day)).then(
      (id) => (id ? search.jump(id) : alarm(t("search.nothing_since"))),
      (error: unknown) => alarm(describe(error)),
    );
  };
  const at = search.at.value;
  return (
    <div class="chat-search" role="search" aria-label={t("search.in", { name })} onKeyDown={leave}>
      <div class="chat-search-line">
        <div class="search">
          <Icon name="search" />
          <input ref={field} id="chat-search" type="search" value={text} onInput={(event) => setText(event.currentTarget.value)} onKeyDown={keys} placeholder={t("search.in_chat")} aria-label={t("search.in_chat")} />
        </div>
        <Steps search={search} found={found} onStep={step} />
        {found && <button class="round" type="button" aria-label={t("search.list")} title={t("search.list")} aria-expanded={listed} onClick={() => setListed(!listed)}><Icon name="list" /></button>}
        <button class="round" type="button" aria-label={t("search.conditions")} title={t("search.conditions")} aria-expanded={more} onClick={() => setMore(!more)}><Icon name="settings" /></button>
        <button class="round" type="button" aria-label={t("search.calendar")} title={t("search.calendar")} onClick={() => setDates(true)}><Icon name="calendar" /></button>
        <button class="round" type="button" aria-label={t("search.close")} onClick={close}><Icon name="close" /></button>
      </div>
      {more && <Conditions asked={asked} chat={chat} onChange={(next) => (search.ask({ ...next, text }), setListed(true))} />}
      {found && listed && isAsked(asked) && <Hits chat={chat} search={search} found={found} at={at} onPick={(one) => (setListed(false), search.show(one))} />}
      {dates && <Calendar chat={chat} onPick={toDay} onClose={() => setDates(false)} />}
    </div>
  );
}

/** What is typed is looked for when nothing more was typed for a moment. */
function useText(search: ChatSearch, onAsk: () => void) {
  const [text, setText] = useState(search.asked.peek().text);
  useEffect(() => {
    if (text === search.asked.peek().text) return;
    const timer = setTimeout(() => {
      search.ask({ ...search.asked.peek(), text });
      onAsk();
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return [text, setText] as const;
}

/** "3 of 57", and the ways to the next. */
function Steps({ search, found, onStep }: { search: ChatSearch; found: Paged<Shown> | null; onStep: (by: 1 | -1) => void }) {
  const total = found?.total.value ?? null;
  const at = search.at.value;
  const said = !found ? "" : total === null ? t(found.state.value === "failed" ? "search.failed" : "search.looking") : at < 0 ? t("search.count", { n: total }) : t("search.which", { at: at + 1, n: total });
  return (
    <>
      <span class="chat-search-count" role="status">{said}</span>
      <button class="round" type="button" aria-label={t("search.older")} title={t("search.older")} aria-disabled={!total || at + 1 >= total} onClick={() => onStep(1)}><Icon name="up" /></button>
      <button class="round" type="button" aria-label={t("search.newer")} title={t("search.newer")} aria-disabled={!total || at <= 0} onClick={() => onStep(-1)}><Icon name="down" /></button>
    </>
  );
}

function Hits({ chat, search, found, at, onPick }: { chat: string; search: ChatSearch; found: Paged<Shown>; at: number; onPick: (at: number) => void }) {
  const items = found.items.value;
  const state = found.state.value;
  const wanted = search.asked.value.text;
  if (state === "done" && !items.length) {
    return (
      <div class="found-none">
        <p>{t("search.none_here")}</p>
        <button class="secondary" type="button" onClick={() => searchEverywhere(wanted.trim())}><Icon name="search" />{t("search.widen")}</button>
      </div>
    );
  }
  return (
    <>
      {items.length > 0 && <LongList items={items} height={ROW} label={t("list.messages")} keyOf={(one) => String(one.id)} row={(one, n) => <Hit message={one} wanted={wanted} chat={chat} here={n === at} onPick={() => onPick(n)} />} onNear={() => void (found.state.peek() === "idle" && found.more())} />}
      {state === "failed" && <p class="found-none" role="alert">{describe(found.error)} <button class="plain" type="button" onClick={() => void found.more()}>{t("status.retry")}</button></p>}
    </>
  );
}
