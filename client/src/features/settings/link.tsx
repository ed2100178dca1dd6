/** Let another device in that shows a code: opened by the camera of this one, or by the link pasted here. */
import { useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { Icon } from "../../ui/icon.tsx";
import type { authorization } from "../../wire/schema.d.ts";
import { describe, goBack, useClient } from "../app/index.tsx";

/** The token at the end of a link of ours or of Telegram's, in base64; "" where there is none. */
export function tokenOf(link: string): string {
  const found = /(?:#|token=)([\w-]{16,128})$/.exec(link.trim())?.[1] ?? "";
  const plain = found.replaceAll("-", "+").replaceAll("_", "/");
  return plain && plain.padEnd(Math.ceil(plain.length / 4) * 4, "=");
}

export function LinkPage() {
  const client = useClient();
  const [link, setLink] = useState(() => location.hash);
  const [done, setDone] = useState<authorization | null>(null);
  const [said, setSaid] = useState("");
  const byCamera = tokenOf(location.hash) !== "";
  const accept = async (event: Event) => {
    event.preventDefault();
    const token = tokenOf(link);
    if (!token) return setSaid(t("link.wrong"));
    try {
      setDone(await client.connection.call("auth.acceptLoginToken", { token }));
      setSaid("");
      history.replaceState(history.state, "", location.pathname);
    } catch (error) {
      setSaid(describe(error));
    }
  };
  const undo = async () => {
    try {
      await client.connection.call("account.resetAuthorization", { hash: done?.hash ?? "0" });
      setDone(null);
      setSaid(t("link.undone"));
    } catch (error) {
      setSaid(describe(error));
    }
  };
  return (
    <>
      <header class="chat-head">
        <button class="round" type="button" aria-label={t("chat.back")} onClick={() => goBack()}><Icon name="back" /></button>
        <h1>{t("link.title")}</h1>
      </header>
      <div class="page">
        {done ? (
          <>
            <p role="status">{t("link.done", { name: `${done.app_name} · ${done.device_model}`, place: done.country || done.ip })}</p>
            <p><button class="secondary danger" type="button" onClick={undo}>{t("link.undo")}</button></p>
          </>
        ) : (
          <form class="signin-form" onSubmit={accept}>
            <p>{t("link.ask")}</p>
            {!byCamera && <label class="field"><span>{t("link.paste")}</span><input value={link} onInput={(e) => setLink(e.currentTarget.value)} inputMode="url" spellcheck={false} autocomplete="off" dir="ltr" /></label>}
            <p><button class="primary">{t("link.accept")}</button></p>
          </form>
        )}
        {said && <p class={done ? "" : "note"} role="alert">{said}</p>}
      </div>
    </>
  );
}
