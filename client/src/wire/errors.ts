/** A call that the server refused, or whose fate is not known. */
export class RpcError extends Error {
  /** As in the list of errors, numbers replaced by X. */
  readonly kind: string;
  readonly code: number;
  /** The number in the name (seconds of a FLOOD_WAIT_X), or 0. */
  readonly value: number;
  /** What to quote to the operator, or the path of a wrong field. */
  readonly incident: string;

  constructor(kind: string, code: number, value = 0, incident = "") {
    super(kind);
    this.kind = kind;
    this.code = code;
    this.value = value;
    this.incident = incident;
  }
}

/** The connection broke and it is not known whether the server carried the call out. */
export const UNSURE = "UNSURE";
/** Nothing was asked: there is no connection. */
export const OFFLINE = "OFFLINE";

/** Whether the name of an error is this one. */
export function isError(error: unknown, ...kinds: string[]): error is RpcError {
  return error instanceof RpcError && (kinds.length === 0 || kinds.includes(error.kind));
}

/** AGAIN: the session was dropped while the call ran. The others are those of `findTrouble`. */
const NO_ANSWER: ReadonlySet<string> = new Set(["AGAIN", OFFLINE, "PORTAL", "UNAVAILABLE"]);

/** Whether nobody has refused: the way to the server has failed, or the worker that was asked; the next try may pass. */
export function isPassing(error: unknown): boolean {
  return error instanceof RpcError && (NO_ANSWER.has(error.kind) || error.code >= 500);
}
