/**
 * What is known of a chat's history: runs of message ids with holes between them. Pure.
 * A slice is ascending and without holes; slices are in order and do not touch.
 */
export interface Slice {
  readonly ids: readonly number[];
  /** Nothing is older than its first message. */
  readonly start: boolean;
  /** Nothing is newer than its last message. */
  readonly end: boolean;
}
export type Slices = readonly Slice[];

/** A page of history as the server gave it, ids in any order. */
export interface Page {
  ids: readonly number[];
  start: boolean;
  end: boolean;
  /** The known message that the page ends right before. */
  before?: number;
  /** The known message that the page begins right after. */
  after?: number;
}

const first = (slice: Slice) => slice.ids[0] ?? Infinity;
const last = (slice: Slice) => slice.ids.at(-1) ?? -Infinity;

/** With a page added: slices that it overlaps or touches become one. */
export function addPage(slices: Slices, page: Page): Slices {
  const ids = new Set(page.ids);
  let [low, high] = [Math.min(...ids), Math.max(...ids)];
  if (page.before !== undefined) [low, high] = [Math.min(low, page.before), Math.max(high, page.before)];
  if (page.after !== undefined) [low, high] = [Math.min(low, page.after), Math.max(high, page.after)];
  let { start, end } = page;
  const apart: Slice[] = [];
  for (const slice of slices) {
    const touches = slice.ids.length
      ? last(slice) >= low && first(slice) <= high
      : page.start && page.end;
    // The page knows what lies between `low` and `high`: what it lacks there is gone.
    if (!touches) {
      apart.push(slice);
      continue;
    }
    for (const id of slice.ids) if (id < low || id > high || id === page.before || id === page.after) ids.add(id);
    start ||= slice.start;
    end ||= slice.end;
  }
  if (!ids.size && !(start && end)) return slices;
  apart.push({ ids: [...ids].sort((a, b) => a - b), start, end });
  return apart.sort((a, b) => first(a) - first(b));
}

/** With a message that came newest: it belongs to the slice that has the end, if there is one. */
export function addNewest(slices: Slices, id: number): Slices {
  return slices.map((slice) => {
    if (!slice.end || slice.ids.includes(id)) return slice;
    const ids = [...slice.ids, id];
    if (id < last(slice)) ids.sort((a, b) => a - b);
    return { ...slice, ids };
  });
}

/** Without these messages. Slices keep their edges, empty ones with both edges too. */
export function remove(slices: Slices, gone: ReadonlySet<number>): Slices {
  return slices
    .map((slice) =>
      slice.ids.some((id) => gone.has(id))
        ? { ...slice, ids: slice.ids.filter((id) => !gone.has(id)) }
        : slice,
    )
    .filter((slice) => slice.ids.length || (slice.start && slice.end));
}

/** Newest messages that are kept whatever is looked at. */
const NEWEST = 100;

/** Only what is near a message (Infinity: the newest), at most so many, and the newest. What is left out is asked for again. */
export function cut(slices: Slices, near: number, most: number): Slices {
  const looked = near === Infinity ? undefined : sliceAt(slices, near);
  const end = newest(slices);
  const kept: Slice[] = [];
  if (looked) {
    const at = looked.ids.findIndex((id) => id >= near);
    const from = Math.max(0, Math.min(at - (most >> 1), looked.ids.length - most));
    kept.push(part(looked, from, from + most));
  }
  const reached = looked === end && kept[0]?.end;
  if (end && !reached) {
    const from = Math.max(0, end.ids.length - (looked ? Math.min(NEWEST, most) : most));
    const over = looked === end && kept[0] ? (kept[0].ids.at(-1) ?? 0) : -Infinity;
    const last = part(end, from, end.ids.length);
    // What both would have belongs together.
    if (kept[0] && first(last) <= over) kept[0] = { ids: end.ids.slice(end.ids.indexOf(first(kept[0]))), start: kept[0].start, end: true };
    else kept.push(last);
  }
  return kept;
}

function part({ ids, start, end }: Slice, from: number, to: number): Slice {
  return { ids: ids.slice(from, to), start: start && from === 0, end: end && to >= ids.length };
}

/** The slice that has the message (or the place where it would be). */
export function sliceAt(slices: Slices, id: number): Slice | undefined {
  return slices.find(
    (slice) => (slice.start || first(slice) <= id) && (slice.end || id <= last(slice)),
  );
}

/** The slice with the newest messages. */
export function newest(slices: Slices): Slice | undefined {
  return slices.find((slice) => slice.end);
}
