import { lang, LANGUAGES, t } from "../../i18n/index.ts";
import { useClient } from "../app/index.tsx";

const LANG = "pb-app-lang";

/** The languages of the page; a choice loads it anew. */
export function LanguageChoice({ languages }: { languages: readonly string[] }) {
  const choose = (code: string) => {
    localStorage.setItem(LANG, code);
    location.reload();
  };
  return (
    <label class="select">
      <span class="unseen">{t("settings.language")}</span>
      <select value={lang()} onChange={(e) => choose(e.currentTarget.value)}>
        {LANGUAGES.filter((one) => languages.includes(one)).map((one) => (
          <option key={one} value={one} lang={one}>{new Intl.DisplayNames([one], { type: "language" }).of(one)}</option>
        ))}
      </select>
    </label>
  );
}

/** The section. */
export function Language() {
  const { languages } = useClient().config;
  return (
    <section>
      <h2>{t("settings.language_title")}</h2>
      <p class="hint">{t("settings.language_hint")}</p>
      <LanguageChoice languages={languages} />
    </section>
  );
}
