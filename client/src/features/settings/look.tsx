import { useState } from "preact/hooks";
import { lang, LANGUAGES, t } from "../../i18n/index.ts";
import { setSingleKeys, singleKeys } from "./single-keys.ts";
import type { Theme } from "./theme.ts";
import { applyTheme, chosenTheme } from "./theme.ts";

export const LANG = "pb-app-lang";

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

export function ThemeChoice() {
  const [theme, setTheme] = useState(chosenTheme());
  const choose = (to: Theme) => {
    applyTheme(to);
    setTheme(to);
  };
  return (
    <fieldset class="choice">
      <legend>{t("settings.theme")}</legend>
      {(["system", "light", "dark"] as const).map((one) => (
        <label key={one} class="tick"><input type="radio" name="theme" checked={theme === one} onInput={() => choose(one)} /><span>{t(`settings.theme_${one}`)}</span></label>
      ))}
    </fieldset>
  );
}

export function KeysChoice({ onShow }: { onShow: () => void }) {
  const [on, setOn] = useState(singleKeys());
  const choose = (to: boolean) => {
    setSingleKeys(to);
    setOn(to);
  };
  return (
    <section>
      <h2>{t("keys.short")}</h2>
      <label class="tick"><input type="checkbox" checked={on} onInput={(e) => choose(e.currentTarget.checked)} /><span>{t("settings.single_keys")}<small>{t("settings.single_keys_hint")}</small></span></label>
      <p><button type="button" class="plain" onClick={onShow}>{t("keys.show")}</button></p>
    </section>
  );
}
