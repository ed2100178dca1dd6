/**
 * The update machine: what has been applied, what is missing, what must be asked. Pure.
 *
 * One box per counter: `""` is the common one of the account, `c123` a channel's. Each is
 * *live*, in a *gap* (something is missing; it may still come), or *asking* (a difference is on its
 * way). `step(state, event)` gives the next state and what is to be done.
 */
import type { Update } from "../wire/schema.d.ts";

export interface Item {
  pts: number;
  count: number;
  /** Null: only the counter moved (the answer to a call of our own). */
  update: Update | null;
}
export type Mode = "live" | "gap" | "asking";
export interface Box {
  readonly pts: number;
  readonly mode: Mode;
  /** Came too early: applied once what is before them is here. */
  readonly held: readonly Item[];
}
export type State = ReadonlyMap<string, Box>;
export type Event =
  | { kind: "known"; box: string; pts: number }
  | { kind: "items"; box: string; items: readonly Item[] }
  | { kind: "waited"; box: string }
  | { kind: "ask"; box: string }
  | { kind: "difference"; box: string; updates: readonly Update[]; pts: number; final: boolean }
  | { kind: "reset"; box: string; pts: number }
  | { kind: "failed"; box: string }
  | { kind: "forget"; box: string };
export type Effect =
  | { kind: "apply"; updates: readonly Update[] }
  | { kind: "ask"; box: string; pts: number }
  /** Give the box a `waited` after half a second. */
  | { kind: "wait"; box: string };

export const COMMON = "";
export const EMPTY: State = new Map();
const HELD = 1000;

/** The next state, and what is to be done in this order. */
export function step(state: State, event: Event): [State, Effect[]] {
  const box = state.get(event.box);
  if (event.kind === "known") {
    return box ? [state, []] : put(state, event.box, { pts: event.pts, mode: "live", held: [] }, []);
  }
  if (event.kind === "forget") {
    const next = new Map(state);
    next.delete(event.box);
    return [next, []];
  }
  if (event.kind === "reset") {
    return settle(state, event.box, event.pts, box?.held ?? [], []);
  }
  if (!box) return [state, unknown(event)];
  switch (event.kind) {
    case "items":
      return items(state, event.box, box, event.items);
    case "waited":
      return box.mode === "gap" ? ask(state, event.box, box) : [state, []];
    case "ask":
      return box.mode === "asking" ? [state, []] : ask(state, event.box, box);
    case "failed":
      if (box.mode !== "asking") return [state, []];
      return put(state, event.box, { ...box, mode: "gap" }, [{ kind: "wait", box: event.box }]);
    case "difference":
      return difference(state, event, box);
  }
}

function unknown(event: Event): Effect[] {
  // A channel whose counter nobody has told us: its news are shown, its order is not kept.
  if (event.kind !== "items") return [];
  const updates = event.items.flatMap((item) => item.update ?? []);
  return updates.length ? [{ kind: "apply", updates }] : [];
}

function items(state: State, key: string, box: Box, arrived: readonly Item[]): [State, Effect[]] {
  const held = [...box.held, ...arrived];
  if (box.mode !== "asking") return settle(state, key, box.pts, held, [], box.mode);
  if (held.length <= HELD) return put(state, key, { ...box, held }, []);
  return put(state, key, { ...box, held: held.slice(-HELD) }, []);
}

function difference(
  state: State,
  event: Event & { kind: "difference" },
  box: Box,
): [State, Effect[]] {
  if (box.mode !== "asking") return [state, []];
  const effects: Effect[] = [];
  if (event.updates.length) effects.push({ kind: "apply", updates: event.updates });
  if (event.final) return settle(state, event.box, event.pts, box.held, effects);
  effects.push({ kind: "ask", box: event.box, pts: event.pts });
  return put(state, event.box, { ...box, pts: event.pts }, effects);
}

/** Apply of `held` what fits, in order; what is left means a gap. */
function settle(
  state: State,
  key: string,
  from: number,
  held: readonly Item[],
  effects: Effect[],
  before: Mode = "live",
): [State, Effect[]] {
  const waiting = [...held].sort((a, b) => a.pts - b.pts || b.count - a.count);
  const left: Item[] = [];
  const updates: Update[] = [];
  let pts = from;
  for (const item of waiting) {
    if (item.pts - item.count === pts) {
      pts = item.pts;
      if (item.update) updates.push(item.update);
    } else if (item.pts > pts) left.push(item);
  }
  if (updates.length) effects.push({ kind: "apply", updates });
  if (!left.length) return put(state, key, { pts, mode: "live", held: [] }, effects);
  if (before !== "gap") effects.push({ kind: "wait", box: key });
  return put(state, key, { pts, mode: "gap", held: left }, effects);
}

function ask(state: State, key: string, box: Box): [State, Effect[]] {
  return put(state, key, { ...box, mode: "asking" }, [{ kind: "ask", box: key, pts: box.pts }]);
}

function put(state: State, key: string, box: Box, effects: Effect[]): [State, Effect[]] {
  return [new Map(state).set(key, box), effects];
}
