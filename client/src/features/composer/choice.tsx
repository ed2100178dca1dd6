import { t } from "../../i18n/index.ts";
import { chooseControl, choosePlain, controlEnter, plainField } from "./choices.ts";

/** In the settings: how one likes to write. */
export function WritingChoice() {
  return (
    <section>
      <h2>{t("keys.in_field")}</h2>
      <label class="tick"><input type="checkbox" checked={controlEnter.value} onInput={(event) => chooseControl(event.currentTarget.checked)} /><span>{t("composer.control_enter")}<small>{t("composer.control_enter_hint")}</small></span></label>
      <label class="tick"><input type="checkbox" checked={plainField.value} onInput={(event) => choosePlain(event.currentTarget.checked)} /><span>{t("composer.plain")}<small>{t("composer.plain_hint")}</small></span></label>
    </section>
  );
}
