import { t } from "../../i18n/index.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { addressOf, sizeFor } from "./address.ts";
import { viewed } from "./media.tsx";

const LARGE = 2560;

/** A picture over the page. */
export function Viewer() {
  const what = viewed.value;
  const found = what && sizeFor(what.photo, LARGE);
  if (!what || !found) return null;
  const href = addressOf(what.photo, found.label);
  return (
    <Dialog title={what.alt} closeLabel={t("dialog.close")} onClose={() => (viewed.value = null)}>
      <div class="viewer">
        <img src={href} alt={what.alt} width={found.width} height={found.height} />
        <a class="secondary" href={href} download={`photo-${what.photo.id}.jpg`}>{t("media.save")}</a>
      </div>
    </Dialog>
  );
}
