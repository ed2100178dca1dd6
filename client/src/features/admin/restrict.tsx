/** What a member may still do in a group, and until when. */
import { useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { full as fullDate } from "../../i18n/times.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { PeerAvatar, useClient, useEntity, useName } from "../app/index.tsx";
import { useDeed } from "./full.ts";
import { restrict } from "./members.ts";
import type { Member } from "./members.ts";
import { allowed, banned, NEVER, PERMISSIONS } from "./rights.ts";
import { Switch } from "./switch.tsx";
import { END_CHOICES, endOf, fieldOf } from "./until.ts";
import type { End } from "./until.ts";

export function RestrictDialog({ chat, member, onClose }: { chat: string; member: Member; onClose: (changed: boolean) => void }) {
  const client = useClient();
  const entity = useEntity(chat);
  const name = useName(member.key, true);
  const deed = useDeed(chat);
  const of = (entity?._ === "channel" && entity.default_banned_rights) || undefined;
  const everybody = allowed(of);
  const [names, setNames] = useState(() => {
    const start = allowed(member.banned);
    return new Set([...start].filter((one) => everybody.has(one)));
  });
  const was = member.banned?.until_date ?? 0;
  const [end, setEnd] = useState<End>(was > 0 && was < NEVER ? "date" : "never");
  const [date, setDate] = useState(() => fieldOf(was > 0 && was < NEVER ? was : client.store.now() + 86_400));
  const [wrong, setWrong] = useState("");
  const turn = (one: string, to: boolean) => {
    const next = new Set(names);
    if (to) next.add(one);
    else next.delete(one);
    setNames(next);
  };
  const save = async (event: Event) => {
    event.preventDefault();
    const until = endOf(end, date, client.store.now());
    if (until === null) return setWrong(t("until.wrong"));
    // What nobody may is not this person's own restriction.
    const theirs = new Set([...names, ...PERMISSIONS.map((one) => one.name).filter((one) => !everybody.has(one))]);
    onClose(await deed(() => restrict(client, chat, member.key, banned(theirs, until, member.banned)), t("admin.saved")));
  };
  return (
    <Dialog title={t("members.restrict")} closeLabel={t("dialog.close")} onClose={() => onClose(false)}>
      <form class="admin-form" onSubmit={save}>
        <p class="admin-person"><PeerAvatar peer={member.key} size="small" /><bdi>{name}</bdi></p>
        <fieldset class="switches">
          <legend>{t("may.what_one")}</legend>
          {PERMISSIONS.map((one) => (
            <Switch key={one.name} on={names.has(one.name)} label={t(one.label)} disabled={!everybody.has(one.name)} {...(everybody.has(one.name) ? {} : { hint: t("may.nobody") })} onTurn={(to) => turn(one.name, to)} />
          ))}
        </fieldset>
        <label class="field select"><span>{t("until.label")}</span>
          <select value={end} onChange={(e) => setEnd(e.currentTarget.value as End)}>
            {END_CHOICES.map((one) => <option key={one} value={one}>{t("until.choice", { end: one })}</option>)}
          </select>
        </label>
        {end === "date" && <label class="field"><span>{t("until.date")}</span><input type="datetime-local" value={date} onInput={(e) => setDate(e.currentTarget.value)} required /></label>}
        {wrong && <p class="wrong" role="alert">{wrong}</p>}
        {end !== "date" && end !== "never" && <p class="hint">{t("until.ends", { date: fullDate(endOf(end, date, client.store.now()) ?? 0) })}</p>}
        <div class="dialog-acts">
          <button type="button" class="secondary" onClick={() => onClose(false)}>{t("composer.cancel")}</button>
          <button class="primary">{t("members.restrict_do")}</button>
        </div>
      </form>
    </Dialog>
  );
}
