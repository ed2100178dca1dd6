/** What runs here, who answers for it, whose work is in it. */
import type { Key } from "../../i18n/index.ts";
import { t } from "../../i18n/index.ts";
import { useClient } from "../app/index.tsx";

/** Pages of the instance, at its public address. */
const PAGES: readonly { path: string; title: Key }[] = [
  { path: "/mentions-legales", title: "about.legal" },
  { path: "/contact", title: "about.contact" },
  { path: "/regles", title: "about.rules" },
  { path: "/confidentialite", title: "about.privacy" },
  { path: "/accessibilite", title: "about.accessibility" },
  { path: "/signaler", title: "about.notice" },
];

export function About() {
  const { config } = useClient();
  const base = (config.public_url || location.origin).replace(/\/$/, "");
  return (
    <>
      <section>
        <h2><bdi>{config.name}</bdi></h2>
        <ul class="pick">
          {PAGES.map(({ path, title }) => <li key={path}><a class="settings-line" href={base + path} target="_blank" rel="noopener">{t(title)}<span class="unseen"> {t("about.opens")}</span></a></li>)}
        </ul>
      </section>
      <section>
        <h2>{t("about.software")}</h2>
        <p class="hint" dir="ltr">petitbleu {config.server} · {config.build}</p>
        <ul class="pick">
          <li><a class="settings-line" href="/app/licences.txt" target="_blank" rel="noopener">{t("settings.licences")}<span class="unseen"> {t("about.opens")}</span></a></li>
        </ul>
      </section>
    </>
  );
}
