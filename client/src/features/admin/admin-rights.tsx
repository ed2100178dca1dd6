/** What an admin may do, each right a switch; those I have not myself I cannot give. */
import { useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { isBroadcast } from "../../state/names.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { PeerAvatar, useClient, useEntity, useName } from "../app/index.tsx";
import { useDeed } from "./full.ts";
import { setAdmin } from "./members.ts";
import type { Member } from "./members.ts";
import { RANK_MAX } from "./rank.tsx";
import { adminRights, chosenRights, grant, labelOfRight, mayGive, usualRights } from "./rights.ts";
import type { AdminRight } from "./rights.ts";
import { Switch } from "./switch.tsx";

export function RightsDialog({ chat, member, onClose }: { chat: string; member: Member; onClose: (changed: boolean) => void }) {
  const client = useClient();
  const entity = useEntity(chat);
  const name = useName(member.key, true);
  const broadcast = isBroadcast(entity);
  const deed = useDeed(chat);
  const before = member.role === "admin" ? member.rights : undefined;
  const [chosen, setChosen] = useState(() => (before ? chosenRights(before, broadcast) : usualRights(entity, broadcast)));
  const [rank, setRank] = useState(member.rank);
  const [busy, setBusy] = useState(false);
  const turn = (right: AdminRight, to: boolean) => {
    const next = new Set(chosen);
    if (to) next.add(right);
    else next.delete(right);
    setChosen(next);
  };
  const end = async (act: () => Promise<void>) => {
    if (busy) return;
    setBusy(true);
    const done = await deed(act, t("admin.saved"));
    setBusy(false);
    onClose(done);
  };
  const save = (event: Event) => {
    event.preventDefault();
    void end(() => setAdmin(client, chat, member.key, grant(entity, before, chosen, broadcast), rank.trim()));
  };
  return (
    <Dialog title={t(before ? "members.rights" : "members.promote")} closeLabel={t("dialog.close")} onClose={() => onClose(false)}>
      <form class="admin-form" onSubmit={save}>
        <p class="admin-person"><PeerAvatar peer={member.key} size="small" /><bdi>{name}</bdi></p>
        <fieldset class="switches">
          <legend>{t("rights.what")}</legend>
          {adminRights(broadcast).map((right) => (
            <Switch key={right} on={chosen.has(right)} label={t(labelOfRight(right))} disabled={!mayGive(entity, right)} {...(mayGive(entity, right) ? {} : { hint: t("rights.not_yours") })} onTurn={(to) => turn(right, to)} />
          ))}
        </fieldset>
        {!broadcast && <label class="field"><span>{t("rights.rank")}</span><input value={rank} maxLength={RANK_MAX} dir="auto" placeholder={t("info.role", { role: "admin" })} onInput={(e) => setRank(e.currentTarget.value)} /><small class="hint">{t("rights.rank_hint")}</small></label>}
        <div class="dialog-acts">
          {before && <button type="button" class="plain danger apart" onClick={() => void end(() => setAdmin(client, chat, member.key, { _: "chatAdminRights" }, ""))}>{t("members.dismiss")}</button>}
          <button type="button" class="secondary" onClick={() => onClose(false)}>{t("composer.cancel")}</button>
          <button class="primary" aria-disabled={busy}>{t("composer.save")}</button>
        </div>
      </form>
    </Dialog>
  );
}
