/** The list: folders, filter, rows. Only the rows that can be seen are in the page. */
import { useEffect, useRef, useState } from "preact/hooks";
import { signal } from "@preact/signals";
import { t } from "../../i18n/index.ts";
import type { Client } from "../../state/client.ts";
import { matches } from "../../state/find.ts";
import { isService, nameOf, usernameOf } from "../../state/names.ts";
import { announce } from "../../ui/announcer.ts";
import { Icon } from "../../ui/icon.tsx";
import { route, useClient } from "../app/index.tsx";
import { PasskeyOffer } from "../passkeys/index.tsx";
import { Found } from "./found.tsx";
import { existing, hasArchive, isIn } from "./folders.ts";
import { Row } from "./row.tsx";
import "./chat-list.css";

export { askToMute, markUnread, menuOf, mute } from "./actions.ts";
export { isIn } from "./folders.ts";
export { search } from "./found.tsx";

const ROW = 68;
const AROUND = 6;
export type Tab = "all" | "archive" | number;
const shownTab = signal<Tab>("all");

/** Show a folder: 1 all chats, 2 and so on those the person has made, 0 the archive. */
export function openFolder(client: Client, number: number): void {
  const tabs = tabsOf(client);
  const found = number === 0 ? tabs.find(([id]) => id === "archive") : tabs.filter(([id]) => id !== "archive")[number - 1];
  if (!found) return;
  shownTab.value = found[0];
  announce(found[1], () => found[1]);
}

export function ChatList() {
  const client = useClient();
  const { store } = client;
  const tabs = tabsOf(client);
  const tab = existing(tabs, shownTab.value);
  useEffect(() => {
    shownTab.value = tab;
  }, [tab]);
  const [wanted, setWanted] = useState("");
  const at = route.value;
  // What was looked for is found.
  useEffect(() => {
    if (at.screen === "chat") setWanted("");
  }, [at.screen === "chat" ? `${at.key} ${at.message}` : ""]);
  const filter = wanted.trim();
  const keys = store.order.value.filter((key) => {
    const talk = store.talk(key).value;
    if (!talk) return false;
    if (!filter) return isIn(store, tab, talk);
    const entity = store.entity(key).value;
    return matches(`${nameOf(entity)} ${usernameOf(entity)}`, filter);
  });
  // The service writes to everybody at the first sign-in; a newcomer still has nobody to talk with.
  const nobody = tab === "all" && store.listLoaded.value && keys.every(isService);
  return (
    <>
      <header class="list-head">
        <div class="search">
          <Icon name="search" />
          <input id="search" type="search" value={wanted} onInput={(e) => setWanted(e.currentTarget.value)} placeholder={t("list.search")} aria-label={t("list.search")} onKeyDown={(e) => {
            if (e.key === "Escape" && wanted) {
              e.stopPropagation();
              setWanted("");
            }
            if (e.key === "ArrowDown") document.querySelector<HTMLElement>(".chat-row")?.focus();
          }} />
        </div>
        <a class="round" href="/app/people" aria-label={t("people.title")} title={t("people.title")}><Icon name="person" /></a>
        <a class="round" href="/app/new" aria-label={t("list.new")} title={t("list.new")}><Icon name="new" /></a>
        <a class="round" href="/app/settings" aria-label={t("list.settings")} title={t("list.settings")}><Icon name="settings" /></a>
      </header>
      {!filter && <Tabs tabs={tabs} tab={tab} />}
      {!filter && <PasskeyOffer />}
      {filter && keys.length > 0 && <h2 class="list-title">{t("list.chats")}</h2>}
      {(keys.length > 0 || !store.listLoaded.value) && <Rows keys={keys} fixed={filter !== "" || nobody} />}
      {filter && <Found wanted={filter} known={keys} />}
      {!filter && store.listLoaded.value && (nobody || keys.length === 0) && <Empty all={tab === "all"} />}
    </>
  );
}

function tabsOf({ store }: Client): [Tab, string][] {
  const folders = store.filters.value.filter((one) => one._ !== "dialogFilterDefault");
  const tabs: [Tab, string][] = [["all", t("list.all")], ...folders.map((one): [Tab, string] => [one.id, one.title.text])];
  if (hasArchive(store)) tabs.push(["archive", t("list.archive")]);
  return tabs;
}

function Tabs({ tabs, tab }: { tabs: readonly [Tab, string][]; tab: Tab }) {
  if (tabs.length === 1) return null;
  return (
    <nav class="tabs" aria-label={t("list.folders")}>
      {tabs.map(([id, name]) => (
        <button key={id} type="button" class="tab" aria-pressed={tab === id} onClick={() => (shownTab.value = id)}>{name}</button>
      ))}
      <a class="tab tab-edit" href="/app/folders" aria-label={t("folders.manage")} title={t("folders.manage")}><Icon name="edit" /></a>
    </nav>
  );
}

function Rows({ keys, fixed }: { keys: readonly string[]; fixed: boolean }) {
  const place = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(800);
  useEffect(() => {
    const list = place.current;
    if (!list) return;
    const watcher = new ResizeObserver(() => setHeight(list.clientHeight));
    watcher.observe(list);
    return () => watcher.disconnect();
  }, []);
  const from = Math.max(0, Math.floor(top / ROW) - AROUND);
  const to = Math.min(keys.length, Math.ceil((top + height) / ROW) + AROUND);
  const move = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    const rows = [...(place.current?.querySelectorAll<HTMLElement>(".chat-row") ?? [])];
    const here = rows.findIndex((row) => row === document.activeElement);
    if (step === undefined || here < 0 || event.altKey) return;
    if (here + step < 0) document.querySelector<HTMLElement>("#search")?.focus();
    else rows[here + step]?.focus();
    event.preventDefault();
  };
  return (
    <div ref={place} class={fixed ? "rows fixed" : "rows"} onScroll={(e) => setTop(e.currentTarget.scrollTop)} onKeyDown={move}>
      <ul style={{ paddingBlockStart: `${from * ROW}px`, paddingBlockEnd: `${(keys.length - to) * ROW}px` }} aria-label={t("list.chats")}>
        {keys.slice(from, to).map((key, at) => <Row key={key} chat={key} first={from + at === 0} />)}
      </ul>
    </div>
  );
}

function Empty({ all }: { all: boolean }) {
  if (!all) return <p class="list-empty">{t("list.folder_empty")}</p>;
  return (
    <div class="list-empty">
      <p>{t("list.empty")}</p>
      <p>{t("list.how_found")}</p>
      <p><button class="secondary" type="button" onClick={() => document.querySelector<HTMLElement>("#search")?.focus()}>{t("list.find")}</button></p>
      <p><a class="secondary" href="/app/new">{t("list.new_group")}</a></p>
    </div>
  );
}
