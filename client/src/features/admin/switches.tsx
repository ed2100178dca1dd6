/** How a chat works: switches that take effect at once. */
import { t } from "../../i18n/index.ts";
import type { Key } from "../../i18n/index.ts";
import { isBroadcast } from "../../state/names.ts";
import type { Updates } from "../../wire/schema.d.ts";
import { useClient, useEntity } from "../app/index.tsx";
import { channelOf } from "../info/index.tsx";
import type { Deed, Full } from "./full.ts";
import { take } from "./full.ts";
import { holds } from "./rights.ts";
import { Section, Switch } from "./switch.tsx";

/** Members from which they can be hidden. */
const HIDDEN_MIN = 100;

/** One switch: whether it is on, and the call that turns it. */
interface One {
  label: Key;
  hint: Key;
  on: boolean;
  turn: (to: boolean) => Promise<Updates>;
}

export function SwitchesSection({ chat, full, deed }: { chat: string; full: Full; deed: Deed }) {
  const client = useClient();
  const all = useSwitches(chat, full);
  if (!all.length) return null;
  return (
    <Section title={t("admin.how")}>
      {all.map((one) => <Switch key={one.label} on={one.on} label={t(one.label)} hint={t(one.hint)} onTurn={(to) => deed(() => take(client, one.turn(to)))} />)}
    </Section>
  );
}

/** Those that there are in this kind of chat and that I may turn. */
function useSwitches(chat: string, full: Full): One[] {
  const { connection, store } = useClient();
  const client = useClient();
  const entity = useEntity(chat);
  const all: One[] = [];
  if (entity?._ !== "chat" && entity?._ !== "channel") return all;
  const peer = store.input(chat);
  if (entity._ === "channel" && full._ === "channelFull") {
    const channel = channelOf(client, chat);
    const group = !isBroadcast(entity);
    const info = holds(entity, "change_info");
    const ban = holds(entity, "ban_users");
    if (!group && info) all.push({ label: "switch.signatures", hint: "switch.signatures_hint", on: entity.signatures ?? false, turn: (to) => connection.call("channels.toggleSignatures", { channel, signatures_enabled: to }) });
    if (group && info && !entity.username && !full.linked_chat_id) all.push({ label: "switch.history", hint: "switch.history_hint", on: !full.hidden_prehistory, turn: (to) => connection.call("channels.togglePreHistoryHidden", { channel, enabled: !to }) });
    if (group && ban && full.linked_chat_id) all.push({ label: "switch.join_to_send", hint: "switch.join_to_send_hint", on: entity.join_to_send ?? false, turn: (to) => connection.call("channels.toggleJoinToSend", { channel, enabled: to }) });
    if (group && ban && (entity.username || full.linked_chat_id)) all.push({ label: "switch.join_request", hint: "switch.join_request_hint", on: entity.join_request ?? false, turn: (to) => connection.call("channels.toggleJoinRequest", { channel, enabled: to }) });
    // The server hides nobody in a small group.
    if (group && ban && (full.participants_hidden || (full.participants_count ?? 0) >= HIDDEN_MIN)) all.push({ label: "switch.hidden", hint: "switch.hidden_hint", on: full.participants_hidden ?? false, turn: (to) => connection.call("channels.toggleParticipantsHidden", { channel, enabled: to }) });
    if (group && holds(entity, "delete_messages")) all.push({ label: "switch.antispam", hint: "switch.antispam_hint", on: full.antispam ?? false, turn: (to) => connection.call("channels.toggleAntiSpam", { channel, enabled: to }) });
  }
  if (entity.creator) all.push({ label: "switch.protected", hint: "switch.protected_hint", on: entity.noforwards ?? false, turn: (to) => connection.call("messages.toggleNoForwards", { peer, enabled: to }) });
  return all;
}
