/** The screens of those who run a chat, beside the conversation: which one the address names. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Key } from "../../i18n/index.ts";
import { t } from "../../i18n/index.ts";
import { isBroadcast } from "../../state/names.ts";
import { Icon } from "../../ui/icon.tsx";
import { go, useClient, useEntity } from "../app/index.tsx";
import { EditScreen } from "./edit.tsx";
import { InviteScreen } from "./invite.tsx";
import { InvitesScreen } from "./invite-list.tsx";
import { LogScreen } from "./log.tsx";
import { MembersScreen } from "./members-screen.tsx";
import { PermissionsScreen } from "./permissions.tsx";
import { RequestsScreen } from "./requests.tsx";

export { AddDialog } from "./add.tsx";
export { NewScreen } from "./new.tsx";

const TITLES: Record<string, Key> = {
  members: "admin.members",
  permissions: "admin.permissions",
  invites: "admin.invites",
  requests: "admin.requests",
  actions: "admin.actions",
};

export function AdminScreen({ chat, section, onClose }: { chat: string; section: string; onClose: () => void }) {
  const client = useClient();
  const entity = useEntity(chat);
  const broadcast = isBroadcast(entity);
  const [name = "", detail = ""] = section.split("/");
  const title = name === "edit" ? t(broadcast ? "admin.edit_channel" : "admin.edit_group") : name === "members" && broadcast ? t("admin.subscribers") : t(TITLES[name] ?? "info.title");
  return (
    <Frame key={section} title={title} onClose={onClose} up={`/app/c/${chat}/info${detail ? `/${name}` : ""}`}>
      {entity ? <Screen chat={chat} name={name} detail={detail} /> : <p class="hint admin-pending" role="status">{t(client.store.listLoaded.value ? "chat.unknown" : "status.loading")}</p>}
    </Frame>
  );
}

function Screen({ chat, name, detail }: { chat: string; name: string; detail: string }) {
  switch (name) {
    case "members":
      return <MembersScreen chat={chat} />;
    case "edit":
      return <EditScreen chat={chat} />;
    case "permissions":
      return <PermissionsScreen chat={chat} />;
    case "invites":
      return detail ? <InviteScreen chat={chat} hash={detail} /> : <InvitesScreen chat={chat} />;
    case "requests":
      return <RequestsScreen chat={chat} />;
    case "actions":
      // A small group keeps no such list.
      return chat.startsWith("c") ? <LogScreen chat={chat} /> : <p class="hint">{t("log.none")}</p>;
    default:
      return <p class="hint">{t("chat.unknown")}</p>;
  }
}

/** Its head, with the way back; the keyboard begins there. */
function Frame({ title, up, onClose, children }: { title: string; up: string; onClose: () => void; children: ComponentChildren }) {
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), []);
  return (
    <aside class="panel admin" aria-label={title}>
      <header class="panel-head">
        <button class="round" type="button" aria-label={t("chat.back")} onClick={() => go(up)}><Icon name="back" /></button>
        <h2 ref={head} tabIndex={-1}>{title}</h2>
        <button class="round" type="button" aria-label={t("dialog.close")} onClick={onClose}><Icon name="close" /></button>
      </header>
      {children}
    </aside>
  );
}
