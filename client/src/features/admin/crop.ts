/** A square out of a picture: where it lies, moved and made larger. Pure. */
export interface Crop {
  /** The middle of the square, in the picture's own pixels. */
  x: number;
  y: number;
  /** 1: as much of the picture as fits. */
  zoom: number;
}
export interface Size {
  width: number;
  height: number;
}

export const ZOOM_MAX = 4;

/** The side of the square in the picture's pixels. */
export function sideOf(crop: Crop, size: Size): number {
  return Math.min(size.width, size.height) / crop.zoom;
}

export function middle(size: Size): Crop {
  return { x: size.width / 2, y: size.height / 2, zoom: 1 };
}

/** The same, kept inside the picture. */
export function inside(crop: Crop, size: Size): Crop {
  const zoom = Math.min(ZOOM_MAX, Math.max(1, crop.zoom));
  const half = sideOf({ ...crop, zoom }, size) / 2;
  const keep = (at: number, length: number) => Math.min(length - half, Math.max(half, at));
  return { x: keep(crop.x, size.width), y: keep(crop.y, size.height), zoom };
}

/** Moved by a share of the square's side; what is dragged goes along with the finger. */
export function moved(crop: Crop, dx: number, dy: number, size: Size): Crop {
  const side = sideOf(crop, size);
  return inside({ ...crop, x: crop.x - dx * side, y: crop.y - dy * side }, size);
}
