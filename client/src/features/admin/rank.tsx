/** A title for a member of a group, shown beside the name. */
import { useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { PeerAvatar, useClient, useName } from "../app/index.tsx";
import { take, useDeed } from "./full.ts";
import type { Member } from "./members.ts";

export const RANK_MAX = 16;

export function RankDialog({ chat, member, onClose }: { chat: string; member: Member; onClose: (changed: boolean) => void }) {
  const client = useClient();
  const name = useName(member.key, true);
  const deed = useDeed(chat);
  const [rank, setRank] = useState(member.rank);
  const save = async (event: Event) => {
    event.preventDefault();
    const { connection, store } = client;
    onClose(await deed(() => take(client, connection.call("messages.editChatParticipantRank", { peer: store.input(chat), participant: store.input(member.key), rank: rank.trim() })), t("admin.saved")));
  };
  return (
    <Dialog title={t("members.title")} closeLabel={t("dialog.close")} onClose={() => onClose(false)}>
      <form class="admin-form" onSubmit={save}>
        <p class="admin-person"><PeerAvatar peer={member.key} size="small" /><bdi>{name}</bdi></p>
        <label class="field"><span>{t("rights.rank")}</span><input name="rank" autofocus value={rank} maxLength={RANK_MAX} dir="auto" onInput={(event) => setRank(event.currentTarget.value)} /><small class="hint">{t("rights.rank_hint")}</small></label>
        <div class="dialog-acts">
          <button type="button" class="secondary" onClick={() => onClose(false)}>{t("composer.cancel")}</button>
          <button class="primary">{t("composer.save")}</button>
        </div>
      </form>
    </Dialog>
  );
}
