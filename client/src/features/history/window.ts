/** Which messages of a slice are in the page. Pure. */
import type { Slice } from "../../state/slices.ts";

/** At most so many rows. */
export const ROWS = 150;
/** Rows that one step adds: each step costs a frame, so that smaller ones make more frames late (measured with 10). */
export const STEP = 20;
/** Rows on either side of the one with which a window begins; twice as many above it. */
const SIDE = 20;

export interface Window {
  /** Ids; `to` Infinity means that the window holds the newest, also those to come. */
  readonly from: number;
  readonly to: number;
}

/** The ids to show. */
export function shown(slice: Slice | undefined, window: Window): readonly number[] {
  if (!slice) return [];
  return slice.ids.filter((id) => id >= window.from && id <= window.to).slice(window.to === Infinity ? -ROWS : 0);
}

/** A window around a message (0: the newest). */
export function around(slice: Slice, id: number): Window {
  const last = slice.ids.length - 1;
  const place = id ? nearest(slice.ids, id) : last;
  const to = place + SIDE >= last ? Infinity : (slice.ids[place + SIDE] ?? Infinity);
  const edge = slice.end ? to : to === Infinity ? (slice.ids[last] ?? Infinity) : to;
  return { from: slice.ids[Math.max(0, place - SIDE * 2)] ?? 0, to: edge };
}

/** One step to older messages; the newest leave when there are too many. */
export function older(slice: Slice, window: Window): Window {
  const ids = shown(slice, window);
  const first = slice.ids.indexOf(ids[0] ?? 0);
  const from = slice.ids[Math.max(0, first - STEP)] ?? window.from;
  const more = ids.length + first - Math.max(0, first - STEP);
  if (more <= ROWS) return { from, to: window.to };
  return { from, to: slice.ids[Math.max(0, first - STEP) + ROWS - 1] ?? window.to };
}

/** One step to newer messages. */
export function newer(slice: Slice, window: Window): Window {
  const ids = shown(slice, window);
  const last = slice.ids.indexOf(ids.at(-1) ?? 0);
  const next = Math.min(slice.ids.length - 1, last + STEP);
  const to = next === slice.ids.length - 1 && slice.end ? Infinity : (slice.ids[next] ?? window.to);
  const from = slice.ids[Math.max(0, next - ROWS + 1)] ?? window.from;
  return { from: Math.max(from, window.from), to };
}

/** The place of the last id that is not above. */
function nearest(ids: readonly number[], id: number): number {
  let found = 0;
  for (const [at, one] of ids.entries()) if (one <= id) found = at;
  return found;
}
