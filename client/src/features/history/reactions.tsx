import { t } from "../../i18n/index.ts";
import { alarm } from "../../ui/announcer.ts";
import { brief } from "../../ui/calm.ts";
import type { message, Reaction } from "../../wire/schema.d.ts";
import { describe, useClient } from "../app/index.tsx";
import { react } from "./actions.ts";

/** How a reaction is shown; pictures of others are a star. */
export function emojiOf(reaction: Reaction): string {
  return reaction._ === "reactionEmoji" ? reaction.emoticon : "★";
}

/** The reactions to a message; a press gives or takes back one's own. */
export function Reactions({ chat, message }: { chat: string; message: message }) {
  const client = useClient();
  const results = message.reactions?.results ?? [];
  if (!results.length) return null;
  return (
    <ul class="reactions" aria-label={t("message.reactions")}>
      {results.map(({ reaction, count, chosen_order }) => {
        const emoji = emojiOf(reaction);
        const mine = chosen_order !== undefined;
        const press = () => void react(client, chat, message, reaction).catch((error: unknown) => alarm(describe(error)));
        return (
          <li key={emoji}>
            <button type="button" class="reaction" tabIndex={-1} aria-pressed={mine} aria-label={t("message.reaction", { emoji, n: count })} onClick={press}>
              <span aria-hidden="true"><bdi>{brief(emoji)}</bdi> {count}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
