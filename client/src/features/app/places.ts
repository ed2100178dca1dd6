/** Where somebody was reading a chat: a row and its place on the screen. */
export interface Anchor {
  id: string;
  offset: number;
}

/** An inner row, never the first: what it is beside may change. */
export function anchorOf(list: HTMLElement): Anchor | null {
  const middle = list.scrollTop + list.clientHeight / 3;
  for (const row of list.querySelectorAll<HTMLElement>(".message")) {
    if (row.offsetTop + row.offsetHeight > middle) return { id: row.id, offset: row.offsetTop - list.scrollTop };
  }
  return null;
}

export function restore(list: HTMLElement, anchor: Anchor | null): void {
  const row = anchor ? document.getElementById(anchor.id) : null;
  if (anchor && row && list.contains(row)) list.scrollTop = row.offsetTop - anchor.offset;
}

export interface Place {
  path: string;
  /** null: at the end, where what is new is shown. */
  anchor: Anchor | null;
}

const END = 60;
let left: Place | null = null;

/** Where the messages that are shown stand now. */
export function placeNow(): Place {
  const list = document.querySelector<HTMLElement>(".messages");
  const atEnd = !list || list.scrollHeight - list.scrollTop - list.clientHeight < END;
  return { path: location.pathname, anchor: atEnd ? null : anchorOf(list) };
}

/** The next time these messages are shown they stand there again. */
export function comeBackTo(place: Place): void {
  left = place;
}

/** The place that the messages of this address are to come back to, once. */
export function takePlace(): Anchor | null {
  const place = left?.path === location.pathname ? left.anchor : null;
  if (place) left = null;
  return place;
}
