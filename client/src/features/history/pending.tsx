import { t } from "../../i18n/index.ts";
import { hour } from "../../i18n/times.ts";
import type { Client } from "../../state/client.ts";
import type { Entry } from "../../state/outbox.ts";
import { Icon } from "../../ui/icon.tsx";
import { RichText } from "../../ui/rich-text.tsx";
import { describe, useClient } from "../app/index.tsx";
import { links } from "./links.ts";

/** What is on its way, below all that has arrived. */
export function Pending({ chat }: { chat: string }) {
  const entries = useClient().outbox.entries.value.filter((one) => one.chat === chat);
  return <>{entries.map((entry) => <PendingRow key={entry.randomId} entry={entry} />)}</>;
}

/** Whether anything is on its way to a chat. */
export function isSending(client: Client, chat: string): boolean {
  return client.outbox.entries.value.some((one) => one.chat === chat) || client.uploads.rows.value.some((one) => one.chat === chat);
}

function PendingRow({ entry }: { entry: Entry }) {
  const client = useClient();
  const failed = entry.state === "failed";
  return (
    <li class="message own pending" id={`p${entry.randomId}`} tabIndex={-1}>
      <div class="bubble">
        <div class="text" dir="auto">
          <span class="words"><RichText text={entry.text} entities={entry.entities} links={links()} /></span>
          <span class="meta">
            <time dir="auto">{hour(entry.at)}</time>
            <span class={failed ? "state failed" : "state"}><Icon name={failed ? "close" : "clock"} /><span class="unseen">{t(failed ? "message.failed" : "message.sending")}</span></span>
          </span>
        </div>
      </div>
      {failed && (
        <p class="failure" role="alert">
          {entry.error ? describe(entry.error) : ""}
          <button class="plain" type="button" onClick={() => client.outbox.retry(entry.randomId)}>{t("message.retry")}</button>
          <button class="plain" type="button" onClick={() => client.outbox.discard(entry.randomId)}>{t("message.discard")}</button>
        </p>
      )}
    </li>
  );
}
