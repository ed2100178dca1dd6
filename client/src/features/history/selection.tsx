/** Several messages at once: chosen by S or the menu, then forwarded, copied or deleted together. */
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { Icon } from "../../ui/icon.tsx";
import type { message } from "../../wire/schema.d.ts";
import { copy, useClient } from "../app/index.tsx";
import { forwarding } from "../forward/index.tsx";
import { MOST, reporting } from "../report/index.tsx";
import { mayDelete, removeChosen } from "./actions.ts";

export const selection = signal<{ chat: string; ids: ReadonlySet<number> } | null>(null);

/** Choose a message, or not any more; without any there is no selection. */
export function toggleSelected(chat: string, id: number): void {
  const now = selection.peek();
  const ids = new Set(now?.chat === chat ? now.ids : []);
  if (!ids.delete(id)) ids.add(id);
  selection.value = ids.size ? { chat, ids } : null;
}

/** In place of the composer while something is chosen. */
export function SelectionBar({ chat }: { chat: string }) {
  const client = useClient();
  useEffect(() => () => void (selection.value = null), [chat]);
  const ids = [...(selection.value?.ids ?? [])].sort((a, b) => a - b);
  const chosen = ids.map((id) => client.store.message(chat, id)).filter((one): one is message => one?._ === "message");
  const end = () => (selection.value = null);
  const forward = () => {
    end();
    forwarding.value = { chat, ids };
  };
  const report = () => {
    end();
    reporting.value = { chat, ids: chosen.filter((one) => !one.out).map((one) => one.id).slice(0, MOST) };
  };
  const copyAll = () => {
    end();
    copy(chosen.map((one) => one.message).filter(Boolean).join("\n\n"));
  };
  return (
    <div class="selection" role="toolbar" aria-label={t("selection.label")}>
      <span role="status">{t("selection.count", { n: ids.length })}</span>
      <button class="secondary" type="button" onClick={copyAll}><Icon name="copy" />{t("message.copy")}</button>
      {chosen.every((one) => !one.noforwards) && <button class="secondary" type="button" onClick={forward}><Icon name="forward" />{t("message.forward")}</button>}
      {chosen.some((one) => !one.out) && <button class="secondary" type="button" onClick={report}><Icon name="flag" />{t("message.report")}</button>}
      {chosen.every((one) => mayDelete(client, chat, one)) && <button class="secondary danger" type="button" onClick={() => removeChosen(client, chat, ids, end)}><Icon name="trash" />{t("message.delete")}</button>}
      <button class="round" type="button" aria-label={t("composer.cancel")} onClick={end}><Icon name="close" /></button>
    </div>
  );
}
