/** Undo and redo of a field of our own. Pure. What is typed in one go is one step. */
import type { Rich } from "../../../ui/markdown.ts";

export interface State {
  readonly rich: Rich;
  readonly start: number;
  readonly end: number;
}
export interface History {
  readonly past: readonly State[];
  readonly future: readonly State[];
  /** What the last step was, and when: the same soon after joins it. */
  readonly kind: string;
  readonly at: number;
}

export const NO_HISTORY: History = { past: [], future: [], kind: "", at: 0 };
const PAUSE_MS = 1000;
const KEPT = 200;

/** A change is made to `before`. `kind`: changes of one kind in one go are one step, those of "" never. */
export function stepped(history: History, before: State, kind: string, now: number): History {
  const goesOn = kind !== "" && kind === history.kind && now - history.at < PAUSE_MS && history.past.length > 0;
  return { past: goesOn ? history.past : [...history.past.slice(1 - KEPT), before], future: [], kind, at: now };
}

/** One step back from `now`; null where there is none. */
export function undone(history: History, now: State): { history: History; state: State } | null {
  const state = history.past.at(-1);
  if (!state) return null;
  return { state, history: { past: history.past.slice(0, -1), future: [...history.future, now], kind: "", at: 0 } };
}

export function redone(history: History, now: State): { history: History; state: State } | null {
  const state = history.future.at(-1);
  if (!state) return null;
  return { state, history: { past: [...history.past, now], future: history.future.slice(0, -1), kind: "", at: 0 } };
}
