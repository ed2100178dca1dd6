/** Screen reader, motion, keys: chosen for this browser. */
import type { Key } from "../../i18n/index.ts";
import { t } from "../../i18n/index.ts";
import { overlay } from "../palette/index.tsx";
import type { Level } from "./preferences.ts";
import { announcements, autoplayChosen, lessMotion, LEVELS, setAnnouncements, setAutoplay, setLessMotion, setSingleKeys, singleKeys, usePreferences } from "./preferences.ts";

const LEVEL: Record<Level, Key> = {
  none: "settings.announce_none",
  chat: "settings.announce_chat",
  mentions: "settings.announce_mentions",
  all: "settings.announce_all",
};

export function Accessibility() {
  usePreferences();
  const level = announcements();
  return (
    <>
      <fieldset class="choice">
        <legend>{t("settings.announce")}</legend>
        <p class="hint">{t("settings.announce_hint")}</p>
        {LEVELS.map((one) => (
          <label key={one} class="tick"><input type="radio" name="announce" checked={level === one} onInput={() => setAnnouncements(one)} /><span>{t(LEVEL[one])}</span></label>
        ))}
      </fieldset>
      <section>
        <h2>{t("settings.motion")}</h2>
        <label class="tick"><input type="checkbox" checked={lessMotion()} onInput={(e) => setLessMotion(e.currentTarget.checked)} /><span>{t("settings.motion_less")}<small>{t("settings.motion_hint")}</small></span></label>
        <label class="tick"><input type="checkbox" checked={autoplayChosen() && !lessMotion()} disabled={lessMotion()} onInput={(e) => setAutoplay(e.currentTarget.checked)} /><span>{t("settings.autoplay")}</span></label>
      </section>
      <section>
        <h2>{t("keys.short")}</h2>
        <label class="tick"><input type="checkbox" checked={singleKeys()} onInput={(e) => setSingleKeys(e.currentTarget.checked)} /><span>{t("settings.single_keys")}<small>{t("settings.single_keys_hint")}</small></span></label>
        <p><button type="button" class="plain" onClick={() => (overlay.value = "keys")}>{t("keys.show")}</button></p>
      </section>
    </>
  );
}
