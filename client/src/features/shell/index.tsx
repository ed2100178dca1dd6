/** The signed-in page: list, conversation, panel; where the connection stands; keys for all. */
import { effect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import type { Key } from "../../i18n/index.ts";
import type { Client } from "../../state/client.ts";
import { nameOf } from "../../state/names.ts";
import { go, goBack, route, useClient } from "../app/index.tsx";
import { CasesScreen } from "../cases/index.tsx";
import { ChatList } from "../chat-list/index.tsx";
import { Conversation } from "../history/index.tsx";
import { InfoPanel } from "../info/index.tsx";
import { JoinScreen, NameScreen } from "../groups/index.tsx";
import { Overlays } from "../palette/index.tsx";
import { NewChat } from "../admin/index.tsx";
import { CommentsScreen } from "../comments/index.tsx";
import { FoldersScreen } from "../folders/index.tsx";
import { PeopleScreen } from "../people/index.tsx";
import { ScheduledScreen } from "../scheduled/index.tsx";
import { SearchScreen } from "../search/index.tsx";
import { showBadge } from "../notices/index.tsx";
import { LinkScreen, Settings } from "../settings/index.tsx";
import { renew } from "../../worker/install.ts";
import { watch } from "./watch.ts";
import "./shell.css";

export function Shell() {
  const client = useClient();
  const at = route.value;
  const chat = at.screen === "chat" ? at.key : "";
  useEffect(() => watch(client), [client]);
  useEffect(() => effect(() => showUnread(client, chat)), [client, chat]);
  const main = at.screen === "list" ? "" : "has-main";
  return (
    <div class={`shell ${main} ${at.screen === "chat" && at.panel ? "has-panel" : ""}`}>
      <a class="skip" href="#main">{t("shell.skip")}</a>
      <aside class="side" aria-label={t("shell.chats")}>
        <ChatList />
        <Status />
      </aside>
      <main id="main" class="main" tabIndex={-1}>
        {at.screen !== "list" && <div class="only-phone"><Status /></div>}
        {at.screen === "list" && <p class="nothing">{t("shell.choose")}</p>}
        {at.screen === "chat" && <Conversation key={at.key} chat={at.key} message={at.message} />}
        {at.screen === "new" && <NewChat />}
        {at.screen === "scheduled" && <ScheduledScreen key={at.key} chat={at.key} />}
        {at.screen === "search" && <SearchScreen />}
        {at.screen === "comments" && <CommentsScreen key={`${at.key} ${at.post}`} chat={at.key} post={at.post} message={at.message} />}
        {at.screen === "folders" && <FoldersScreen />}
        {at.screen === "people" && <PeopleScreen />}
        {at.screen === "settings" && <Settings section={at.section} detail={at.detail} />}
        {at.screen === "cases" && <CasesScreen />}
        {at.screen === "link" && <LinkScreen />}
        {at.screen === "join" && <JoinScreen key={at.hash} hash={at.hash} />}
        {at.screen === "name" && <NameScreen key={at.name} name={at.name} message={at.message} />}
      </main>
      {at.screen === "chat" && at.panel && <InfoPanel key={at.key} chat={at.key} section={at.section ?? ""} onClose={() => (at.section ? go(`/app/c/${at.key}`) : goBack())} />}
      <Overlays />
      {client.newBuild.value && <NewBuild />}
    </div>
  );
}

/** In the title and at the icon: how many chats have something new that is not muted. */
function showUnread(client: Client, chat: string): void {
  const unread = client.store.order.value
    .map((key) => client.store.talk(key).value)
    .filter((talk) => talk && talk.folder === 0 && (talk.unread || talk.mark) && talk.mutedUntil < client.store.now()).length;
  const name = chat ? nameOf(client.store.entity(chat).value) : "";
  showBadge(unread);
  document.title = `${unread ? `(${unread}) ` : ""}${name || client.config.name}`;
}

const NO_LINK: Record<string, Key> = { PORTAL: "error.portal", UNAVAILABLE: "error.unavailable" };
const KEEPING = { full: "status.keep_full", newer: "status.keep_newer", refused: "status.keep_refused" } as const;

/** Nothing while all is well. */
function Status() {
  const client = useClient();
  const state = client.link.value;
  const lost = useRef(false);
  if (state !== "connecting") lost.current = state === "offline";
  // Tries in between are not told: a screen reader would say each.
  const link = lost.current ? "offline" : state;
  const loaded = client.store.listLoaded.value;
  const kept = !loaded && client.store.order.value.length > 0;
  const offline = t(NO_LINK[client.trouble.value] ?? (kept ? "status.kept" : "status.offline"));
  const text = link === "connecting" ? t("status.connecting") : link === "offline" ? offline : client.sync.updating.value || !loaded ? t("status.updating") : "";
  const worry = client.keeping.value ? t(KEEPING[client.keeping.value]) : client.clockWrong.value ? t("status.clock") : "";
  if (!text && worry) {
    return (
      <div class="status shown" role="status">
        <span>{worry}</span>
        {client.keeping.value === "newer" && <button class="plain" type="button" onClick={() => void renew()}>{t("shell.reload")}</button>}
      </div>
    );
  }
  return (
    <div class={`status ${text ? "shown" : ""} ${link}`} role="status">
      {text && <span>{text}</span>}
      {link === "offline" && <button class="plain" type="button" onClick={() => client.connection.wake()}>{t("status.retry")}</button>}
    </div>
  );
}

function NewBuild() {
  return (
    <div class="bar" role="status">
      {t("shell.new_build")}
      <button class="plain" type="button" onClick={() => void renew()}>{t("shell.reload")}</button>
    </div>
  );
}

