/** Choose somebody: of one's chats, or by a name that is typed. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { matches } from "../../state/find.ts";
import { isService, nameOf, usernameOf } from "../../state/names.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { PeerAvatar, useClient, useName } from "../app/index.tsx";
import { search } from "../chat-list/index.tsx";

const PAUSE_MS = 250;

export function PersonPicker({ title, without, onPick, onClose }: { title: string; without: readonly string[]; onPick: (key: string) => void; onClose: () => void }) {
  const client = useClient();
  const { store } = client;
  const [wanted, setWanted] = useState("");
  const [found, setFound] = useState<readonly string[]>([]);
  useEffect(() => {
    setFound([]);
    if (wanted.trim().length < 2) return;
    let over = false;
    const timer = setTimeout(() => void search(client, wanted.trim()).then((keys) => over || setFound(keys), () => {}), PAUSE_MS);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [wanted]);
  const may = (key: string) => key.startsWith("u") && !isService(key) && key !== `u${store.me}` && !without.includes(key);
  const chats = store.order.value.filter((key) => matches(`${nameOf(store.entity(key).value)} ${usernameOf(store.entity(key).value)}`, wanted));
  const keys = [...new Set([...chats, ...found])].filter(may);
  return (
    <Dialog title={title} closeLabel={t("dialog.close")} onClose={onClose}>
      <label class="field"><span>{t("privacy.find")}</span><input class="input" name="person" value={wanted} onInput={(event) => setWanted(event.currentTarget.value)} autocomplete="off" dir="auto" /></label>
      {keys.length === 0 && <p class="hint" role="status">{t(wanted ? "privacy.find_none" : "privacy.find_type")}</p>}
      <ul class="pick">{keys.map((key) => <Row key={key} peer={key} onPick={() => onPick(key)} />)}</ul>
    </Dialog>
  );
}

function Row({ peer, onPick }: { peer: string; onPick: () => void }) {
  return <li><button type="button" class="pick-row" onClick={onPick}><PeerAvatar peer={peer} size="small" /><bdi>{useName(peer, true)}</bdi></button></li>;
}
