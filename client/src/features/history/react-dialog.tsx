/** Any reaction that the server takes, by name or from the whole list. */
import { signal } from "@preact/signals";
import { t } from "../../i18n/index.ts";
import { alarm } from "../../ui/announcer.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { describe, useClient } from "../app/index.tsx";
import { EmojiPanel } from "../emoji/index.tsx";
import { react } from "./actions.ts";

/** The message for which a reaction is looked for. */
export const reacting = signal<{ chat: string; id: number } | null>(null);

export function ReactDialog({ chat }: { chat: string }) {
  const client = useClient();
  const about = reacting.value?.chat === chat ? reacting.value : null;
  if (!about) return null;
  const close = () => (reacting.value = null);
  const give = (emoticon: string) => {
    close();
    const message = client.store.message(chat, about.id);
    if (message?._ === "message") react(client, chat, message, { _: "reactionEmoji", emoticon }).catch((error: unknown) => alarm(describe(error)));
  };
  return (
    <Dialog title={t("message.react")} closeLabel={t("dialog.close")} onClose={close}>
      <div class="message-emoji"><EmojiPanel label={t("message.react")} only={client.config.reactions} onChoose={give} onClose={close} /></div>
    </Dialog>
  );
}
