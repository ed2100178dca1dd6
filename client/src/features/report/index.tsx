/** Report messages, a person or a chat. The dialog is loaded when it is first asked for. */
import { signal } from "@preact/signals";
import { t } from "../../i18n/index.ts";
import { isService } from "../../state/names.ts";
import { Icon } from "../../ui/icon.tsx";
import { useClient, useEntity, useLater } from "../app/index.tsx";
import { ask } from "../ask/index.tsx";

export interface Reported {
  chat: string;
  /** Messages; none: the person or chat as a whole. */
  ids: readonly number[];
}

/** So many messages can be reported at once. */
export const MOST = 100;

/** What is being reported. */
export const reporting = signal<Reported | null>(null);

export function ReportDialog() {
  const what = reporting.value;
  const close = () => (reporting.value = null);
  const parts = useLater(() => import("./dialog.tsx"), what !== null, close);
  return what && parts && <parts.Report key={`${what.chat} ${what.ids.join()}`} what={what} onClose={close} />;
}

/** Report whom or what a panel is about: not oneself, and not what one runs. */
export function ReportButton({ chat }: { chat: string }) {
  const client = useClient();
  const entity = useEntity(chat);
  const own = entity?._ === "chat" || entity?._ === "channel" ? entity.creator : chat === `u${client.store.me}`;
  if (isService(chat) || own) return null;
  return <button type="button" class="secondary" onClick={() => (reporting.value = { chat, ids: [] })}><Icon name="flag" />{t("message.report")}</button>;
}

/** Ask before somebody is blocked; who has a reason can report them in the same go. */
export function askToBlock(chat: string, name: string, block: () => void): void {
  const both = () => {
    block();
    reporting.value = { chat, ids: [] };
  };
  ask({
    title: t("report.block_ask", { name }),
    text: t("report.block_text"),
    answers: [{ label: t("info.block"), danger: true, act: block }, { label: t("report.block_both"), act: both }],
  });
}
