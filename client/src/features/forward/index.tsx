/** Forward messages: choose where to. */
import { signal } from "@preact/signals";
import { useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { matches } from "../../state/find.ts";
import { mayWrite, nameOf } from "../../state/names.ts";
import { randomLong } from "../../state/outbox.ts";
import { alarm } from "../../ui/announcer.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { describe, go, PeerAvatar, useClient, useName } from "../app/index.tsx";

export const forwarding = signal<{ chat: string; ids: number[] } | null>(null);

const SHOWN = 50;

export function ForwardDialog() {
  const client = useClient();
  const { store } = client;
  const [wanted, setWanted] = useState("");
  const what = forwarding.value;
  if (!what) return null;
  const close = () => (forwarding.value = null);
  const filter = wanted.trim();
  const keys = store.order.value.filter((key) => {
    const entity = store.entity(key).value;
    return mayWrite(entity) && matches(nameOf(entity), filter);
  });
  const send = async (to: string) => {
    close();
    const random_id = what.ids.map(randomLong);
    const asked = { from_peer: store.input(what.chat), id: what.ids, random_id, to_peer: store.input(to) };
    try {
      client.sync.take(await client.connection.call("messages.forwardMessages", asked));
      go(`/app/c/${to}`);
    } catch (error) {
      alarm(describe(error));
    }
  };
  return (
    <Dialog title={t("forward.title")} closeLabel={t("dialog.close")} onClose={close}>
      <input class="input" type="search" value={wanted} onInput={(e) => setWanted(e.currentTarget.value)} placeholder={t("list.search")} aria-label={t("list.search")} />
      <ul class="pick">{keys.slice(0, SHOWN).map((key) => <Choice key={key} peer={key} onPick={send} />)}</ul>
    </Dialog>
  );
}

function Choice({ peer, onPick }: { peer: string; onPick: (peer: string) => void }) {
  const name = useName(peer);
  return (
    <li><button type="button" class="pick-row" onClick={() => onPick(peer)}><PeerAvatar peer={peer} size="small" /><bdi>{name}</bdi></button></li>
  );
}
