/** One post on the channel's page: whether it stands on top, who may comment, what is to be seen in its picture. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { confirmDone } from "../../ui/announcer.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Icon } from "../../ui/icon.tsx";
import type { petitbleu_page } from "../../wire/schema.d.ts";
import { copy, describe, useClient } from "../app/index.tsx";
import { channelOf } from "../info/index.tsx";
import type { Change } from "./switches.tsx";
import { Switch } from "./switches.tsx";
import "./page.css";

const RULES = ["usual", "open", "closed", "members", "held", "direct"];

export function PostDialog({ chat, id, onDescribe, onClose }: { chat: string; id: number; onDescribe: () => void; onClose: () => void }) {
  const client = useClient();
  const channel = channelOf(client, chat);
  const [page, setPage] = useState<petitbleu_page | null>(null);
  const [wrong, setWrong] = useState("");
  void client.store.history(chat).version.value;
  const message = client.store.message(chat, id);
  const load = () => {
    setWrong("");
    client.connection.call("petitbleu.getPage", { channel }).then(setPage, (error: unknown) => setWrong(describe(error)));
  };
  useEffect(load, []);
  const attempt = async (done: Promise<unknown>): Promise<boolean> => {
    setWrong("");
    try {
      await done;
      confirmDone(t("page.saved"));
      return true;
    } catch (error) {
      setWrong(describe(error));
      return false;
    }
  };
  const change: Change = (name, value) => attempt(client.connection.call("petitbleu.setPage", { channel, name, value }).then(setPage));
  const pin = (on: boolean) => attempt(client.connection.call("messages.updatePinnedMessage", { peer: client.store.input(chat), id, ...(on ? { silent: true } : { unpin: true }) }).then((made) => client.sync.take(made)));
  if (message?._ !== "message") return null;
  const rule = page?.switches.find((one) => one.name === `post/${id}`) ?? { _: "petitbleu.pageSwitch" as const, name: `post/${id}`, value: "usual", values: RULES };
  const address = page?.state === "on" && page.address ? `${page.address.replace("/s/", "/")}/${id}` : "";
  return (
    <Dialog title={t("page.of_post")} closeLabel={t("dialog.close")} onClose={onClose}>
      {!page && !wrong && <p class="hint" role="status">{t("page.loading")}</p>}
      {wrong && <p class="wrong" role="alert">{wrong}</p>}
      {!page && wrong && <div class="dialog-acts"><button class="secondary" type="button" onClick={load}>{t("status.retry")}</button></div>}
      {page && (
        <section class="page-part">
          {address ? <p class="page-address"><a href={address} target="_blank" rel="noopener" dir="ltr">{address}</a><button class="round" type="button" aria-label={t("message.copy_link")} onClick={() => copy(address)}><Icon name="copy" /></button></p> : <p class="note">{t("page.off")}</p>}
          <label class="tick"><input type="checkbox" checked={message.pinned ?? false} onInput={(event) => void pin(event.currentTarget.checked)} /><span>{t("page.on_top")}<small class="hint">{t("page.on_top_hint")}</small></span></label>
          <Switch one={rule} change={change} />
          {message.media?._ === "messageMediaPhoto" && <p class="panel-acts"><button class="secondary" type="button" onClick={onDescribe}><Icon name="edit" />{t("page.describe")}</button></p>}
        </section>
      )}
    </Dialog>
  );
}
