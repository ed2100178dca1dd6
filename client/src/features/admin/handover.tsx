/** Make an admin the owner of a group or channel, proved by one's second password. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { alarm } from "../../ui/announcer.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { prove } from "../../wire/srp.ts";
import type { Client } from "../../state/client.ts";
import { describe, PeerAvatar, useClient, useName } from "../app/index.tsx";
import { take, useDeed } from "./full.ts";
import { userOf } from "./members.ts";
import type { Member } from "./members.ts";

export function HandOverDialog({ chat, member, onClose }: { chat: string; member: Member; onClose: (changed: boolean) => void }) {
  const client = useClient();
  const name = useName(member.key, true);
  const title = useName(chat);
  const deed = useDeed(chat);
  const [hasPassword, setHasPassword] = useState<boolean | null>(null);
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    client.connection.call("account.getPassword", {}).then((found) => setHasPassword(found.has_password ?? false), (error: unknown) => {
      alarm(describe(error));
      onClose(false);
    });
  }, []);
  const give = async (event: Event) => {
    event.preventDefault();
    if (busy || !password) return;
    setBusy(true);
    const done = await deed(() => handOver(client, chat, member.key, password), t("handover.done", { name }));
    setBusy(false);
    if (done) onClose(true);
  };
  return (
    <Dialog title={t("handover.title")} closeLabel={t("dialog.close")} onClose={() => onClose(false)}>
      <form class="admin-form" onSubmit={give}>
        <p class="admin-person"><PeerAvatar peer={member.key} size="small" /><bdi>{name}</bdi></p>
        <p>{t("handover.what", { name, title })}</p>
        {hasPassword === false && <p role="alert">{t("handover.no_password")} <a href="/app/settings/security">{t("settings.security")}</a></p>}
        {hasPassword && <label class="field"><span>{t("signin.password")}</span><input name="password" type="password" autofocus required autocomplete="current-password" value={password} onInput={(event) => setPassword(event.currentTarget.value)} /></label>}
        <div class="dialog-acts">
          <button type="button" class="secondary" onClick={() => onClose(false)}>{t("composer.cancel")}</button>
          {hasPassword && <button class="primary danger" aria-disabled={busy}>{t("handover.do")}</button>}
        </div>
      </form>
    </Dialog>
  );
}

/** The password itself stays here: its proof is good for one call. */
async function handOver(client: Client, chat: string, person: string, password: string): Promise<void> {
  const { connection, store } = client;
  const proof = await prove(password, await connection.call("account.getPassword", {}));
  await take(client, connection.call("messages.editChatCreator", { peer: store.input(chat), user_id: userOf(client, person), password: proof }));
}
