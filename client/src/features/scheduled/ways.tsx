import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { full } from "../../i18n/times.ts";
import type { Client } from "../../state/client.ts";
import { isBroadcast, nameOf } from "../../state/names.ts";
import type { Manner } from "../../state/outbox.ts";
import { alarm, confirmDone } from "../../ui/announcer.ts";
import { Dialog } from "../../ui/dialog.tsx";
import type { Item, Place } from "../../ui/menu.tsx";
import { Menu } from "../../ui/menu.tsx";
import { describe, go, useClient } from "../app/index.tsx";
import { ask } from "../ask/index.tsx";
import { names, writeAs } from "./actions.ts";
import { fieldOf, isLater, proposed, secondOf, WHEN_ONLINE, zoneOf } from "./times.ts";

/** The menu of the button that sends. */
export function Ways({ chat, form, at, onClose }: { chat: string; form: HTMLFormElement | null; at: Place; onClose: () => void }) {
  const client = useClient();
  const [choosing, setChoosing] = useState(false);
  const goesOn = useRef(false);
  const [others, setOthers] = useState<readonly string[] | null>(null);
  useEffect(() => {
    if (!chat.startsWith("c")) return setOthers([]);
    names(client, chat).then(setOthers, () => setOthers([]));
  }, [chat]);
  const send = (manner: Manner) => deliver(client, chat, form, manner);
  if (choosing) {
    const pick = (second: number) => {
      onClose();
      // Once the dialog is gone: only then the field takes the focus.
      setTimeout(() => send({ schedule: second }));
      confirmDone(t("send.will_be", { time: `${full(second)}, ${zoneOf(second)}` }));
    };
    return <WhenDialog title={t("send.schedule")} onPick={pick} onClose={onClose} />;
  }
  // The menu stands where it opens: not before it is known what is in it.
  if (!others) return null;
  const choose = () => {
    goesOn.current = true;
    setChoosing(true);
  };
  // The menu is closed before what was chosen is done.
  const closed = () => setTimeout(() => goesOn.current || onClose());
  return <Menu label={t("send.more")} at={at} items={waysOf(client, chat, others, send, choose)} onClose={closed} />;
}

function waysOf(client: Client, chat: string, others: readonly string[], send: (manner: Manner) => void, choose: () => void): Item[] {
  const entity = client.store.entity(chat).peek();
  const person = entity?._ === "user" && !entity.self && !entity.bot;
  const items: (Item | false)[] = [
    chat !== `u${client.store.me}` && { label: t("send.silent"), icon: "mute", act: () => send({ silent: true }) },
    { label: t("send.schedule"), icon: "clock", act: choose },
    person && { label: t("send.when_online"), icon: "person", act: () => (send({ schedule: WHEN_ONLINE }), confirmDone(t("send.will_be_online"))) },
    { label: t("send.waiting"), icon: "list", act: () => go(`/app/c/${chat}/scheduled`) },
    !isBroadcast(entity) && others.length > 1 && { label: t("send.as"), icon: "group", act: () => chooseName(client, chat, others) },
  ];
  return items.filter((one) => one !== false);
}

/** Send what stands in the form, in this manner. */
function deliver(client: Client, chat: string, form: HTMLFormElement | null, manner: Manner): void {
  client.outbox.nextBy(chat, manner);
  form?.requestSubmit();
}

function chooseName(client: Client, chat: string, others: readonly string[]): void {
  const label = (key: string) => nameOf(client.store.entity(key).peek()) || t("person.deleted");
  const act = (key: string) => () => {
    writeAs(client, chat, key).then(() => confirmDone(t("send.now_as", { name: label(key) })), (error: unknown) => alarm(describe(error)));
  };
  ask({ title: t("send.as_title"), answers: others.map((key) => ({ label: label(key), act: act(key) })) });
}

/** Choose a day and a time; the zone is said. */
export function WhenDialog({ title, start, onPick, onClose }: { title: string; start?: number; onPick: (second: number) => void; onClose: () => void }) {
  const { store } = useClient();
  const now = store.now();
  const [field, setField] = useState(() => fieldOf(start && start !== WHEN_ONLINE ? start : proposed(now)));
  const [wrong, setWrong] = useState(false);
  const second = secondOf(field);
  const submit = (event: Event) => {
    event.preventDefault();
    event.stopPropagation();
    if (isLater(second, store.now())) onPick(second);
    else setWrong(true);
  };
  return (
    <Dialog title={title} closeLabel={t("dialog.close")} onClose={onClose}>
      <form class="when" onSubmit={submit} noValidate>
        <label class="field"><span>{t("send.when")}</span><input type="datetime-local" value={field} min={fieldOf(now)} onInput={(event) => (setWrong(false), setField(event.currentTarget.value))} /></label>
        <p class="hint">{t("send.zone", { zone: zoneOf(second || now) })}</p>
        {wrong && <p class="wrong" role="alert">{t("send.not_then")}</p>}
        <div class="dialog-acts"><button class="primary">{t("send.confirm")}</button></div>
      </form>
    </Dialog>
  );
}
