/** How the page looks in this browser. */
import { t } from "../../i18n/index.ts";
import { applyTheme, chosenTheme, setTextSize, SIZES, textSize, THEMES, usePreferences } from "./preferences.ts";

export function Appearance() {
  usePreferences();
  const [theme, size] = [chosenTheme(), textSize()];
  return (
    <>
      <fieldset class="choice">
        <legend>{t("settings.colours")}</legend>
        {THEMES.map((one) => (
          <label key={one} class="tick"><input type="radio" name="theme" checked={theme === one} onInput={() => applyTheme(one)} /><span>{t(`settings.theme_${one}`)}</span></label>
        ))}
      </fieldset>
      <section>
        <h2 id="text-size">{t("settings.text_size")}</h2>
        <p class="size-line">
          <span aria-hidden="true" class="size-small">A</span>
          <input type="range" min={SIZES.least} max={SIZES.most} step={1} value={size} aria-labelledby="text-size" aria-valuetext={t("settings.text_size_is", { n: size })} onChange={(e) => setTextSize(Number(e.currentTarget.value))} />
          <span aria-hidden="true" class="size-large">A</span>
        </p>
        <p class="row">
          <span class="hint">{t("settings.text_size_is", { n: size })}</span>
          {size !== SIZES.usual && <button type="button" class="plain" onClick={() => setTextSize(SIZES.usual)}>{t("settings.text_size_usual")}</button>}
        </p>
      </section>
    </>
  );
}
