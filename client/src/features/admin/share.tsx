/** Send a link in one of the chats. */
import { useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { matches } from "../../state/find.ts";
import { mayWrite, nameOf } from "../../state/names.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { go, PeerAvatar, useClient, useName } from "../app/index.tsx";

const SHOWN = 50;

export function ShareDialog({ link, onClose }: { link: string; onClose: () => void }) {
  const client = useClient();
  const { store } = client;
  const [wanted, setWanted] = useState("");
  const keys = store.order.value.filter((key) => {
    const entity = store.entity(key).value;
    return mayWrite(entity) && matches(nameOf(entity), wanted.trim());
  });
  const send = (chat: string) => {
    onClose();
    client.outbox.add({ chat, text: link, entities: [], replyTo: 0 });
    go(`/app/c/${chat}`);
  };
  return (
    <Dialog title={t("invites.send")} closeLabel={t("dialog.close")} onClose={onClose}>
      <input class="input" type="search" value={wanted} onInput={(event) => setWanted(event.currentTarget.value)} placeholder={t("list.search")} aria-label={t("list.search")} />
      {!keys.length && <p class="hint" role="status">{t("members.nobody")}</p>}
      <ul class="pick">{keys.slice(0, SHOWN).map((key) => <Choice key={key} peer={key} onPick={() => send(key)} />)}</ul>
    </Dialog>
  );
}

function Choice({ peer, onPick }: { peer: string; onPick: () => void }) {
  const name = useName(peer);
  return <li><button type="button" class="pick-row" onClick={onPick}><PeerAvatar peer={peer} size="small" /><bdi>{name}</bdi></button></li>;
}
