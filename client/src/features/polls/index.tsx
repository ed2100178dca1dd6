/** Polls: asking one, closing it, who voted; and who reacted to a message. Loaded when it is first asked for. */
import { signal } from "@preact/signals";
import { t } from "../../i18n/index.ts";
import type { Entity } from "../../state/keys.ts";
import { may, mayWrite } from "../../state/names.ts";
import { alarm } from "../../ui/announcer.ts";
import { Icon } from "../../ui/icon.tsx";
import type { message, messageMediaPoll, poll } from "../../wire/schema.d.ts";
import { describe, later, useClient, useEntity } from "../app/index.tsx";
import { askToDo } from "../ask/index.tsx";
import "./polls.css";

/** What is shown over the page. */
export type Shown = { what: "make"; chat: string } | { what: "votes" | "reactions"; chat: string; message: message };
export const shown = signal<Shown | null>(null);

const Make = later<{ chat: string }>(() => import("./make.tsx").then((part) => part.Make));
const Votes = later<{ chat: string; message: message }>(() => import("./lists.tsx").then((part) => part.Votes));
const Reactors = later<{ chat: string; message: message }>(() => import("./lists.tsx").then((part) => part.Reactors));

export function PollDialogs() {
  const now = shown.value;
  if (!now) return null;
  if (now.what === "make") return <Make chat={now.chat} />;
  return now.what === "votes" ? <Votes chat={now.chat} message={now.message} /> : <Reactors chat={now.chat} message={now.message} />;
}

/** Whether one may ask polls in a chat. */
export function mayAsk(entity: Entity | undefined): boolean {
  return (entity?._ === "chat" || entity?._ === "channel") && mayWrite(entity) && may(entity, "send_polls");
}

/** In the line of the composer, where polls can be asked. */
export function PollButton({ chat }: { chat: string }) {
  const entity = useEntity(chat);
  return mayAsk(entity) ? <button class="round poll-new" type="button" aria-label={t("poll.new")} title={t("poll.new")} onClick={() => (shown.value = { what: "make", chat })}><Icon name="poll" /></button> : null;
}

/** Under a poll: its explanation, who voted, the end of one's own. `done`: the results are shown. */
export function PollTools({ chat, message, media, done }: { chat: string; message: message; media: messageMediaPoll; done: boolean }) {
  const client = useClient();
  const { poll, results } = media;
  const close = () => {
    client.connection.call("messages.editMessage", { peer: client.store.input(chat), id: message.id, media: { _: "inputMediaPoll", poll: closed(poll) } }).then(
      (updates) => client.sync.take(updates),
      (error: unknown) => alarm(describe(error)),
    );
  };
  const votes = poll.public_voters && done && (results.total_voters ?? 0) > 0;
  const mine = message.out && !poll.closed && !message.fwd_from;
  return (
    <>
      {done && results.solution && <p class="poll-solution" dir="auto"><Icon name="info" /><span>{results.solution}</span></p>}
      {(votes || mine) && (
        <p class="poll-tools">
          {votes && <button type="button" class="plain" onClick={() => (shown.value = { what: "votes", chat, message })}>{t("poll.who")}</button>}
          {mine && <button type="button" class="plain" onClick={() => askToDo(t("poll.close_ask"), t("poll.close"), close)}>{t("poll.close")}</button>}
        </p>
      )}
    </>
  );
}

function closed(one: poll): poll {
  return { ...one, closed: true };
}
