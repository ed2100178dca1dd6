/** What runs here, who answers for it, whose work is in it. */
import { t } from "../../i18n/index.ts";
import { useClient } from "../app/index.tsx";

export function About() {
  const { config } = useClient();
  return (
    <section>
      <h2><bdi>{config.name}</bdi></h2>
      <p class="hint" dir="ltr">petitbleu {config.server} · {config.build}</p>
      <p><a href="/app/licences.txt" target="_blank" rel="noopener">{t("settings.licences")}</a></p>
    </section>
  );
}
