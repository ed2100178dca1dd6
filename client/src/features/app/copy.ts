/** Put a text where it can be pasted from, and say whether that was done. */
import { t } from "../../i18n/index.ts";
import { alarm, confirmDone } from "../../ui/announcer.ts";

export function copy(text: string): void {
  // Not there without HTTPS.
  const done = navigator.clipboard ? navigator.clipboard.writeText(text) : Promise.reject(new Error("no clipboard"));
  done.then(() => confirmDone(t("copy.done")), () => alarm(t("copy.refused")));
}
