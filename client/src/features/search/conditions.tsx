/** What is looked for besides words: a kind, who said it, when, where. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { alarm } from "../../ui/announcer.ts";
import { matches } from "../../state/find.ts";
import { isBroadcast, nameOf } from "../../state/names.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Icon } from "../../ui/icon.tsx";
import { describe, PeerAvatar, useClient, useEntity, useName } from "../app/index.tsx";
import { speakers } from "./actions.ts";
import type { Asked, KindName, Where } from "./asked.ts";
import { conditions, dayOf, KINDS, kindsOf } from "./asked.ts";

const WHERE = { all: "search.where_all", users: "search.where_users", groups: "search.where_groups", channels: "search.where_channels" } as const;

/** `chat`: in which; without it, in all. */
export function Conditions({ asked, chat, onChange }: { asked: Asked; chat?: string; onChange: (asked: Asked) => void }) {
  const today = dayOf(new Date());
  const change = (part: Partial<Asked>) => onChange({ ...asked, ...part });
  return (
    <div class="conditions" role="group" aria-label={t("search.conditions")}>
      <label class="condition">
        <span>{t("search.kind")}</span>
        <select value={asked.kind} onChange={(event) => change({ kind: event.currentTarget.value as KindName })}>
          {kindsOf(chat !== undefined).map((name) => <option key={name} value={name}>{t(KINDS[name].label)}</option>)}
        </select>
      </label>
      {chat ? <From chat={chat} from={asked.from} onPick={(from) => change({ from })} /> : (
        <label class="condition">
          <span>{t("search.where")}</span>
          <select value={asked.where} onChange={(event) => change({ where: event.currentTarget.value as Where })}>
            {(Object.keys(WHERE) as Where[]).map((name) => <option key={name} value={name}>{t(WHERE[name])}</option>)}
          </select>
        </label>
      )}
      <label class="condition">
        <span>{t("search.since")}</span>
        <input type="date" value={asked.since} max={asked.until || today} onChange={(event) => change({ since: event.currentTarget.value })} />
      </label>
      <label class="condition">
        <span>{t("search.until")}</span>
        <input type="date" value={asked.until} min={asked.since} max={today} onChange={(event) => change({ until: event.currentTarget.value })} />
      </label>
      {conditions(asked) > 0 && <button type="button" class="plain" onClick={() => change({ kind: "all", from: "", since: "", until: "", where: "all" })}>{t("search.reset")}</button>}
    </div>
  );
}

function From({ chat, from, onPick }: { chat: string; from: string; onPick: (key: string) => void }) {
  const entity = useEntity(chat);
  const name = useName(from || chat, true);
  const [choosing, setChoosing] = useState(false);
  // All of a channel is said by the channel.
  if (isBroadcast(entity)) return null;
  return (
    <div class="condition">
      <span id="search-from">{t("search.from")}</span>
      <button type="button" class="condition-button" aria-labelledby="search-from search-who" onClick={() => setChoosing(true)}><bdi id="search-who">{from ? name : t("search.anyone")}</bdi></button>
      {choosing && <Speakers chat={chat} onClose={() => setChoosing(false)} onPick={(key) => (setChoosing(false), onPick(key))} />}
    </div>
  );
}

const PAUSE_MS = 250;

function Speakers({ chat, onClose, onPick }: { chat: string; onClose: () => void; onPick: (key: string) => void }) {
  const client = useClient();
  const [wanted, setWanted] = useState("");
  const [keys, setKeys] = useState<readonly string[] | null>(null);
  useEffect(() => {
    let over = false;
    const timer = setTimeout(() => {
      speakers(client, chat, wanted.trim()).then((all) => over || setKeys(all), (error: unknown) => over || (setKeys([]), alarm(describe(error))));
    }, keys ? PAUSE_MS : 0);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [wanted]);
  const shown = (keys ?? []).filter((key) => matches(nameOf(client.store.entity(key).value), wanted.trim()));
  return (
    <Dialog title={t("search.from")} closeLabel={t("dialog.close")} onClose={onClose}>
      <input class="input" type="search" value={wanted} onInput={(event) => setWanted(event.currentTarget.value)} placeholder={t("search.who")} aria-label={t("search.who")} />
      <ul class="pick">
        {!wanted && <li><button type="button" class="pick-row" onClick={() => onPick("")}><Icon name="group" /><span>{t("search.anyone")}</span></button></li>}
        {shown.map((key) => <Speaker key={key} peer={key} onPick={onPick} />)}
      </ul>
      {keys && !shown.length && <p class="hint" role="status">{t("search.no_person")}</p>}
    </Dialog>
  );
}

function Speaker({ peer, onPick }: { peer: string; onPick: (key: string) => void }) {
  const name = useName(peer, true);
  return <li><button type="button" class="pick-row" onClick={() => onPick(peer)}><PeerAvatar peer={peer} size="small" /><bdi>{name}</bdi></button></li>;
}
