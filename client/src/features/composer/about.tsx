/** What is answered or edited, above the field. */
import { t } from "../../i18n/index.ts";
import { nameOf } from "../../state/names.ts";
import { brief } from "../../ui/calm.ts";
import { Icon } from "../../ui/icon.tsx";
import { preview, useClient } from "../app/index.tsx";
import type { Compose } from "./text.ts";

export function About({ about, onCancel }: { about: Compose; onCancel: () => void }) {
  const client = useClient();
  void client.store.history(about.chat).version.value;
  const message = client.store.message(about.chat, about.id);
  const author = message?.out ? t("list.you") : message?.from_id?._ === "peerUser" ? nameOf(client.store.entity(`u${message.from_id.user_id}`).value) : nameOf(client.store.entity(about.chat).value);
  return (
    <div class="about">
      <Icon name={about.kind === "edit" ? "edit" : "reply"} />
      <span class="about-text">
        <strong>{about.kind === "edit" ? t("composer.editing") : t("composer.replying", { author, own: message?.out ? "yes" : "no" })}</strong>
        <bdi>{message ? brief(preview(client, message)) : t("message.gone")}</bdi>
      </span>
      <button class="round" type="button" aria-label={t("composer.cancel")} onClick={onCancel}><Icon name="close" /></button>
    </div>
  );
}
