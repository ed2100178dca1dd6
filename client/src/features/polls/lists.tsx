/** Who voted, and who reacted. */
import { useMemo, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { day, hour } from "../../i18n/times.ts";
import type { Client } from "../../state/client.ts";
import { keyOf } from "../../state/keys.ts";
import { Paged } from "../../state/paged.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { alarm, confirmDone } from "../../ui/announcer.ts";
import { Icon } from "../../ui/icon.tsx";
import { More } from "../../ui/more.tsx";
import type { Bytes, message, Reaction } from "../../wire/schema.d.ts";
import { describe, PeerAvatar, useClient, useName } from "../app/index.tsx";
import { ask } from "../ask/index.tsx";
import { shown } from "./index.tsx";

const PAGE = 50;

/** Whose reaction is reported, and what they are called. */
type Report = (key: string, name: string) => void;

interface One {
  key: string;
  date: number;
  /** What they gave. */
  mark: string;
}

function votes(client: Client, chat: string, message: message, option: Bytes | ""): Paged<One> {
  let offset = "";
  return new Paged(async () => {
    const asked = { peer: client.store.input(chat), id: message.id, limit: PAGE, ...(option ? { option } : {}), ...(offset ? { offset } : {}) };
    const found = await client.connection.call("messages.getPollVotes", asked);
    client.store.putEntities(found.users, found.chats);
    offset = found.next_offset ?? "";
    return { items: found.votes.map((one) => ({ key: keyOf(one.peer), date: one.date, mark: "" })), total: found.count, end: !offset };
  });
}

function reactions(client: Client, chat: string, message: message, reaction: Reaction | null): Paged<One> {
  let offset = "";
  return new Paged(async () => {
    const asked = { peer: client.store.input(chat), id: message.id, limit: PAGE, ...(reaction ? { reaction } : {}), ...(offset ? { offset } : {}) };
    const found = await client.connection.call("messages.getMessageReactionsList", asked);
    client.store.putEntities(found.users, found.chats);
    offset = found.next_offset ?? "";
    return { items: found.reactions.map((one) => ({ key: keyOf(one.peer_id), date: one.date, mark: emoji(one.reaction) })), total: found.count, end: !offset };
  });
}

function emoji(reaction: Reaction): string {
  return reaction._ === "reactionEmoji" ? reaction.emoticon : "★";
}

const close = () => (shown.value = null);

export function Votes({ chat, message }: { chat: string; message: message }) {
  const client = useClient();
  const [option, setOption] = useState<Bytes | "">("");
  const paged = useMemo(() => votes(client, chat, message, option), [option]);
  if (message.media?._ !== "messageMediaPoll") return null;
  const { poll } = message.media;
  return (
    <Dialog title={t("poll.who")} closeLabel={t("dialog.close")} onClose={close}>
      <label class="field select"><span>{poll.question.text}</span>
        <select value={option} onChange={(event) => setOption(event.currentTarget.value)}>
          <option value="">{t("poll.all_options")}</option>
          {poll.answers.map((one) => one._ === "pollAnswer" && <option key={one.option} value={one.option}>{one.text.text}</option>)}
        </select>
      </label>
      <People paged={paged} />
    </Dialog>
  );
}

export function Reactors({ chat, message }: { chat: string; message: message }) {
  const client = useClient();
  const [at, setAt] = useState(-1);
  const results = message.reactions?.results ?? [];
  const paged = useMemo(() => reactions(client, chat, message, results[at]?.reaction ?? null), [at]);
  const total = results.reduce((sum, one) => sum + one.count, 0);
  return (
    <Dialog title={t("react.who")} closeLabel={t("dialog.close")} onClose={close}>
      {results.length > 1 && (
        <div class="tabs" role="group" aria-label={t("message.reactions")}>
          <button type="button" class="tab" aria-pressed={at < 0} onClick={() => setAt(-1)}>{t("list.all")} {total}</button>
          {results.map((one, n) => <button key={emoji(one.reaction)} type="button" class="tab" aria-pressed={at === n} onClick={() => setAt(n)}>{emoji(one.reaction)} {one.count}</button>)}
        </div>
      )}
      <People paged={paged} onReport={(key, name) => askToReport(client, chat, message, key, name)} />
    </Dialog>
  );
}

/** The service keeps the message and what was given to it, and answers by a number. */
function askToReport(client: Client, chat: string, { id }: message, key: string, name: string): void {
  const peer = client.store.input(chat);
  const act = async () => {
    try {
      await client.connection.call("messages.reportReaction", { peer, id, reaction_peer: client.store.input(key) });
      confirmDone(t("react.reported"));
    } catch (error) {
      alarm(describe(error));
    }
  };
  ask({ title: t("react.report_ask", { name }), text: t("react.report_text"), answers: [{ label: t("message.report"), danger: true, act: () => void act() }] });
}

function People({ paged, onReport }: { paged: Paged<One>; onReport?: Report }) {
  const items = paged.items.value;
  const state = paged.state.value;
  return (
    <div class="who-list">
      {state === "done" && !items.length && <p class="hint" role="status">{t("poll.nobody")}</p>}
      <ul class="pick">{items.map((one) => <Person key={`${one.key} ${one.mark}`} one={one} {...(onReport ? { onReport } : {})} />)}</ul>
      <More paged={paged} failed={state === "failed" ? describe(paged.error) : ""} retry={t("status.retry")} loading={t("search.looking")} />
    </div>
  );
}

function Person({ one, onReport }: { one: One; onReport?: Report }) {
  const client = useClient();
  const name = useName(one.key, true);
  const reportable = onReport && one.mark && one.key !== `u${client.store.me}`;
  return (
    <li class="who-row"><a class="pick-row" href={`/app/c/${one.key}`} onClick={close}>
      <PeerAvatar peer={one.key} size="small" /><bdi>{name}</bdi>
      <span class="hint">{day(one.date, client.store.now())} {hour(one.date)}</span>{one.mark && <span>{one.mark}</span>}
    </a>
    {reportable && <button type="button" class="round" aria-label={t("react.report", { name })} title={t("message.report")} onClick={() => onReport(one.key, name)}><Icon name="flag" /></button>}</li>
  );
}
