/** Folders as they are changed: which chats are in, which are out, in which order. Pure. */
import { keyOfInput } from "../../state/keys.ts";
import type { DialogFilter, InputPeer, dialogFilter } from "../../wire/schema.d.ts";

export const KINDS = ["contacts", "non_contacts", "groups", "broadcasts", "bots"] as const;
export const LEFT_OUT = ["exclude_muted", "exclude_read", "exclude_archived"] as const;
export type Kind = (typeof KINDS)[number] | (typeof LEFT_OUT)[number];

/** The folders that somebody has made. */
export function made(filters: readonly DialogFilter[]): dialogFilter[] {
  return filters.filter((one): one is dialogFilter => one._ === "dialogFilter");
}

/** Numbers begin with 2: 0 and 1 are the list and the archive. */
const FIRST = 2;

/** A folder of nothing yet, with a number that is free. */
export function empty(filters: readonly DialogFilter[]): dialogFilter {
  const taken = new Set(filters.map((one) => ("id" in one ? one.id : 0)));
  let id = FIRST;
  while (taken.has(id)) id++;
  return { _: "dialogFilter", id, title: { _: "textWithEntities", text: "", entities: [] }, pinned_peers: [], include_peers: [], exclude_peers: [] };
}

export function titled(filter: dialogFilter, text: string): dialogFilter {
  return { ...filter, title: { ...filter.title, text, entities: [] } };
}

/** With a kind of chats put in, or not any more. */
export function withKind(filter: dialogFilter, kind: Kind, on: boolean): dialogFilter {
  const { [kind]: _, ...rest } = filter;
  return on ? { ...rest, [kind]: true } : rest;
}

export type Place = "in" | "out" | "";

/** Where a chat was put by name. */
export function placeOf(filter: dialogFilter, key: string, me: string): Place {
  const holds = (peers: readonly InputPeer[]) => peers.some((one) => keyOfInput(one, me) === key);
  if (holds(filter.include_peers) || holds(filter.pinned_peers)) return "in";
  return holds(filter.exclude_peers) ? "out" : "";
}

/** With a chat put in, left out, or neither. */
export function put(filter: dialogFilter, peer: InputPeer, place: Place, me: string): dialogFilter {
  const key = keyOfInput(peer, me);
  const without = (peers: readonly InputPeer[]) => peers.filter((one) => keyOfInput(one, me) !== key);
  const pinned = place === "in" ? filter.pinned_peers : without(filter.pinned_peers);
  const isPinned = pinned.some((one) => keyOfInput(one, me) === key);
  return {
    ...filter,
    pinned_peers: [...pinned],
    include_peers: [...without(filter.include_peers), ...(place === "in" && !isPinned ? [peer] : [])],
    exclude_peers: [...without(filter.exclude_peers), ...(place === "out" ? [peer] : [])],
  };
}

/** Whether anything can be in it, and it has a name. */
export function faultOf(filter: dialogFilter): "title" | "nothing" | null {
  if (!filter.title.text.trim()) return "title";
  const some = KINDS.some((kind) => filter[kind]) || filter.include_peers.length > 0 || filter.pinned_peers.length > 0;
  return some ? null : "nothing";
}

/** One of a list moved up (-1) or down (1); the same list where it cannot move. */
export function moved<T>(list: readonly T[], at: number, by: 1 | -1): readonly T[] {
  const to = at + by;
  if (at < 0 || to < 0 || to >= list.length) return list;
  const left = [...list];
  const [one] = left.splice(at, 1);
  left.splice(to, 0, one as T);
  return left;
}
