/** What those who run a group or channel do; its code is loaded when it is first asked for. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { isAdmin, isBroadcast, isMember, may } from "../../state/names.ts";
import { Icon } from "../../ui/icon.tsx";
import type { IconName } from "../../ui/icon.tsx";
import { OFFLINE, RpcError } from "../../wire/errors.ts";
import { describe, useClient, useEntity } from "../app/index.tsx";
import { holds } from "./rights.ts";
import "./admin.css";

type Parts = typeof import("./parts.tsx");
let loaded: Parts | null = null;

/** The parts, once they are there; `wrong`: why they are not. */
function useParts(): { parts: Parts | null; wrong: string; again: () => void } {
  const [parts, setParts] = useState(loaded);
  const [wrong, setWrong] = useState("");
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (parts) return;
    setWrong("");
    import("./parts.tsx").then((found) => setParts((loaded = found)), () => setWrong(describe(new RpcError(OFFLINE, 0))));
  }, [turn]);
  return { parts, wrong, again: () => setTurn(turn + 1) };
}

/** The screen that was left last: its link gets the focus back. */
let last = "";

function focusLast(link: HTMLAnchorElement | null): void {
  if (!link || !last || !link.pathname.endsWith(`/${last}`)) return;
  last = "";
  link.focus();
}

/** What is shown while something is on its way, or why it did not come. */
export function Pending({ wrong, again }: { wrong: string; again: () => void }) {
  if (!wrong) return <p class="hint admin-pending" role="status">{t("status.loading")}</p>;
  return (
    <div class="admin-pending" role="alert">
      <p>{wrong}</p>
      <p><button type="button" class="secondary" onClick={again}>{t("status.retry")}</button></p>
    </div>
  );
}

/** One of the screens beside a conversation: `members`, `edit`, `permissions`, `invites`, `requests`, `actions`. */
export function AdminPanel(props: { chat: string; section: string; onClose: () => void }) {
  last = props.section.split("/")[0] ?? "";
  const { parts, wrong, again } = useParts();
  if (parts) return <parts.AdminScreen {...props} />;
  return (
    <aside class="panel admin" aria-label={t("info.title")}>
      <header class="panel-head">
        <h2>{t("info.title")}</h2>
        <button class="round" type="button" aria-label={t("dialog.close")} onClick={props.onClose}><Icon name="close" /></button>
      </header>
      <Pending wrong={wrong} again={again} />
    </aside>
  );
}

/** Bring people in: over the page. */
export function AddPeople(props: { chat: string; onClose: (changed: boolean) => void }) {
  const { parts } = useParts();
  return parts && <parts.AddDialog {...props} />;
}

/** The page of a new group or channel. */
export function NewChat() {
  const { parts, wrong, again } = useParts();
  return parts ? <parts.NewScreen /> : <Pending wrong={wrong} again={again} />;
}

/** The ways from a chat's own panel to these screens: those alone that I may enter. */
export function AdminLinks({ chat }: { chat: string }) {
  const client = useClient();
  const entity = useEntity(chat);
  const waiting = client.store.requestsOf(chat).value;
  if ((entity?._ !== "chat" && entity?._ !== "channel") || !isMember(entity)) return null;
  const broadcast = isBroadcast(entity);
  const admin = isAdmin(entity);
  const mayInvite = admin && holds(entity, "invite_users");
  const mayEdit = holds(entity, "change_info") || (!broadcast && may(entity, "change_info"));
  const links: readonly (readonly [boolean, string, IconName, string])[] = [
    [admin || !broadcast, "members", "group", t(broadcast ? "admin.subscribers" : "admin.members")],
    [mayEdit, "edit", "edit", t(broadcast ? "admin.edit_channel" : "admin.edit_group")],
    [!broadcast && holds(entity, "ban_users"), "permissions", "lock", t("admin.permissions")],
    [mayInvite, "invites", "link", t("admin.invites")],
    [mayInvite && waiting > 0, "requests", "person", t("admin.requests")],
    [admin && entity._ === "channel", "actions", "clock", t("admin.actions")],
  ];
  const open = links.filter(([may]) => may);
  if (!open.length) return null;
  return (
    <ul class="pick admin-links">
      {open.map(([, section, icon, label]) => (
        <li key={section}><a ref={focusLast} class="pick-row" href={`/app/c/${chat}/info/${section}`}><Icon name={icon} /><span>{label}</span>{section === "requests" && <span class="badge">{waiting}</span>}</a></li>
      ))}
    </ul>
  );
}

/** In the head of a chat: how many ask to be let in, for those who may answer. */
export function RequestsMark({ chat }: { chat: string }) {
  const client = useClient();
  const entity = useEntity(chat);
  const waiting = client.store.requestsOf(chat).value;
  const online = client.link.value === "online";
  const mayAnswer = isAdmin(entity) && isMember(entity) && holds(entity, "invite_users");
  useEffect(() => {
    if (!mayAnswer || !online) return;
    // Asked for once a chat is looked at; from then on updates tell.
    import("./full.ts").then(({ loadFull }) => loadFull(client, chat)).catch(() => {});
  }, [chat, mayAnswer, online]);
  if (!mayAnswer || !waiting) return null;
  return <a class="requests-mark" href={`/app/c/${chat}/info/requests`} aria-label={t("admin.waiting", { n: waiting })} title={t("admin.waiting", { n: waiting })}><Icon name="person" /><span class="badge" aria-hidden="true">{waiting}</span></a>;
}
