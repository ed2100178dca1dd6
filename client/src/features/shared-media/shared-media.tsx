import { useEffect, useId, useMemo, useRef, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { day } from "../../i18n/times.ts";
import type { Client } from "../../state/client.ts";
import { keyOf } from "../../state/keys.ts";
import { Paged } from "../../state/paged.ts";
import { More } from "../../ui/more.tsx";
import type { document, message } from "../../wire/schema.d.ts";
import { describe, useClient, useName } from "../app/index.tsx";
import { addressOf, itemOf, Media, sizeFor, viewed } from "../media/index.tsx";
import type { Tab } from "./kinds.ts";
import { countsOf, length, linksIn, TABS } from "./kinds.ts";

const PAGE = 40;

export function SharedMedia({ chat }: { chat: string }) {
  const counts = useCounts(chat);
  const [chosen, setChosen] = useState<Tab | null>(null);
  const id = useId();
  const tab = counts.find(([one]) => one === chosen)?.[0] ?? counts[0]?.[0];
  if (!tab) return null;
  const keys = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    const at = counts.findIndex(([one]) => one === tab) + (globalThis.document.dir === "rtl" ? -step : step);
    const next = counts.at(at % counts.length)?.[0];
    if (!next) return;
    setChosen(next);
    globalThis.document.getElementById(`${id}${next}`)?.focus();
    event.preventDefault();
  };
  return (
    <section class="shared" aria-label={t("shared.title")}>
      <div class="tabs" role="tablist" aria-label={t("shared.title")} onKeyDown={keys}>
        {counts.map(([one, n]) => <button key={one} id={`${id}${one}`} type="button" class="tab" role="tab" aria-selected={one === tab} aria-controls={`${id}panel`} tabIndex={one === tab ? 0 : -1} onClick={() => setChosen(one)}>{t(TABS[one].label)} <span class="tab-count">{n}</span></button>)}
      </div>
      <div id={`${id}panel`} role="tabpanel" aria-labelledby={`${id}${tab}`}>
        <Shared key={`${chat} ${tab}`} chat={chat} tab={tab} />
      </div>
    </section>
  );
}

/** How many there are of each; counted again when something new is said. */
function useCounts(chat: string): readonly [Tab, number][] {
  const client = useClient();
  const [counts, setCounts] = useState<readonly [Tab, number][]>([]);
  const top = client.store.talk(chat).value?.top ?? 0;
  useEffect(() => {
    let over = false;
    const filters = Object.values(TABS).map((one) => one.filter);
    client.connection.call("messages.getSearchCounters", { peer: client.store.input(chat), filters }).then((found) => over || setCounts(countsOf(found)), () => {});
    return () => {
      over = true;
    };
  }, [chat, top]);
  return counts;
}

function pages(client: Client, chat: string, tab: Tab): Paged<message> {
  return new Paged(async (last, count) => {
    const found = await client.connection.call("messages.search", {
      peer: client.store.input(chat),
      q: "",
      filter: TABS[tab].filter,
      min_date: 0,
      max_date: 0,
      offset_id: last?.id ?? 0,
      add_offset: 0,
      limit: PAGE,
      max_id: 0,
      min_id: 0,
      hash: "0",
    });
    if (found._ === "messages.messagesNotModified") return { items: [], total: 0, end: true };
    client.store.putEntities(found.users, found.chats);
    const items = found.messages.filter((one): one is message => one._ === "message");
    const total = "count" in found ? found.count : items.length;
    return { items, total, end: count + items.length >= total };
  });
}

function Shared({ chat, tab }: { chat: string; tab: Tab }) {
  const client = useClient();
  const top = client.store.talk(chat).value?.top ?? 0;
  const first = useRef(top);
  // What is said while the panel is open is shown when it is opened again; nothing jumps.
  const paged = useMemo(() => pages(client, chat, tab), [chat, tab, first.current]);
  const items = paged.items.value;
  const failed = paged.state.value === "failed" ? describe(paged.error) : "";
  return (
    <>
      {tab === "media" ? <ul class="shared-grid">{items.map((one) => <Tile key={one.id} chat={chat} message={one} />)}</ul> : (
        <ul class="shared-list">
          {items.map((one) => (
            <li key={one.id}>
              {tab === "links" ? <Links message={one} /> : <Media chat={chat} message={one} />}
              <Source chat={chat} message={one} />
            </li>
          ))}
        </ul>
      )}
      <More paged={paged} failed={failed} retry={t("status.retry")} loading={t("search.looking")} />
    </>
  );
}

/** Who sent it and when: it leads to the message. */
function Source({ chat, message }: { chat: string; message: message }) {
  const client = useClient();
  const name = useName(keyOf(message.from_id ?? message.peer_id), true);
  return <a class="shared-source" href={`/app/c/${chat}/${message.id}`}><bdi>{name}</bdi> · {day(message.date, client.store.now())}</a>;
}

const TILE = 160;

function Tile({ chat, message }: { chat: string; message: message }) {
  const client = useClient();
  const [shown, setShown] = useState(!(message.media && "spoiler" in message.media && message.media.spoiler));
  const item = itemOf(message);
  if (!item) return null;
  const { file } = item;
  const photo = file._ === "photo" ? sizeFor(file, TILE) : null;
  const video = file._ === "document" ? file : null;
  const label = t(video ? "media.video" : "media.photo");
  const press = () => (shown ? (viewed.value = { chat, item }) : setShown(true));
  return (
    <li>
      <button type="button" class={shown ? "tile" : "tile blurred"} aria-label={shown ? t("shared.open", { kind: label, day: day(message.date, client.store.now()) }) : t("media.show")} onClick={press}>
        {photo && file._ === "photo" && <img src={addressOf(file, photo.label)} alt="" loading="lazy" />}
        {video && <Cover video={video} />}
      </button>
    </li>
  );
}

function Cover({ video }: { video: document }) {
  const attribute = video.attributes.find((one) => one._ === "documentAttributeVideo");
  const cover = video.thumbs?.find((one) => one._ === "photoSize");
  const seconds = attribute?._ === "documentAttributeVideo" ? attribute.duration : 0;
  return (
    <>
      {cover && <img src={addressOf(video, cover.type)} alt="" loading="lazy" />}
      <span class="tile-length">{length(seconds)}</span>
    </>
  );
}

function Links({ message }: { message: message }) {
  const page = message.media?._ === "messageMediaWebPage" && message.media.webpage._ === "webPage" ? message.media.webpage : null;
  const links = linksIn(message.message, message.entities ?? []);
  const title = page?.title ?? page?.site_name ?? "";
  return (
    <>
      {title && <strong class="shared-title" dir="auto">{title}</strong>}
      {links.map((one) => <a key={one.href} class="shared-link" href={one.href} target="_blank" rel="noopener noreferrer" dir="ltr">{one.shown}</a>)}
      {!links.length && <span dir="auto">{message.message}</span>}
    </>
  );
}

