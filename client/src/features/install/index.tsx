/** The page as an app of its own: what the browser offers is kept until somebody asks for it in the settings. */
import { signal } from "@preact/signals";
import { t } from "../../i18n/index.ts";

interface Offer extends Event {
  prompt(): Promise<{ outcome: string }>;
}

const offer = signal<Offer | null>(null);
const installed = signal(matchMedia("(display-mode: standalone)").matches);

addEventListener("beforeinstallprompt", (event) => {
  // No bar of the browser's comes by itself.
  event.preventDefault();
  offer.value = event as Offer;
});
addEventListener("appinstalled", () => {
  offer.value = null;
  installed.value = true;
});

/** In Safari there is no question to be asked: people do it by its menu. */
function byMenu(): boolean {
  return "standalone" in navigator;
}

export function InstallRow() {
  const asked = offer.value;
  if (installed.value || (!asked && !byMenu())) return null;
  const install = () => {
    offer.value = null;
    void asked?.prompt();
  };
  return (
    <section aria-labelledby="install-title">
      <h2 id="install-title">{t("install.title")}</h2>
      <p class="hint">{asked ? t("install.why") : t("install.by_menu")}</p>
      {asked && <p><button type="button" class="secondary" onClick={install}>{t("install.do")}</button></p>}
    </section>
  );
}
