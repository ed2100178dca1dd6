/**
 * The counted stream between page and server, without a socket: what to send first, what came,
 * which calls still wait, and what to do with them after a cut. Pure: time and bytes are given.
 */
import { RpcError, UNSURE } from "./errors.ts";
import { isDone, isRepeatable } from "./repeats.ts";
import type { Methods, Updates } from "./schema.d.ts";

export type Method = keyof Methods;
export type Query = { _: string } & Record<string, unknown>;

export interface Opened {
  session: string;
  resumed: boolean;
  /** The server's clock, milliseconds. */
  now: number;
  build: string;
  rotate: boolean;
  user?: string;
  suspended?: boolean;
}
/** What somebody who is suspended is told, as far as it may be: why, in which language, where to contest it. */
export interface Suspension {
  reasons?: string;
  language?: string;
  contest?: string;
}
export type ErrorForm = [string, number, number, string];
export type Incoming =
  | { opened: Opened }
  | { i: number; ok: unknown }
  | { i: number; err: ErrorForm }
  | { u: Updates }
  | { pong: number }
  | ({ bye: string } & Suspension)
  | { rotate: true };

export interface CallFrame {
  i: number;
  q: Query;
  after?: number;
  quiet?: boolean;
}

export interface Call {
  i: number;
  readonly q: Query;
  /** Only if that call succeeded. */
  readonly after: Call | null;
  readonly quiet: boolean;
  state: "waiting" | "done" | "failed";
  /** It may have been carried out before. */
  again?: boolean;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: RpcError) => void;
}

/** One session as the page sees it. */
export class Stream {
  session = "";
  /** Counted frames dealt with since the session's first. */
  got = 0;
  readonly pending = new Map<number, Call>();
  private next = 1;

  /** The fields of the first frame. */
  opening(build: string, lang: string): Record<string, unknown> {
    const resume = this.session ? { session: this.session, got: this.got } : {};
    return { v: 1, build, lang, ...resume };
  }

  /** Number a call; it waits until it is answered. */
  add(call: Omit<Call, "i" | "state">): Call {
    const made: Call = { ...call, i: this.next++, state: "waiting" };
    this.pending.set(made.i, made);
    return made;
  }

  /** The frame of a call; null when what it depends on has failed. */
  frame(call: Call): CallFrame | null {
    const frame: CallFrame = { i: call.i, q: call.q };
    if (call.after?.state === "failed") return null;
    if (call.after?.state === "waiting") frame.after = call.after.i;
    if (call.quiet) frame.quiet = true;
    return frame;
  }

  /**
   * The server has answered the first frame. Gives the frames to send (again); calls that nobody
   * may repeat are rejected as UNSURE. `unsent`: numbers of calls that never left; `soon`: the cut was a moment ago.
   */
  opened(opened: Opened, unsent: ReadonlySet<number>, soon: boolean): CallFrame[] {
    const waiting = [...this.pending.values()];
    if (!opened.resumed) {
      this.session = opened.session;
      this.got = 0;
      this.next = 1;
      this.pending.clear();
      for (const call of waiting) {
        if (!unsent.has(call.i)) {
          if (!isRepeatable(call.q, soon)) {
            call.state = "failed";
            call.reject(new RpcError(UNSURE, 0));
            continue;
          }
          call.again = true;
        }
        call.i = this.next++;
        this.pending.set(call.i, call);
      }
    }
    return [...this.pending.values()].flatMap((call) => this.frame(call) ?? this.skip(call));
  }

  /** Deal with a frame; gives the updates it carries. */
  receive(frame: Incoming, counted: boolean): Updates | null {
    if (counted && ("i" in frame || "u" in frame)) this.got++;
    if ("u" in frame) return frame.u;
    if (!("i" in frame)) return null;
    const call = this.pending.get(frame.i);
    if (!call) return null;
    this.pending.delete(frame.i);
    if ("ok" in frame) {
      call.state = "done";
      call.resolve(frame.ok);
    } else if (call.again && isDone(frame.err[0])) {
      call.state = "done";
      call.resolve({ _: "updatesTooLong" } satisfies Updates);
    } else {
      call.state = "failed";
      call.reject(new RpcError(...frame.err));
    }
    return null;
  }

  /** Give up all calls: the session has ended. */
  end(kind: string): void {
    for (const call of this.pending.values()) {
      call.state = "failed";
      call.reject(new RpcError(kind, 401));
    }
    this.pending.clear();
    this.session = "";
    this.got = 0;
    this.next = 1;
  }

  private skip(call: Call): [] {
    this.pending.delete(call.i);
    call.state = "failed";
    call.reject(new RpcError("MSG_WAIT_FAILED", 400));
    return [];
  }
}
