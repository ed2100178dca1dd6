/** What was done in a chat, by whom, since it was made. */
import { useEffect, useState } from "preact/hooks";
import type { Key } from "../../i18n/index.ts";
import { isolate } from "../../i18n/bidi.ts";
import { t } from "../../i18n/index.ts";
import { day, dayNumber, hour } from "../../i18n/times.ts";
import type { Client } from "../../state/client.ts";
import { isAdmin, isBroadcast, nameOf } from "../../state/names.ts";
import type { ChannelAdminLogEvent, ChannelAdminLogEventsFilter, Message } from "../../wire/schema.d.ts";
import { PeerAvatar, preview, useClient, useEntity } from "../app/index.tsx";
import { channelOf } from "../info/index.tsx";
import { Pending } from "./index.tsx";
import { sayEvent } from "./log.ts";
import type { Said } from "./log.ts";
import { loadPage, userOf } from "./members.ts";
import { usePages } from "./pages.ts";
import { duration } from "./permissions.tsx";

type Kind = "all" | "members" | "admins" | "settings" | "messages" | "links";
const KINDS: Record<Kind, { label: Key; filter: Omit<ChannelAdminLogEventsFilter, "_"> }> = {
  all: { label: "log.kind_all", filter: {} },
  members: { label: "log.kind_members", filter: { join: true, leave: true, invite: true, ban: true, unban: true, kick: true, unkick: true } },
  admins: { label: "log.kind_admins", filter: { promote: true, demote: true, edit_rank: true } },
  settings: { label: "log.kind_settings", filter: { info: true, settings: true } },
  messages: { label: "log.kind_messages", filter: { pinned: true, edit: true, delete: true, send: true } },
  links: { label: "log.kind_links", filter: { invites: true } },
};
const PAGE = 50;
const TYPING_MS = 300;

export function LogScreen({ chat }: { chat: string }) {
  const client = useClient();
  const entity = useEntity(chat);
  const [kind, setKind] = useState<Kind>("all");
  const [admin, setAdmin] = useState("");
  const [text, setText] = useState("");
  const q = text.trim();
  const log = usePages((last: ChannelAdminLogEvent | undefined) => loadLog(client, chat, { kind, admin, q }, last), [chat, kind, admin, q], q ? TYPING_MS : 0);
  if (entity && !isAdmin(entity)) return <p class="note" role="status">{t("admin.no_right")}</p>;
  const filtered = Boolean(q || admin || kind !== "all");
  return (
    <>
      <input class="input" type="search" value={text} aria-label={t("log.find")} placeholder={t("log.find")} onInput={(event) => setText(event.currentTarget.value)} />
      <div class="log-filters">
        <label class="select"><span class="unseen">{t("log.kind")}</span>
          <select name="kind" value={kind} onChange={(event) => setKind(event.currentTarget.value as Kind)}>
            {(Object.keys(KINDS) as Kind[]).map((one) => <option key={one} value={one}>{t(KINDS[one].label)}</option>)}
          </select>
        </label>
        <AdminChoice chat={chat} admin={admin} onChoose={setAdmin} />
      </div>
      {log.items ? (
        <>
          {!log.items.length && <p class="hint" role="status">{t(filtered ? "log.none_found" : "log.none")}</p>}
          <Events chat={chat} events={log.items} />
          {log.wrong && <p class="wrong" role="alert">{log.wrong}</p>}
          {log.more && <p><button type="button" class="secondary" onClick={() => void log.next()}>{t("log.older")}</button></p>}
        </>
      ) : <Pending wrong={log.wrong} again={() => void log.load()} />}
    </>
  );
}

async function loadLog(client: Client, chat: string, { kind, admin, q }: { kind: Kind; admin: string; q: string }, last: ChannelAdminLogEvent | undefined) {
  const found = await client.connection.call("channels.getAdminLog", {
    channel: channelOf(client, chat),
    q,
    ...(kind === "all" ? {} : { events_filter: { _: "channelAdminLogEventsFilter" as const, ...KINDS[kind].filter } }),
    ...(admin ? { admins: [userOf(client, admin)] } : {}),
    max_id: last?.id ?? "0",
    min_id: "0",
    limit: PAGE,
  });
  client.store.putEntities(found.users, found.chats);
  return { items: found.events, more: found.events.length === PAGE };
}

/** Whose actions are shown. */
function AdminChoice({ chat, admin, onChoose }: { chat: string; admin: string; onChoose: (key: string) => void }) {
  const client = useClient();
  const [admins, setAdmins] = useState<readonly string[]>([]);
  useEffect(() => {
    loadPage(client, chat, "admins", "", 0).then((page) => setAdmins(page.members.map((one) => one.key)), () => {});
  }, [chat]);
  return (
    <label class="select"><span class="unseen">{t("log.by")}</span>
      <select name="admin" value={admin} onChange={(event) => onChoose(event.currentTarget.value)}>
        <option value="">{t("log.by_all")}</option>
        {admins.map((key) => <option key={key} value={key}>{nameOf(client.store.entity(key).value) || t("person.deleted")}</option>)}
      </select>
    </label>
  );
}

function Events({ chat, events }: { chat: string; events: readonly ChannelAdminLogEvent[] }) {
  const client = useClient();
  const broadcast = isBroadcast(useEntity(chat));
  const look = {
    name: (key: string) => isolate(nameOf(client.store.entity(key).value) || t("person.deleted")),
    preview: (message: Message) => (message._ === "messageEmpty" ? "" : preview(client, message)),
    duration,
    broadcast,
  };
  const now = client.store.now();
  return (
    <ol class="log" aria-label={t("admin.actions")}>
      {events.map((one, at) => {
        const before = events[at - 1];
        const isNewDay = !before || dayNumber(before.date) !== dayNumber(one.date);
        return (
          <li key={one.id}>
            {isNewDay && <h3>{day(one.date, now)}</h3>}
            <Event event={one} said={sayEvent(one, look)} />
          </li>
        );
      })}
    </ol>
  );
}

function Event({ event, said }: { event: ChannelAdminLogEvent; said: Said }) {
  const changed = said.before || said.after;
  return (
    <div class="log-event">
      <PeerAvatar peer={`u${event.user_id}`} size="small" />
      <div class="log-text">
        <p>{said.text}<time class="hint">{hour(event.date)}</time></p>
        {changed && said.before && <p class="log-value" dir="auto"><span class="unseen">{t("log.before")}</span><del>{said.before}</del></p>}
        {changed && said.after && <p class="log-value" dir="auto"><span class="unseen">{t("log.after")}</span>{said.before === undefined ? said.after : <ins>{said.after}</ins>}</p>}
        {said.details?.map((one) => <p key={one} class="log-value" dir="auto">{one}</p>)}
      </div>
    </div>
  );
}
