/** What was said: a window on the history that keeps its place, whatever comes or goes around it. */
import type { RefObject } from "preact";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { day, dayNumber } from "../../i18n/times.ts";
import type { Client } from "../../state/client.ts";
import { keyOf } from "../../state/keys.ts";
import { newest, sliceAt } from "../../state/slices.ts";
import type { Slice } from "../../state/slices.ts";
import type { Shown } from "../../state/store.ts";
import type { message as TextMessage } from "../../wire/schema.d.ts";
import { Icon } from "../../ui/icon.tsx";
import type { Anchor } from "../app/index.tsx";
import { anchorOf, go, restore, takePlace, useClient } from "../app/index.tsx";
import { UnreadJumps } from "../unread/index.tsx";
import { floatDay } from "./floating.ts";
import { historyKeys } from "./keys.ts";
import { isSending, Pending } from "./pending.tsx";
import { MessageRow } from "./row.tsx";
import { readVisible } from "./visible.ts";
import type { Window } from "./window.ts";
import { around, newer, older, shown } from "./window.ts";

const NEAR = 700;
const GROUP_SECONDS = 300;

/** A part of a chat that is read by itself. */
export interface Thread {
  /** Of its history. */
  key: string;
  /** Up to where it was read; -1: all. */
  readIn: number;
  /** Its address. */
  base: string;
  onRead: (upTo: number) => void;
}

export function Messages({ chat, at, thread }: { chat: string; at: number; thread?: Thread }) {
  const client = useClient();
  const { store } = client;
  const key = thread?.key ?? chat;
  const history = store.history(key);
  void [history.version.value, store.history(chat).version.value];
  const talk = thread ? undefined : store.talk(chat).peek();
  // What one saves oneself is nothing new.
  const [divider] = useState(thread ? thread.readIn : talk && talk.unread > 0 && chat !== `u${store.me}` ? talk.readIn : -1);
  const [back] = useState(takePlace);
  const start = Number(back?.id.slice(1) ?? 0) || at || (divider < 0 ? 0 : Math.max(1, divider));
  const [focus, setFocus] = useState(start);
  const [window, setWindow] = useState<Window | null>(null);
  const [failed, setFailed] = useState(false);
  const held = window ? sliceAt(history.slices, window.from) : undefined;
  const slice = held ?? (focus ? sliceAt(history.slices, focus) : undefined) ?? (focus === at && at ? undefined : newest(history.slices));
  const place = useRef<HTMLDivElement>(null);
  const fetch = useCallback(() => {
    setFailed(false);
    client.load.around(key, focus).then(
      () => focus && !sliceAt(store.history(key).slices, focus) && setFocus(0),
      () => setFailed(true),
    );
  }, [key, focus]);
  useEffect(() => {
    if (!slice) fetch();
  }, [fetch, slice === undefined]);
  const view = slice ? (held && window ? window : around(slice, focus)) : null;
  const ids = view ? shown(slice, view) : [];
  const scroll = useScrolling({ client, chat, thread, slice, view, setWindow, place, start: focus, divider, back });
  const toNewest = () => {
    if (at) return go(thread?.base ?? `/app/c/${chat}`, true);
    const end = newest(history.slices);
    setFocus(0);
    setWindow(end ? around(end, 0) : null);
    scroll.toEnd();
  };
  useOwn(client, chat, toNewest);
  if (failed) return <div class="messages" tabIndex={-1}><p class="nothing" role="alert">{t("history.failed")} <button class="plain" type="button" onClick={fetch}>{t("status.retry")}</button></p></div>;
  const atEnd = view?.to === Infinity && slice?.end === true;
  return (
    <div class="history">
      <div ref={place} class="messages" role="region" aria-label={t("history.label")} tabIndex={0} onScroll={(event) => (floatDay(event.currentTarget), scroll.moved())} onKeyDown={(event) => historyKeys(event, place.current, scroll.moved)}>
        {!slice && <Skeleton />}
        {slice && !ids.length && atEnd && !isSending(client, chat) && <p class="nothing">{t(thread ? "comments.none" : "history.empty")}</p>}
        <ol class="message-list">
          {rows(client, chat, ids, divider, at)}
          {atEnd && <Pending chat={chat} />}
        </ol>
      </div>
      {!thread && <UnreadJumps chat={chat} />}
      {(!scroll.bottom || !atEnd) && slice && (
        <button class="round jump" type="button" aria-label={talk?.unread ? `${t("history.newest")}, ${t("list.unread", { n: talk.unread })}` : t("history.newest")} onClick={toNewest}>
          <Icon name="down" />
          {(talk?.unread ?? 0) > 0 && <span class="badge">{talk?.unread}</span>}
        </button>
      )}
    </div>
  );
}

/** Who sends something wants to see it, wherever they are reading. */
function useOwn(client: Client, chat: string, show: () => void): void {
  const last = client.outbox.entries.value.findLast((entry) => entry.chat === chat)?.randomId ?? "";
  const before = useRef(last);
  useLayoutEffect(() => {
    if (last && last !== before.current) show();
    before.current = last;
  }, [last]);
}

/** Days, the mark of what is new, and the messages. */
function rows(client: Client, chat: string, ids: readonly number[], divider: number, target: number) {
  let before: Shown | undefined;
  let marked = false;
  return grouped(client, chat, ids).flatMap(({ message, album }) => {
    const { id } = message;
    const out = [];
    const newDay = !before || dayNumber(before.date) !== dayNumber(message.date);
    if (newDay) out.push(<li key={`day-${dayNumber(message.date)}`} class="day"><h2>{day(message.date, client.store.now())}</h2></li>);
    const isNew = divider >= 0 && !marked && id > divider && !message.out;
    if (isNew) {
      marked = true;
      out.push(<li key="new" class="divider"><span>{t("history.new")}</span></li>);
    }
    const joined = !newDay && !isNew && before !== undefined && sameAuthor(before, message);
    out.push(<MessageRow key={id} chat={chat} message={message} joined={joined} target={id === target} album={album} />);
    before = message;
    return out;
  });
}

interface Group {
  /** Of an album, the one that has the words. */
  message: Shown;
  album: TextMessage[] | null;
}

/** Messages of one album become one row. */
function grouped(client: Client, chat: string, ids: readonly number[]): Group[] {
  const out: Group[] = [];
  for (const id of ids) {
    const message = client.store.message(chat, id);
    if (!message) continue;
    const last = out.at(-1);
    const before = last?.message;
    if (last && before?._ === "message" && message._ === "message" && message.grouped_id && message.grouped_id === before.grouped_id) {
      last.album = [...(last.album ?? [before]), message];
      if (!before.message && message.message) last.message = message;
    } else out.push({ message, album: null });
  }
  return out;
}

function sameAuthor(a: Shown, b: Shown): boolean {
  const author = (one: Shown) => (one.from_id ? keyOf(one.from_id) : keyOf(one.peer_id));
  return a._ === "message" && b._ === "message" && author(a) === author(b) && a.out === b.out && b.date - a.date < GROUP_SECONDS;
}

function Skeleton() {
  return <div class="skeleton" aria-hidden="true">{[62, 38, 75, 50, 30].map((width) => <span key={width} style={{ inlineSize: `${width}%` }} />)}</div>;
}

interface Scrolling {
  client: Client;
  chat: string;
  thread: Thread | undefined;
  slice: Slice | undefined;
  view: Window | null;
  setWindow: (window: Window) => void;
  place: RefObject<HTMLDivElement | null>;
  start: number;
  divider: number;
  /** Where it stood when it was left for a moment. */
  back: Anchor | null;
}

/** Keeps the place, asks for more near the edges, tells what was read. */
function useScrolling(given: Scrolling) {
  const { client, chat, thread, place } = given;
  const key = thread?.key ?? chat;
  const anchor = useRef<Anchor | null>(null);
  const placed = useRef(false);
  const stuck = useRef(true);
  const latest = useRef(given);
  latest.current = given;
  const [bottom, setBottom] = useState(true);
  const { step, stepped } = useSteps(latest);
  const look = useCallback(() => {
    const list = place.current;
    const { slice, view } = latest.current;
    if (!list || !slice || !view) return;
    const left = list.scrollHeight - list.scrollTop - list.clientHeight;
    client.store.history(key).near = view.to === Infinity ? Infinity : view.from;
    stuck.current = left < 60 && view.to === Infinity;
    setBottom(left < 200);
    anchor.current = anchorOf(list);
    const first = slice.ids[0] ?? 0;
    const last = slice.ids.at(-1) ?? 0;
    if (list.scrollTop < NEAR) {
      if (view.from > first) step(older(slice, view));
      else if (!slice.start) client.load.older(key, first).then(() => requestAnimationFrame(look), () => {});
    }
    if (left < NEAR && view.to !== Infinity) {
      if (view.to < last || slice.end) step(newer(slice, view));
      else client.load.newer(key, last).then(() => requestAnimationFrame(look), () => {});
    }
    readVisible(client, chat, list, latest.current.thread?.onRead);
  }, [key]);
  useLayoutEffect(() => {
    const list = place.current;
    if (!list || !latest.current.slice) return;
    if (!placed.current) {
      placed.current = true;
      stuck.current = toStart(list, latest.current);
    } else if (stuck.current && latest.current.view?.to === Infinity) list.scrollTop = list.scrollHeight;
    else restore(list, anchor.current);
    anchor.current = anchorOf(list);
  });
  useEffect(() => {
    const frame = requestAnimationFrame(() => (stepped(), look()));
    return () => cancelAnimationFrame(frame);
  }, [given.view?.from, given.view?.to, given.slice]);
  useEffect(() => {
    const history = client.store.history(key);
    history.near = given.start || Infinity;
    return () => void (history.near = null);
  }, [key]);
  useResizes(given, stuck, anchor);
  return {
    moved: look,
    bottom,
    toEnd: () => {
      stuck.current = true;
    },
  };
}

/** One change of the window a frame: the next is made when this one has been painted. */
function useSteps(latest: { current: Scrolling }) {
  const changing = useRef(false);
  const step = (next: Window) => {
    const { view, setWindow } = latest.current;
    if (changing.current || (next.from === view?.from && next.to === view.to)) return;
    changing.current = true;
    setWindow(next);
  };
  return { step, stepped: () => void (changing.current = false) };
}

/** Keeps the place when sizes change: the window, a keyboard, a picture. */
function useResizes({ client, chat, thread, place, slice }: Scrolling, stuck: { current: boolean }, anchor: { current: Anchor | null }): void {
  useEffect(() => {
    const list = place.current;
    if (!list) return;
    const watcher = new ResizeObserver(() => {
      if (stuck.current) list.scrollTop = list.scrollHeight;
      else restore(list, anchor.current);
    });
    watcher.observe(list);
    if (list.firstElementChild) for (const one of list.children) watcher.observe(one);
    const seen = () => document.visibilityState === "visible" && readVisible(client, chat, list, thread?.onRead);
    addEventListener("focus", seen);
    return () => {
      watcher.disconnect();
      removeEventListener("focus", seen);
    };
  }, [chat, slice === undefined]);
}

/** Where a chat opens: at the message, at the first new one, or at the end. True: at the end. */
function toStart(list: HTMLElement, { start, divider, back }: Scrolling): boolean {
  if (back && list.querySelector(`#${back.id}`)) {
    restore(list, back);
    return false;
  }
  const mark = list.querySelector<HTMLElement>(".divider");
  const target = (start && start !== Math.max(1, divider) ? list.querySelector<HTMLElement>(`#m${start}`) : null) ?? mark;
  list.scrollTop = list.scrollHeight;
  if (!target) return true;
  const top = target.offsetTop - list.clientHeight / 3;
  if (top >= list.scrollTop) return true;
  list.scrollTop = top;
  return false;
}
