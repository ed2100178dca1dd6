import { useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { full, percent } from "../../i18n/times.ts";
import { alarm } from "../../ui/announcer.ts";
import { brief } from "../../ui/calm.ts";
import { Icon } from "../../ui/icon.tsx";
import type { message, messageMediaPoll } from "../../wire/schema.d.ts";
import { PollTools } from "../polls/index.tsx";
import { describe, useClient } from "../app/index.tsx";

/** A poll: options until one has answered, then what others answered. */
export function Poll({ chat, message, media }: { chat: string; message: message; media: messageMediaPoll }) {
  const client = useClient();
  const { poll, results } = media;
  const [picked, setPicked] = useState<readonly string[]>([]);
  const voted = results.results?.some((one) => one.chosen) ?? false;
  const done = voted || (poll.closed ?? false);
  const send = async (options: readonly string[]) => {
    try {
      const asked = { peer: client.store.input(chat), msg_id: message.id, options: [...options] };
      client.sync.take(await client.connection.call("messages.sendVote", asked));
    } catch (error) {
      alarm(describe(error));
    }
  };
  const toggle = (option: string) => setPicked(picked.includes(option) ? picked.filter((one) => one !== option) : [...picked, option]);
  const total = results.total_voters ?? 0;
  return (
    <div class="poll" role="group" aria-label={t("media.poll", { question: poll.question.text })}>
      <p class="poll-question" dir="auto">{brief(poll.question.text)}</p>
      <p class="hint">
        {t("poll.kind", { kind: poll.closed ? "closed" : poll.quiz ? "quiz" : poll.public_voters ? "open" : "anonymous" })}
        {!done && poll.multiple_choice && <> · {t("poll.several")}</>}
      </p>
      <ul>
        {poll.answers.map((answer) => {
          if (answer._ !== "pollAnswer") return null;
          const result = results.results?.find((one) => one.option === answer.option);
          const share = total ? (result?.voters ?? 0) / total : 0;
          if (done) return <Result key={answer.option} quiz={poll.quiz ?? false} right={result?.correct ?? false} text={answer.text.text} share={share} votes={result?.voters ?? 0} chosen={result?.chosen ?? false} />;
          return (
            <li key={answer.option}>
              <button type="button" class="poll-option" aria-pressed={poll.multiple_choice ? picked.includes(answer.option) : undefined} onClick={() => (poll.multiple_choice ? toggle(answer.option) : void send([answer.option]))}>
                <bdi>{brief(answer.text.text)}</bdi>
              </button>
            </li>
          );
        })}
      </ul>
      {!done && poll.multiple_choice && <button type="button" class="secondary" aria-disabled={!picked.length} onClick={() => picked.length && void send(picked)}>{t("poll.vote")}</button>}
      <PollTools chat={chat} message={message} media={media} done={done} />
      <p class="hint">
        {t("poll.votes", { n: total })}
        {!poll.closed && poll.close_date !== undefined && <> · {t("poll.until", { time: full(poll.close_date) })}</>}
        {voted && !poll.closed && !poll.quiz && <button type="button" class="plain" onClick={() => void send([])}>{t("poll.retract")}</button>}
      </p>
    </div>
  );
}

function Result({ text, share, votes, chosen, right, quiz }: { text: string; share: number; votes: number; chosen: boolean; right: boolean; quiz: boolean }) {
  return (
    <li class={right ? "poll-result right" : "poll-result"} aria-label={t("poll.result", { text, share: percent(share), n: votes, chosen: chosen ? "yes" : "no" }) + (right ? `, ${t("poll.is_right")}` : "")}>
      <span class="poll-share">{percent(share)}</span>
      <bdi>{brief(text)}</bdi>
      {(chosen || right) && <Icon name={quiz && !right ? "close" : "check"} />}
      <span class="poll-bar" aria-hidden="true"><span style={{ inlineSize: `${share * 100}%` }} /></span>
    </li>
  );
}
