/** One's own picture: chosen, cut to a square, taken away. */
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { pictureOf } from "../../state/names.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { alarm, confirmDone } from "../../ui/announcer.ts";
import { RpcError } from "../../wire/errors.ts";
import { describe, PeerAvatar, useClient, useEntity, useName } from "../app/index.tsx";
import { askToDo } from "../ask/index.tsx";
import { PHOTO_SIDE, removePhoto, savePhoto, squareOf } from "./profile.ts";

export function Photo() {
  const client = useClient();
  const me = `u${client.store.me}`;
  const name = useName(me, true);
  const has = pictureOf(useEntity(me)) !== "";
  const [picture, setPicture] = useState<ImageBitmap | null>(null);
  const choose = (event: Event & { currentTarget: HTMLInputElement }) => {
    const field = event.currentTarget;
    const [file] = field.files ?? [];
    if (file) createImageBitmap(file).then(setPicture, () => alarm(describe(new RpcError("IMAGE_PROCESS_FAILED", 400))));
    field.value = "";
  };
  const remove = () => void removePhoto(client).then(() => confirmDone(t("settings.photo_gone")), (error: unknown) => alarm(describe(error)));
  return (
    <section class="settings-photo">
      <PeerAvatar peer={me} size="large" />
      <div>
        <p class="panel-name"><bdi>{name}</bdi></p>
        <p class="row">
          <label class="secondary settings-file">
            {t(has ? "settings.photo_change" : "settings.photo_add")}
            <input class="unseen" type="file" accept="image/*" onChange={choose} />
          </label>
          {has && <button type="button" class="plain danger" onClick={() => askToDo(t("settings.photo_ask"), t("settings.photo_remove"), remove)}>{t("settings.photo_remove")}</button>}
        </p>
      </div>
      {picture && <Cut picture={picture} onClose={() => setPicture(null)} />}
    </section>
  );
}

/** Which part of it: people's pictures are square. */
function Cut({ picture, onClose }: { picture: ImageBitmap; onClose: () => void }) {
  const client = useClient();
  const [place, setPlace] = useState(50);
  const [busy, setBusy] = useState(false);
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height } = picture;
  const { x, y, side } = squareOf(width, height, place / 100);
  const size = Math.min(side, PHOTO_SIDE);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    context.fillStyle = "white";
    context.fillRect(0, 0, size, size);
    context.drawImage(picture, x, y, side, side, 0, 0, size, size);
  }, [picture, place]);
  const use = async () => {
    if (busy) return;
    setBusy(true);
    try {
      const made = await new Promise<Blob | null>((resolve) => canvas.current?.toBlob(resolve, "image/jpeg", 0.9));
      if (!made) throw new RpcError("IMAGE_PROCESS_FAILED", 400);
      await savePhoto(client, made);
      onClose();
      confirmDone(t("settings.photo_done"));
    } catch (error) {
      setBusy(false);
      alarm(describe(error));
    }
  };
  return (
    <Dialog title={t("settings.photo_title")} closeLabel={t("dialog.close")} onClose={onClose}>
      <canvas ref={canvas} class="settings-cut" width={size} height={size} role="img" aria-label={t("settings.photo_shown")} />
      {width !== height && (
        <label class="field">
          <span>{t("settings.photo_part")}</span>
          <input type="range" min={0} max={100} step={1} value={place} onInput={(event) => setPlace(Number(event.currentTarget.value))} />
        </label>
      )}
      <div class="dialog-acts">
        <button type="button" class="secondary" onClick={onClose}>{t("composer.cancel")}</button>
        <button type="button" class="primary" aria-disabled={busy} onClick={use}>{t("settings.photo_use")}</button>
      </div>
    </Dialog>
  );
}
