/** A copy of one's own data, and where the account ends. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { full, percent, size } from "../../i18n/times.ts";
import { alarm } from "../../ui/announcer.ts";
import { Icon } from "../../ui/icon.tsx";
import { isError, RpcError } from "../../wire/errors.ts";
import { describe, useClient } from "../app/index.tsx";
import type { Copy } from "./data.ts";
import { LOOK_MS, loadCopy, startCopy } from "./data.ts";
import { Field, Form } from "./form.tsx";
import { loadPassword, proofOf } from "./password.ts";

export function MyData() {
  const client = useClient();
  const [copy, setCopy] = useState<Copy | null>(null);
  const [hasPassword, setHasPassword] = useState(false);
  const [password, setPassword] = useState("");
  const making = copy?.state === "making";
  useEffect(() => {
    const fail = (error: unknown) => alarm(describe(error));
    loadCopy(client).then(setCopy, fail);
    loadPassword(client).then((found) => setHasPassword(found.has_password ?? false), fail);
  }, []);
  useEffect(() => {
    if (!making) return;
    const timer = setInterval(() => void loadCopy(client).then(setCopy, () => {}), LOOK_MS);
    return () => clearInterval(timer);
  }, [making]);
  if (!copy) return <p class="hint" role="status">{t("settings.loading")}</p>;
  const now = client.store.now();
  const next = "next" in copy ? copy.next : 0;
  const start = async () => {
    try {
      setCopy(await startCopy(client, hasPassword ? await proofOf(client, password) : null));
    } catch (error) {
      if (isError(error, "TAKEOUT_INIT_DELAY_X")) return t("data.wait", { when: full(now + error.value) });
      throw error instanceof RpcError ? error : new RpcError("INTERNAL", 500);
    }
    return null;
  };
  return (
    <>
      <section>
        <h2>{t("data.title")}</h2>
        <p>{t("data.what")}</p>
        <p class="hint">{t("data.format")}</p>
        <State copy={copy} />
      </section>
      {!making && next <= now && (
        <Form key={copy.state} button={t("data.start")} primary={copy.state !== "ready"} act={start}>
          <p class="hint">{t("data.told")}</p>
          {hasPassword && <Field label={t("signin.password")} name="password" type="password" value={password} onValue={setPassword} autocomplete="current-password" plain required />}
        </Form>
      )}
      {!making && next > now && <p class="hint">{t("data.next", { when: full(next) })}</p>}
      <section>
        <h2>{t("settings.delete")}</h2>
        <p><a class="secondary danger" href="/app/settings/account/delete">{t("settings.delete")}</a></p>
      </section>
    </>
  );
}

function State({ copy }: { copy: Copy }) {
  if (copy.state === "making") {
    const said = t("data.making", { share: percent(copy.share), messages: copy.messages, files: copy.files });
    return (
      <div>
        <progress class="settings-progress" max={1} value={copy.share} aria-label={t("data.title")} aria-valuetext={said} />
        <p class="hint">{said}</p>
        <p class="hint">{t("data.leave")}</p>
      </div>
    );
  }
  if (copy.state === "ready") {
    return (
      <div role="status" class="settings-ready">
        <p><strong>{t("data.ready")}</strong> <span class="hint">{t("data.until", { when: full(copy.expires) })}</span></p>
        <p><a class="primary" href={copy.path} download="data.zip"><Icon name="save" />{t("data.save", { size: size(copy.size) })}</a></p>
      </div>
    );
  }
  return copy.state === "failed" ? <p class="wrong" role="status">{t("data.failed")}</p> : null;
}
