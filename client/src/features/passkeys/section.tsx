/** The passkeys of the person, in the settings. */
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { full } from "../../i18n/times.ts";
import { confirmDone } from "../../ui/announcer.ts";
import type { Passkey } from "../../wire/schema.d.ts";
import { describe, useClient } from "../app/index.tsx";
import { ask } from "../ask/index.tsx";
import { add, load, remove } from "./actions.ts";
import { hasPasskeys } from "./browser.ts";

export function PasskeysSection() {
  const client = useClient();
  const possible = hasPasskeys() && client.config.passkeys;
  const [passkeys, setPasskeys] = useState<readonly Passkey[] | null>(null);
  const [wrong, setWrong] = useState("");
  const [busy, setBusy] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const reload = () => load(client).then(setPasskeys);
  useEffect(() => {
    if (possible) reload().catch((error: unknown) => setWrong(describe(error)));
  }, []);
  const act = async (what: () => Promise<unknown>, done: string) => {
    if (busy) return;
    setBusy(true);
    setWrong("");
    try {
      await what();
      confirmDone(done);
      await reload();
    } catch (error) {
      setWrong(describe(error));
    } finally {
      setBusy(false);
      // After the browser's dialog has given the focus back.
      setTimeout(() => button.current?.focus());
    }
  };
  const askToRemove = ({ id, name }: Passkey) =>
    ask({
      title: t("passkeys.remove_ask", { name }),
      text: t("passkeys.remove_hint"),
      answers: [{ label: t("passkeys.remove"), danger: true, act: () => void act(() => remove(client, id), t("passkeys.removed")) }],
    });
  return (
    <section aria-labelledby="passkeys-title">
      <h2 id="passkeys-title">{t("passkeys.title")}</h2>
      <p class="hint">{t("passkeys.why")}</p>
      {!client.config.passkeys && <p class="note">{t("passkeys.not_here")}</p>}
      {client.config.passkeys && !hasPasskeys() && <p class="note">{t("error.passkey_unsupported")}</p>}
      {possible && passkeys === null && !wrong && <p class="hint" role="status">{t("passkeys.loading")}</p>}
      {passkeys?.length === 0 && <p class="hint">{t("passkeys.none")}</p>}
      {passkeys !== null && passkeys.length > 0 && (
        <ul class="pick devices">
          {passkeys.map((one) => (
            <li key={one.id} class="device">
              <span class="file-text">
                <strong><bdi>{one.name}</bdi></strong>
                <span class="hint">{t("passkeys.added", { when: full(one.date) })}</span>
                <span class="hint">{one.last_usage_date ? t("passkeys.used", { when: full(one.last_usage_date) }) : t("passkeys.unused")}</span>
              </span>
              <button type="button" class="plain danger" aria-label={t("passkeys.remove_one", { name: one.name })} onClick={() => askToRemove(one)}>{t("passkeys.remove")}</button>
            </li>
          ))}
        </ul>
      )}
      {wrong && <p class="wrong" role="alert">{wrong}</p>}
      {possible && <p><button ref={button} type="button" class="secondary" aria-disabled={busy} onClick={() => void act(() => add(client), t("passkeys.done"))}>{busy ? t("signin.busy") : t("passkeys.add")}</button></p>}
    </section>
  );
}
