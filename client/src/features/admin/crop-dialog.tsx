/** Choose the square of a picture that becomes the photo: dragged, by arrows, or with a slider. */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { Dialog } from "../../ui/dialog.tsx";
import type { Crop } from "./crop.ts";
import { inside, middle, moved, sideOf, ZOOM_MAX } from "./crop.ts";

const SHOWN = 320;
const SENT = 640;
const STEP = 0.05;

export function CropDialog({ file, onDone, onClose }: { file: File; onDone: (photo: File) => void; onClose: () => void }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [picture, setPicture] = useState<ImageBitmap | null>(null);
  const [wrong, setWrong] = useState("");
  const [crop, setCrop] = useState<Crop>({ x: 0, y: 0, zoom: 1 });
  const last = useRef<PointerEvent | null>(null);
  useEffect(() => {
    let made: ImageBitmap | null = null;
    createImageBitmap(file, { imageOrientation: "from-image" }).then((found) => {
      made = found;
      setCrop(middle(found));
      setPicture(found);
    }, () => setWrong(t("error.file")));
    return () => made?.close();
  }, [file]);
  useLayoutEffect(() => {
    if (picture && canvas.current) draw(canvas.current, picture, crop, SHOWN);
  }, [picture, crop]);
  const move = (dx: number, dy: number) => picture && setCrop(moved(crop, dx, dy, picture));
  const drag = (event: PointerEvent) => {
    const from = last.current;
    if (!from || from.pointerId !== event.pointerId) return;
    last.current = event;
    const side = canvas.current?.clientWidth || SHOWN;
    move((event.clientX - from.clientX) / side, (event.clientY - from.clientY) / side);
  };
  const keys = (event: KeyboardEvent) => {
    const by: Record<string, [number, number]> = { ArrowLeft: [STEP, 0], ArrowRight: [-STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] };
    const step = by[event.key];
    if (!step) return;
    event.preventDefault();
    move(...step);
  };
  const done = async () => picture && onDone(await cut(picture, crop, file.name));
  return (
    <Dialog title={t("photo.crop")} closeLabel={t("dialog.close")} onClose={onClose}>
      {wrong && <p class="wrong" role="alert">{wrong}</p>}
      {!wrong && (
        <>
          <canvas
            ref={canvas} class="crop" width={SHOWN} height={SHOWN} tabIndex={0} role="img" aria-label={t("photo.crop_hint")}
            onPointerDown={(event) => { last.current = event; canvas.current?.setPointerCapture(event.pointerId); }}
            onPointerMove={drag} onPointerUp={() => (last.current = null)} onPointerCancel={() => (last.current = null)} onKeyDown={keys}
          />
          <p class="hint">{t("photo.crop_hint")}</p>
          <label class="field"><span>{t("photo.zoom")}</span><input type="range" min={1} max={ZOOM_MAX} step={0.05} value={crop.zoom} onInput={(event) => picture && setCrop(inside({ ...crop, zoom: Number(event.currentTarget.value) }, picture))} /></label>
        </>
      )}
      <div class="dialog-acts">
        <button type="button" class="secondary" onClick={onClose}>{t("composer.cancel")}</button>
        {!wrong && <button type="button" class="primary" aria-disabled={!picture} onClick={() => void done()}>{t("photo.use")}</button>}
      </div>
    </Dialog>
  );
}

function draw(canvas: HTMLCanvasElement | OffscreenCanvas, picture: ImageBitmap, crop: Crop, shown: number): void {
  const context = canvas.getContext("2d") as CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D | null;
  if (!context) return;
  const side = sideOf(crop, picture);
  context.fillStyle = "white";
  context.fillRect(0, 0, shown, shown);
  context.drawImage(picture, crop.x - side / 2, crop.y - side / 2, side, side, 0, 0, shown, shown);
}

/** The square as it is sent: without what the camera wrote into the picture. */
async function cut(picture: ImageBitmap, crop: Crop, name: string): Promise<File> {
  const canvas = new OffscreenCanvas(SENT, SENT);
  draw(canvas, picture, crop, SENT);
  const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.9 });
  return new File([blob], `${name.replace(/\.\w+$/, "")}.jpg`, { type: "image/jpeg" });
}
