/** Where the bytes of a file are. The first good address is kept, so that the browser's cache holds. */
import type { document, photo } from "../../wire/schema.d.ts";

const kept = new Map<string, string>();

/** The address of a photo's size or of a document (`-`), with a name for a download. */
export function addressOf(file: photo | document, label: string, name = ""): string {
  const key = `${file.id}/${label}`;
  let found = kept.get(key);
  if (!found) {
    const reference = file.file_reference.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
    found = `/app/f/${file.id}/${label}?r=${reference}`;
    kept.set(key, found);
  }
  return name ? `${found}&n=${encodeURIComponent(name.toWellFormed())}` : found;
}

/** An address has gone stale: the next one is made from the message as it is now. */
export function forget(file: photo | document): void {
  for (const key of kept.keys()) if (key.startsWith(`${file.id}/`)) kept.delete(key);
}

export interface Size {
  label: string;
  width: number;
  height: number;
}

/** The smallest size of a photo that is at least so wide, else the largest. */
export function sizeFor(file: photo, width: number): Size | null {
  const sizes = file.sizes.flatMap((one): Size[] =>
    "w" in one && one._ !== "photoCachedSize" ? [{ label: one.type, width: one.w, height: one.h }] : [],
  );
  sizes.sort((a, b) => a.width - b.width);
  return sizes.find((one) => one.width >= width) ?? sizes.at(-1) ?? null;
}
