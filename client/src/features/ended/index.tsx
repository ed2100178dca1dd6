/** The device was signed out from elsewhere: what was typed can still be copied. */
import { useEffect } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { wipe } from "../../state/keep.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { useClient } from "../app/index.tsx";

export function Ended() {
  const client = useClient();
  const over = client.signedOut.value;
  useEffect(() => {
    if (over) void wipe();
  }, [over]);
  if (!over) return null;
  const field = document.querySelector<HTMLTextAreaElement>("#composer");
  const texts = [field?.value ?? "", ...client.outbox.entries.peek().map((one) => one.text)].filter(Boolean);
  const leave = () => location.assign("/app");
  return (
    <Dialog title={t("ended.title")} closeLabel={t("dialog.close")} onClose={leave}>
      <p>{t("ended.text")}</p>
      {texts.length > 0 && <label class="field"><span>{t("ended.unsent")}</span><textarea readOnly rows={5} value={texts.join("\n\n")} /></label>}
      <button class="primary" type="button" onClick={leave}>{t("ended.sign_in")}</button>
    </Dialog>
  );
}
