/** Pictures as they are sent: turned upright, at most 2560 px, without what the camera wrote into them. */
const LONGEST = 2560;
const SENT = /^image\/(jpeg|png|webp|heic|heif|avif|bmp)$/;

/** The picture anew, or null where it goes as a file (no picture, or the browser cannot read it). */
export async function redrawn(file: File): Promise<File | null> {
  if (!SENT.test(file.type)) return null;
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null);
  if (!bitmap) return null;
  const scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
  const [width, height] = [Math.max(1, Math.round(bitmap.width * scale)), Math.max(1, Math.round(bitmap.height * scale))];
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  if (!context) return null;
  context.fillStyle = "white";
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.87 });
  return new File([blob], file.name.replace(/\.\w+$/, ".jpg"), { type: "image/jpeg" });
}
