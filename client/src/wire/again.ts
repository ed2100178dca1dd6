/** Asking again where no answer came. */
import { isPassing } from "./errors.ts";

const TRIES = 3;
const FIRST_MS = 400;
const LAST_MS = 10_000;

export interface Patience {
  /** How often it is tried again. */
  tries?: number;
  stop?: AbortSignal;
}

/** Ask until there is an answer, after longer and longer pauses; who refuses is not asked again. `turn`: 0, 1, … */
export async function persist<T>(ask: (turn: number) => Promise<T>, { tries = TRIES, stop }: Patience = {}): Promise<T> {
  for (let turn = 0; ; turn++) {
    try {
      return await ask(turn);
    } catch (error) {
      stop?.throwIfAborted();
      if (turn === tries || !isPassing(error)) throw error;
    }
    await pause(Math.min(LAST_MS, FIRST_MS * 2 ** turn) * (0.75 + Math.random() / 2));
    stop?.throwIfAborted();
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resume) => setTimeout(resume, ms));
}
