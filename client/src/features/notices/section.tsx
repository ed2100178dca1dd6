/** Notifications, in the settings. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import type { Key } from "../../i18n/index.ts";
import { full } from "../../i18n/times.ts";
import type { PeerNotifySettings } from "../../wire/schema.d.ts";
import { describe, useClient, useName } from "../app/index.tsx";
import type { Exception, Kind } from "./kinds.ts";
import { change, KINDS, loadExceptions, loadKind, reset } from "./kinds.ts";
import type { PushState } from "./push.ts";
import { pushState, switchOff, switchOn, tellServer } from "./push.ts";
import type { Wishes } from "./settings.ts";
import { minutesOf, setWishes, timeOf, wishes } from "./settings.ts";

const FOREVER = 2_147_483_647;
const NAMES: Record<Kind, Key> = { inputNotifyUsers: "notices.people", inputNotifyChats: "notices.groups", inputNotifyBroadcasts: "notices.channels" };

export function NoticesSection() {
  const [wrong, setWrong] = useState("");
  const attempt = (done: Promise<unknown>) => {
    setWrong("");
    done.catch((error: unknown) => setWrong(describe(error)));
  };
  return (
    <section class="notices" aria-labelledby="notices-title">
      <h2 id="notices-title">{t("notices.title")}</h2>
      <PushChoice attempt={attempt} />
      {KINDS.map((kind) => <KindChoice key={kind} kind={kind} attempt={attempt} />)}
      <Exceptions attempt={attempt} />
      {wrong && <p class="wrong" role="alert">{wrong}</p>}
    </section>
  );
}

type Attempt = (done: Promise<unknown>) => void;

/** Notices while no page is open, and how they are on this device. */
function PushChoice({ attempt }: { attempt: Attempt }) {
  const client = useClient();
  const [state, setState] = useState<PushState | null>(null);
  const [mine, setMine] = useState<Wishes>(wishes);
  const look = () => void pushState().then(setState);
  useEffect(look, []);
  const choose = (on: boolean) => attempt((on ? switchOn(client) : switchOff(client)).finally(look));
  const wish = (to: Partial<Wishes>) => {
    const all = { ...mine, ...to };
    setMine(all);
    setWishes(all);
    attempt(tellServer(client));
  };
  const time = (name: "from" | "until") => (event: Event & { currentTarget: HTMLInputElement }) => {
    const minutes = minutesOf(event.currentTarget.value);
    if (minutes !== null) wish({ [name]: minutes });
  };
  const closed = state === "denied" || state === "unsupported";
  return (
    <>
      <label class="tick">
        <input type="checkbox" checked={state === "on"} disabled={closed || state === null} onChange={(e) => choose(e.currentTarget.checked)} />
        <span>{t("notices.push")}<small>{t("notices.push_hint")}</small></span>
      </label>
      {state === "denied" && <p class="note">{t("notices.denied")}</p>}
      {state === "unsupported" && <p class="note">{t("notices.unsupported")}</p>}
      <label class="tick"><input type="checkbox" checked={mine.text} onChange={(e) => wish({ text: e.currentTarget.checked })} /><span>{t("notices.text")}<small>{t("notices.text_hint")}</small></span></label>
      <label class="tick"><input type="checkbox" checked={mine.sound} onChange={(e) => wish({ sound: e.currentTarget.checked })} /><span>{t("notices.sound")}</span></label>
      <label class="tick"><input type="checkbox" checked={mine.quiet} onChange={(e) => wish({ quiet: e.currentTarget.checked })} /><span>{t("notices.quiet")}</span></label>
      {mine.quiet && (
        <p class="row">
          <label class="field"><span>{t("notices.from")}</span><input type="time" value={timeOf(mine.from)} onChange={time("from")} required /></label>
          <label class="field"><span>{t("notices.until")}</span><input type="time" value={timeOf(mine.until)} onChange={time("until")} required /></label>
        </p>
      )}
    </>
  );
}

/** All people, all groups or all channels. */
function KindChoice({ kind, attempt }: { kind: Kind; attempt: Attempt }) {
  const client = useClient();
  const [known, setKnown] = useState<PeerNotifySettings | null>(null);
  useEffect(() => attempt(loadKind(client, kind).then(setKnown)), []);
  const set = (to: { mute_until?: number; show_previews?: boolean }) => known && attempt(change(client, { _: kind }, known, to).then(setKnown));
  const on = (known?.mute_until ?? 0) <= client.store.now();
  return (
    <fieldset class="choice" disabled={known === null}>
      <legend>{t(NAMES[kind])}</legend>
      <label class="tick"><input type="checkbox" checked={known !== null && on} onChange={(e) => set({ mute_until: e.currentTarget.checked ? 0 : FOREVER })} /><span>{t("notices.on")}</span></label>
      <label class="tick"><input type="checkbox" checked={known?.show_previews ?? false} onChange={(e) => set({ show_previews: e.currentTarget.checked })} /><span>{t("notices.previews")}</span></label>
    </fieldset>
  );
}

function Exceptions({ attempt }: { attempt: Attempt }) {
  const client = useClient();
  const [known, setKnown] = useState<readonly Exception[]>([]);
  const load = () => attempt(loadExceptions(client).then(setKnown));
  useEffect(load, []);
  if (known.length === 0) return null;
  return (
    <>
      <h3>{t("notices.exceptions")}</h3>
      <ul class="pick devices">
        {known.map((one) => <ExceptionRow key={one.key} one={one} onReset={() => attempt(reset(client, one.key).then(load))} />)}
      </ul>
    </>
  );
}

function ExceptionRow({ one, onReset }: { one: Exception; onReset: () => void }) {
  const client = useClient();
  const name = useName(one.key);
  const until = one.settings.mute_until ?? 0;
  const muted = until > client.store.now();
  const text = !muted ? t("notices.own") : until >= FOREVER ? t("notices.muted_always") : t("notices.muted_until", { when: full(until) });
  return (
    <li class="device">
      <span class="file-text"><strong><bdi>{name}</bdi></strong><span class="hint">{text}</span></span>
      <button type="button" class="plain" aria-label={t("notices.reset_one", { name })} onClick={onReset}>{t("notices.reset")}</button>
    </li>
  );
}
