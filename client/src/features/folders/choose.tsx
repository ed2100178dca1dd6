import { t } from "../../i18n/index.ts";
import { alarm } from "../../ui/announcer.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { describe, useClient, useName } from "../app/index.tsx";
import { toggle } from "./actions.ts";
import { made, placeOf } from "./edit.ts";
import { choosing } from "./index.tsx";

/** In which folders a chat stands by name. */
export function Choose({ chat }: { chat: string }) {
  const client = useClient();
  const { store } = client;
  const name = useName(chat);
  const folders = made(store.filters.value);
  const close = () => (choosing.value = "");
  return (
    <Dialog title={t("folders.of", { name })} closeLabel={t("dialog.close")} onClose={close}>
      {folders.map((one) => (
        <label key={one.id} class="tick">
          <input type="checkbox" checked={placeOf(one, chat, store.me) === "in"} onInput={() => void toggle(client, one, chat).catch((error: unknown) => alarm(describe(error)))} />
          <bdi>{one.title.text}</bdi>
        </label>
      ))}
      {!folders.length && <p class="hint">{t("folders.none")}</p>}
      <div class="dialog-acts"><a class="secondary" href="/app/folders" onClick={close}>{t("folders.manage")}</a></div>
    </Dialog>
  );
}
