import { useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { matches } from "../../state/find.ts";
import { mayWrite, nameOf, usernameOf } from "../../state/names.ts";
import { alarm, confirmDone } from "../../ui/announcer.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Icon } from "../../ui/icon.tsx";
import { describe, go, PeerAvatar, useClient, useName } from "../app/index.tsx";
import { forwardTo, toEach } from "./actions.ts";
import type { Sending } from "./index.tsx";
import { forwarding, sending } from "./index.tsx";

const SHOWN = 50;
/** As many as one call after the other does not take too long for. */
const MOST = 20;

export function Forward({ chat, ids }: { chat: string; ids: number[] }) {
  const client = useClient();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [comment, setComment] = useState("");
  const [withoutAuthor, setWithoutAuthor] = useState(false);
  const close = () => (forwarding.value = null);
  const send = async () => {
    if (!chosen.length) return;
    close();
    const failed = await toEach(chosen, (to) => forwardTo(client, chat, ids, to, { comment: comment.trim(), withoutAuthor }));
    const [first] = failed;
    if (first) return alarm(t("forward.failed", { name: nameOf(client.store.entity(first[0]).peek()), why: describe(first[1]) }));
    if (chosen.length === 1) go(`/app/c/${chosen[0]}`);
    else confirmDone(t("forward.done", { n: chosen.length }));
  };
  return (
    <Dialog title={t("forward.title")} closeLabel={t("dialog.close")} onClose={close}>
      <Chooser chosen={chosen} onChange={setChosen} />
      <label class="field"><span class="unseen">{t("forward.comment")}</span><input value={comment} maxLength={client.config.limits.message} placeholder={t("forward.comment")} onInput={(event) => setComment(event.currentTarget.value)} dir="auto" /></label>
      <label class="tick"><input type="checkbox" checked={withoutAuthor} onInput={() => setWithoutAuthor(!withoutAuthor)} /><span>{t("forward.without_author")}</span></label>
      <Acts n={chosen.length} onSend={() => void send()} />
    </Dialog>
  );
}

export function Send({ what }: { what: Sending }) {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const close = () => (sending.value = null);
  const send = () => {
    if (!chosen.length) return;
    close();
    what.send(chosen);
  };
  return (
    <Dialog title={what.title} closeLabel={t("dialog.close")} onClose={close}>
      <Chooser chosen={chosen} onChange={setChosen} />
      <Acts n={chosen.length} onSend={send} />
    </Dialog>
  );
}

function Acts({ n, onSend }: { n: number; onSend: () => void }) {
  return (
    <div class="dialog-acts">
      <button type="button" class="primary forward-send" aria-disabled={!n} onClick={onSend}><Icon name="send" />{t("forward.send", { n })}</button>
    </div>
  );
}

/** The chats that one may write to; several can be ticked. */
function Chooser({ chosen, onChange }: { chosen: readonly string[]; onChange: (chosen: readonly string[]) => void }) {
  const { store } = useClient();
  const [wanted, setWanted] = useState("");
  const filter = wanted.trim();
  const me = `u${store.me}`;
  const keys = [me, ...store.order.value.filter((key) => key !== me)].filter((key) => {
    const entity = store.entity(key).value;
    const name = key === me ? t("chat.saved") : nameOf(entity);
    return mayWrite(entity) && matches(`${name} ${usernameOf(entity)}`, filter);
  });
  const toggle = (key: string) => onChange(chosen.includes(key) ? chosen.filter((one) => one !== key) : [...chosen, key].slice(0, MOST));
  return (
    <>
      <input class="input" type="search" value={wanted} onInput={(event) => setWanted(event.currentTarget.value)} placeholder={t("list.search")} aria-label={t("list.search")} />
      <ul class="pick forward-list" aria-label={t("list.chats")}>{keys.slice(0, SHOWN).map((key) => <Choice key={key} peer={key} chosen={chosen.includes(key)} onToggle={() => toggle(key)} />)}</ul>
    </>
  );
}

function Choice({ peer, chosen, onToggle }: { peer: string; chosen: boolean; onToggle: () => void }) {
  const name = useName(peer);
  return <li><label class="pick-row"><input type="checkbox" checked={chosen} onInput={onToggle} /><PeerAvatar peer={peer} size="small" /><bdi>{name}</bdi></label></li>;
}
