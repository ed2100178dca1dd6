/** Type where to go or what to do; arrows choose, Enter does it. */
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { matches } from "../../state/find.ts";
import { isService, nameOf, usernameOf } from "../../state/names.ts";
import type { Client } from "../../state/client.ts";
import { Dialog } from "../../ui/dialog.tsx";
import type { IconName } from "../../ui/icon.tsx";
import { Icon } from "../../ui/icon.tsx";
import { go, PeerAvatar, route, useClient } from "../app/index.tsx";
import { menuOf, search } from "../chat-list/index.tsx";
import { focusedMessage, itemsOf } from "../history/index.tsx";
import { reporting } from "../report/index.tsx";
import { applyTheme } from "../settings/index.tsx";
import { overlay } from "./index.tsx";
import "./palette.css";

interface Entry {
  label: string;
  /** What it is about, in grey. */
  note: string;
  act: () => void;
  peer?: string;
  icon?: IconName;
}

const CHATS = 8;
const PAUSE_MS = 250;

export function Palette({ onClose }: { onClose: () => void }) {
  const client = useClient();
  const [wanted, setWanted] = useState("");
  const [at, setAt] = useState(0);
  const [acts] = useState(() => actions(client));
  const others = useOthers(client, wanted);
  const list = useRef<HTMLUListElement>(null);
  const id = useId();
  const chats = chatsOf(client, wanted);
  const known = new Set(chats.map((one) => one.peer));
  const entries = [...chats, ...acts.filter((one) => matches(`${one.label} ${one.note}`, wanted)), ...others.filter((one) => !known.has(one.peer))];
  const here = Math.min(at, Math.max(0, entries.length - 1));
  useEffect(() => list.current?.children[here]?.scrollIntoView({ block: "nearest" }), [here]);
  const choose = (entry: Entry | undefined) => {
    if (!entry) return;
    onClose();
    // Once the dialog has given the focus back.
    setTimeout(entry.act);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const steps: Record<string, number> = { ArrowDown: here + 1, ArrowUp: here - 1 };
    const next = steps[event.key];
    if (next !== undefined && entries.length) setAt((next + entries.length) % entries.length);
    else if (event.key === "Enter") choose(entries[here]);
    else return;
    event.preventDefault();
  };
  const type = (text: string) => {
    setWanted(text);
    setAt(0);
  };
  return (
    <Dialog title={t("palette.title")} closeLabel={t("dialog.close")} onClose={onClose}>
      <input class="input" type="text" role="combobox" aria-expanded="true" aria-controls={id} aria-autocomplete="list" aria-activedescendant={entries.length ? `${id}-${here}` : undefined} aria-label={t("palette.label")} placeholder={t("palette.label")} value={wanted} onInput={(e) => type(e.currentTarget.value)} onKeyDown={keys} spellcheck={false} autocomplete="off" autofocus />
      <ul ref={list} id={id} class="palette" role="listbox" aria-label={t("palette.title")}>
        {entries.map((one, n) => (
          <li key={`${one.peer ?? ""}${one.label}`} id={`${id}-${n}`} class="palette-row" role="option" aria-selected={n === here} onClick={() => choose(one)}>
            {one.peer ? <PeerAvatar peer={one.peer} size="small" /> : <span class="palette-icon"><Icon name={one.icon ?? "forward"} /></span>}
            <bdi>{one.label}</bdi>
            {one.note && <span class="hint"><bdi>{one.note}</bdi></span>}
          </li>
        ))}
      </ul>
      <p class={entries.length ? "unseen" : "hint"} role="status">{entries.length ? t("palette.count", { n: entries.length }) : t("list.nobody", { wanted })}</p>
    </Dialog>
  );
}

function chatsOf(client: Client, wanted: string): Entry[] {
  const { store } = client;
  const at = route.peek();
  const open = at.screen === "chat" ? at.key : "";
  const me = `u${store.me}`;
  const named = (key: string) => (key === me ? t("chat.saved") : nameOf(store.entity(key).peek()));
  const keys = [...store.order.peek(), ...(store.order.peek().includes(me) ? [] : [me])];
  const found = keys.filter((key) => (wanted ? matches(`${named(key)} ${usernameOf(store.entity(key).peek())}`, wanted) : key !== open && key !== me));
  return found.slice(0, CHATS).map((key) => ({ label: named(key) || t("person.deleted"), note: "", peer: key, act: () => go(`/app/c/${key}`) }));
}

/** People and public chats beyond the list, once the typing pauses. */
function useOthers(client: Client, wanted: string): Entry[] {
  const [found, setFound] = useState<Entry[]>([]);
  useEffect(() => {
    setFound([]);
    if (wanted.trim().length < 2) return;
    let over = false;
    const timer = setTimeout(() => {
      search(client, wanted.trim()).then(
        (keys) => {
          const entry = (key: string): Entry => ({ label: nameOf(client.store.entity(key).peek()), note: usernameOf(client.store.entity(key).peek()), peer: key, act: () => go(`/app/c/${key}`) });
          if (!over) setFound([...new Set(keys)].map(entry));
        },
        () => {},
      );
    }, PAUSE_MS);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [wanted]);
  return found;
}

/** What can be done here: to the message that had the focus, to the open chat, to all. */
function actions(client: Client): Entry[] {
  const out: Entry[] = [];
  const at = route.peek();
  const chat = at.screen === "chat" ? at.key : "";
  const message = chat ? focusedMessage(client, chat) : undefined;
  if (message) {
    for (const item of itemsOf(client, chat, message)) out.push({ label: item.label, note: t("palette.this_message"), icon: item.icon, act: item.act });
  }
  const talk = chat ? client.store.talk(chat).peek() : undefined;
  const name = chat ? nameOf(client.store.entity(chat).peek()) : "";
  if (chat) out.push({ label: t("chat.info", { name }), note: "", icon: "info", act: () => go(`/app/c/${chat}/info`) });
  if (talk) {
    for (const item of menuOf(client, talk, talk.mutedUntil > client.store.now())) out.push({ label: item.label, note: name, icon: item.icon, act: item.act });
  }
  out.push({ label: t("list.new"), note: "", icon: "new", act: () => go("/app/new") });
  out.push({ label: t("list.settings"), note: "", icon: "settings", act: () => go("/app/settings") });
  out.push({ label: t("cases.title"), note: "", icon: "flag", act: () => go("/app/cases") });
  if (chat && !isService(chat)) out.push({ label: t("message.report"), note: name, icon: "flag", act: () => (reporting.value = { chat, ids: [] }) });
  for (const theme of ["system", "light", "dark"] as const) out.push({ label: t(`settings.theme_${theme}`), note: t("settings.theme"), icon: "settings", act: () => applyTheme(theme) });
  out.push({ label: t("keys.title"), note: "", icon: "info", act: () => (overlay.value = "keys") });
  return out;
}
