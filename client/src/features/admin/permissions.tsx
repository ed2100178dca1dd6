/** What all members of a group may do, and how often they may write. */
import { t } from "../../i18n/index.ts";
import { useClient, useEntity } from "../app/index.tsx";
import { channelOf } from "../info/index.tsx";
import type { Deed, Full } from "./full.ts";
import { take, useDeed, useFull } from "./full.ts";
import { Pending } from "./index.tsx";
import { allowed, banned, holds, NEVER, PERMISSIONS } from "./rights.ts";
import { Section, Switch } from "./switch.tsx";

export function PermissionsScreen({ chat }: { chat: string }) {
  const client = useClient();
  const entity = useEntity(chat);
  const { full, wrong, load } = useFull(chat);
  const deed = useDeed(chat, load);
  const known = entity?._ === "chat" || entity?._ === "channel" ? entity : null;
  if (known && !holds(known, "ban_users")) return <p class="note" role="status">{t("admin.no_right")}</p>;
  if (!full || !known) return <Pending wrong={wrong} again={() => void load()} />;
  const names = allowed(known.default_banned_rights);
  const turn = (name: string, to: boolean) => {
    const next = new Set(names);
    if (to) next.add(name);
    else next.delete(name);
    const banned_rights = banned(next, NEVER, known.default_banned_rights);
    return deed(() => take(client, client.connection.call("messages.editChatDefaultBannedRights", { peer: client.store.input(chat), banned_rights })));
  };
  return (
    <>
      <Section title={t("may.what_all")}>
        <p class="hint">{t("may.hint")}</p>
        {PERMISSIONS.map((one) => <Switch key={one.name} on={names.has(one.name)} label={t(one.label)} onTurn={(to) => turn(one.name, to)} />)}
      </Section>
      {known._ === "channel" && <SlowMode chat={chat} full={full} deed={deed} />}
    </>
  );
}

/** What the server takes, in seconds. */
const SLOW = [0, 5, 10, 30, 60, 300, 900, 3600];

function SlowMode({ chat, full, deed }: { chat: string; full: Full; deed: Deed }) {
  const client = useClient();
  const now = full._ === "channelFull" ? (full.slowmode_seconds ?? 0) : 0;
  const set = (seconds: number) => void deed(() => take(client, client.connection.call("channels.toggleSlowMode", { channel: channelOf(client, chat), seconds })), t("admin.saved"));
  return (
    <Section title={t("slow.title")}>
      <label class="field select"><span>{t("slow.label")}</span>
        <select name="slow" value={String(now)} onChange={(event) => set(Number(event.currentTarget.value))}>
          {SLOW.map((one) => <option key={one} value={String(one)}>{duration(one)}</option>)}
        </select>
        <small class="hint">{t("slow.hint")}</small>
      </label>
    </Section>
  );
}

/** Seconds, minutes or hours; 0 is "off". */
export function duration(seconds: number): string {
  if (!seconds) return t("slow.off");
  if (seconds < 60) return t("slow.seconds", { n: seconds });
  return seconds < 3600 ? t("slow.minutes", { n: seconds / 60 }) : t("slow.hours", { n: seconds / 3600 });
}
