/** “My cases”: what I reported, what was decided about me, what I object to. Loaded when it is opened. */
import { t } from "../../i18n/index.ts";
import { Icon } from "../../ui/icon.tsx";
import { go, goBack, useClient, useLater } from "../app/index.tsx";
import type { LoadCases } from "./list.tsx";

/** The screen at `/app/cases`. */
export function CasesScreen() {
  const client = useClient();
  return (
    <>
      <header class="chat-head">
        <button class="round" type="button" aria-label={t("chat.back")} onClick={() => goBack()}><Icon name="back" /></button>
        <h1>{t("cases.title")}</h1>
      </header>
      <div class="page">
        <OwnCases load={() => client.connection.call("petitbleu.getCases", {})} />
      </div>
    </>
  );
}

/** The list alone: also for somebody whose account is suspended, who has no screen. */
export function OwnCases({ load }: { load: LoadCases }) {
  const parts = useLater(() => import("./list.tsx"), true, () => {});
  return parts && <parts.CaseList load={load} />;
}

/** The way there from the settings. */
export function CasesLink() {
  const open = (event: Event) => {
    event.preventDefault();
    go("/app/cases");
  };
  return (
    <section>
      <h2>{t("cases.title")}</h2>
      <p class="hint">{t("cases.hint")}</p>
      <p><a class="secondary" href="/app/cases" onClick={open}><Icon name="flag" />{t("cases.open_all")}</a></p>
    </section>
  );
}
