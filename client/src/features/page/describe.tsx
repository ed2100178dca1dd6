import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { confirmDone } from "../../ui/announcer.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { describe, useClient } from "../app/index.tsx";
import { channelOf } from "../info/index.tsx";
import { addressOf, sizeFor } from "../media/index.tsx";
import "./page.css";

const MOST = 500;

/** What is to be seen in the picture of a post, for those who cannot see it. */
export function DescribeDialog({ chat, id, onClose }: { chat: string; id: number; onClose: () => void }) {
  const client = useClient();
  const [text, setText] = useState<string | null>(null);
  const [wrong, setWrong] = useState("");
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const channel = channelOf(client, chat);
  useEffect(() => {
    // The picture is shown: what is to be described may be long past.
    if (!client.store.message(chat, id)) client.load.messages(chat, [id]).catch(() => {});
    client.connection.call("petitbleu.getAlt", { channel, id }).then((found) => setText(found.text), (error: unknown) => setWrong(describe(error)));
  }, []);
  useEffect(() => field.current?.focus(), [text === null]);
  const save = (event: Event) => {
    event.preventDefault();
    if (busy || text === null) return;
    setBusy(true);
    setWrong("");
    client.connection.call("petitbleu.setAlt", { channel, id, text }).then(
      () => {
        onClose();
        confirmDone(t(text.trim() ? "page.described" : "page.undescribed"));
      },
      (error: unknown) => (setWrong(describe(error)), setBusy(false)),
    );
  };
  return (
    <Dialog title={t("page.describe")} closeLabel={t("dialog.close")} onClose={onClose}>
      <form class="page-form" onSubmit={save}>
        <Picture chat={chat} id={id} />
        {text === null && !wrong && <p class="hint" role="status">{t("page.loading")}</p>}
        {text !== null && (
          <label class="field">
            <span>{t("page.seen")}</span>
            <textarea ref={field} rows={4} maxLength={MOST} value={text} onInput={(event) => setText(event.currentTarget.value)} dir="auto" />
          </label>
        )}
        {text !== null && <p class="hint">{t("page.seen_hint", { n: MOST - text.length })}</p>}
        {wrong && <p class="wrong" role="alert">{wrong}</p>}
        <div class="dialog-acts">
          <button class="secondary" type="button" onClick={onClose}>{t("composer.cancel")}</button>
          {text !== null && <button class="primary" aria-disabled={busy}>{t("composer.save")}</button>}
        </div>
      </form>
    </Dialog>
  );
}

/** What is described, where it is a picture. */
function Picture({ chat, id }: { chat: string; id: number }) {
  const { store } = useClient();
  void store.history(chat).version.value;
  const message = store.message(chat, id);
  const media = message?._ === "message" ? message.media : undefined;
  const photo = media?._ === "messageMediaPhoto" && media.photo?._ === "photo" ? media.photo : null;
  const size = photo && sizeFor(photo, 320);
  return photo && size && <img class="page-picture" src={addressOf(photo, size.label)} width={size.width} height={size.height} alt="" />;
}
