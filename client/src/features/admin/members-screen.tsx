/** Who is in a chat: found by name, page by page, each with a menu of what I may do. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Key } from "../../i18n/index.ts";
import { t } from "../../i18n/index.ts";
import { day } from "../../i18n/times.ts";
import type { Entity } from "../../state/keys.ts";
import { isAdmin, isBroadcast, may } from "../../state/names.ts";
import { Icon } from "../../ui/icon.tsx";
import type { Place } from "../../ui/menu.tsx";
import { describe, PeerAvatar, useClient, useEntity, useName } from "../app/index.tsx";
import { AddDialog } from "./add.tsx";
import { RightsDialog } from "./admin-rights.tsx";
import { HandOverDialog } from "./handover.tsx";
import { Pending } from "./index.tsx";
import { loadPage, PAGE, PAGE_MAX } from "./members.ts";
import type { Filter, Member, Page } from "./members.ts";
import { mayRank, MemberMenu } from "./member-menu.tsx";
import { RankDialog } from "./rank.tsx";
import { RestrictDialog } from "./restrict.tsx";
import { holds, NEVER } from "./rights.ts";

const FILTERS: Record<Filter, Key> = {
  recent: "members.all",
  admins: "members.admins",
  contacts: "members.contacts",
  banned: "members.restricted",
  kicked: "members.removed",
};
const TYPING_MS = 250;
export type Task = { what: "rights" | "restrict" | "rank" | "handover"; member: Member };

export function MembersScreen({ chat }: { chat: string }) {
  const entity = useEntity(chat);
  const [filter, setFilter] = useState<Filter>("recent");
  const [text, setText] = useState("");
  const [task, setTask] = useState<Task | null>(null);
  const list = useMembers(chat, filter, text);
  const offered = (Object.keys(FILTERS) as Filter[]).filter((one) => {
    if (one === "banned" || one === "kicked") return entity?._ === "channel" && isAdmin(entity) && !(one === "banned" && isBroadcast(entity));
    return one !== "contacts" || entity?._ === "channel";
  });
  const [adding, setAdding] = useState(false);
  const close = (changed: boolean) => {
    setTask(null);
    setAdding(false);
    if (changed) void list.load();
  };
  return (
    <>
      {mayAdd(entity) && <p class="panel-acts"><button type="button" class="secondary" onClick={() => setAdding(true)}><Icon name="new" />{t("info.add")}</button></p>}
      <input class="input" type="search" value={text} aria-label={t("members.find")} placeholder={t("members.find")} onInput={(e) => setText(e.currentTarget.value)} />
      <div class="chips" role="group" aria-label={t("members.which")}>
        {offered.map((one) => <button key={one} type="button" class="chip" aria-pressed={filter === one} onClick={() => setFilter(one)}>{t(FILTERS[one])}</button>)}
      </div>
      {list.page ? <List chat={chat} filter={filter} text={text} list={list} onTask={setTask} /> : <Pending wrong={list.wrong} again={() => void list.load()} />}
      {adding && <AddDialog chat={chat} onClose={close} />}
      {task?.what === "rights" && <RightsDialog chat={chat} member={task.member} onClose={close} />}
      {task?.what === "rank" && <RankDialog chat={chat} member={task.member} onClose={close} />}
      {task?.what === "handover" && <HandOverDialog chat={chat} member={task.member} onClose={close} />}
      {task?.what === "restrict" && <RestrictDialog chat={chat} member={task.member} onClose={close} />}
    </>
  );
}

/** Whether I may bring people in. */
function mayAdd(entity: Entity | undefined): boolean {
  if (entity?._ !== "chat" && entity?._ !== "channel") return false;
  return isBroadcast(entity) ? holds(entity, "invite_users") : may(entity, "invite_users");
}

interface Members {
  page: Page | null;
  wrong: string;
  load: () => Promise<void>;
  more: () => Promise<void>;
}

/** The members that a filter and a text name, anew whenever somebody comes or goes. */
function useMembers(chat: string, filter: Filter, text: string): Members {
  const client = useClient();
  const membership = client.store.membershipOf(chat).value;
  const [page, setPage] = useState<Page | null>(null);
  const [wrong, setWrong] = useState("");
  /** Only the answer to the last question counts. */
  const asked = useRef(0);
  const shown = useRef(PAGE);
  const fetch = async (offset: number, before: readonly Member[]) => {
    const mine = ++asked.current;
    try {
      const found = await loadPage(client, chat, filter, text.trim(), offset, before.length ? PAGE : shown.current);
      if (mine !== asked.current) return;
      const known = new Set(before.map((one) => one.key));
      const members = [...before, ...found.members.filter((one) => !known.has(one.key))];
      // When somebody comes or goes, as many are asked for again as are shown.
      shown.current = Math.min(PAGE_MAX, Math.max(PAGE, members.length));
      setPage({ count: found.count, members });
      setWrong("");
    } catch (error) {
      if (mine !== asked.current) return;
      setPage(null);
      setWrong(describe(error));
    }
  };
  const load = () => fetch(0, []);
  const was = useRef(filter);
  useEffect(() => {
    if (was.current !== filter) setPage(null);
    was.current = filter;
    const timer = setTimeout(() => void load(), text ? TYPING_MS : 0);
    return () => clearTimeout(timer);
  }, [chat, filter, text, membership]);
  return { page, wrong, load, more: () => fetch(page?.members.length ?? 0, page?.members ?? []) };
}

function List({ chat, filter, text, list, onTask }: { chat: string; filter: Filter; text: string; list: Members; onTask: (task: Task) => void }) {
  const [menu, setMenu] = useState<{ member: Member; at: Place } | null>(null);
  const { members, count } = list.page ?? { members: [], count: 0 };
  const open = (member: Member, event: MouseEvent) => {
    event.preventDefault();
    const box = (event.currentTarget as Element).getBoundingClientRect();
    // By the keyboard a click has no place of its own.
    setMenu({ member, at: event.clientX ? { x: event.clientX, y: event.clientY } : { x: box.x + 16, y: box.bottom } });
  };
  return (
    <>
      <p class="hint" role="status">{members.length ? t("members.count", { n: Math.max(count, members.length) }) : t(text ? "members.nobody" : EMPTY[filter])}</p>
      <ul class="pick members" aria-label={t(FILTERS[filter])}>
        {members.map((one) => <Row key={one.key} chat={chat} member={one} onOpen={(event) => open(one, event)} />)}
      </ul>
      {members.length < count && <p><button type="button" class="secondary" onClick={() => void list.more()}>{t("admin.more")}</button></p>}
      {menu && <MemberMenu chat={chat} member={menu.member} at={menu.at} onTask={onTask} onDone={() => void list.load()} onClose={() => setMenu(null)} />}
    </>
  );
}

const EMPTY: Record<Filter, Key> = {
  recent: "members.nobody",
  admins: "members.nobody",
  contacts: "members.no_contacts",
  banned: "members.no_restricted",
  kicked: "members.no_removed",
};

function Row({ chat, member, onOpen }: { chat: string; member: Member; onOpen: (event: MouseEvent) => void }) {
  const client = useClient();
  const entity = useEntity(chat);
  const name = useName(member.key, true);
  const mine = member.key === `u${client.store.me}`;
  const inside = <><PeerAvatar peer={member.key} size="small" /><span class="member-text"><bdi>{name}</bdi><Mark member={member} /></span></>;
  if (mine && !mayRank(entity, member, true)) return <li class="pick-row still">{inside}<span class="hint">{t("members.you")}</span></li>;
  return <li><button type="button" class="pick-row" aria-haspopup="menu" onClick={onOpen} onContextMenu={onOpen}>{inside}{mine && <span class="hint">{t("members.you")}</span>}<Icon name="more" /></button></li>;
}

/** Their title or role, and until when they are restricted. */
function Mark({ member }: { member: Member }) {
  const { store } = useClient();
  const until = member.banned?.until_date ?? 0;
  const ends = until > 0 && until < NEVER ? t("members.until", { date: day(until, store.now()) }) : "";
  const role = member.role === "restricted" ? t("members.is_restricted") : member.role === "removed" ? t("members.is_removed") : member.role === "member" ? "" : t("info.role", { role: member.role });
  const said = [member.rank || role, ends].filter(Boolean).join(" · ");
  return said ? <small class="hint">{said}</small> : null;
}
