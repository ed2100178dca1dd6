/** A model of the server's door and of time, for calls over a connection that breaks anywhere. */
import type { Connect, Heard, Outgoing } from "../../src/wire/carriers.ts";
import type { CallFrame, ErrorForm, Query } from "../../src/wire/frames.ts";

type Answer = { i: number; ok: unknown } | { i: number; err: ErrorForm };

/** Timers that run when they are told to. */
export class Time {
  at = 0;
  private queue: { at: number; run: () => void }[] = [];
  later = (run: () => void, ms: number) => {
    const entry = { at: this.at + ms, run };
    this.queue.push(entry);
    return () => void (this.queue = this.queue.filter((one) => one !== entry));
  };
  now = () => this.at;
  random = () => 0.5;
  pass(ms: number): void {
    this.at += ms;
    for (const one of this.queue.filter((entry) => entry.at <= this.at)) {
      this.queue = this.queue.filter((entry) => entry !== one);
      one.run();
    }
  }
}

/** A server as the contract has it: counted frames, resume, first answers kept, calls after others. */
export class Server {
  /** What was carried out: the random_id of each, in order. */
  done: string[] = [];
  heard: Heard | null = null;
  refusesResume = false;
  suspended = false;
  /** Nothing reaches the server, or nothing comes back, until the carrier breaks. */
  deaf = false;
  silent = false;
  opened: { session: string; resumed: boolean } | null = null;
  /** Answers on their way, where they take a while: each is to be called. */
  later: (() => void)[] | null = null;
  /** Calls under way, where they take a while: the last comes first, unless it is to come after another. */
  working: CallFrame[] | null = null;
  /** Why a message is not taken, by its random_id. */
  refused = new Map<string, string>();
  /** Why any other call is not taken. */
  refuses: (q: Query) => string = () => "";
  private name = 0;
  private queue: Answer[] = [];
  private base = 0;
  private answers = new Map<number, Answer>();

  connect: Connect = (opening, heard) => {
    this.heard = heard;
    this.deaf = this.silent = false;
    const resumed = opening["session"] === `s${this.name}` && !this.refusesResume;
    if (resumed) {
      const got = Number(opening["got"]) - this.base;
      this.base += got;
      this.queue.splice(0, got);
    } else {
      // What is under way goes on, though nobody hears how it ends.
      while (this.work()) continue;
      this.name++;
      [this.queue, this.base] = [[], 0];
      this.answers.clear();
    }
    this.refusesResume = false;
    this.opened = { session: `s${this.name}`, resumed };
    return { send: (frames) => this.heard === heard && frames.forEach((frame) => this.take(frame)), close: () => this.cut(heard) };
  };

  open(): void {
    if (!this.opened || !this.heard) return;
    const opened = { ...this.opened, now: 1, build: "b", rotate: false, suspended: this.suspended };
    this.opened = null;
    const waiting = [...this.queue];
    this.heard.frame({ opened }, true);
    for (const frame of waiting) this.heard?.frame(frame, true);
  }

  cut(heard = this.heard): void {
    if (!heard || heard !== this.heard) return;
    this.heard = null;
    this.deaf = this.silent = false;
    heard.closed(1006);
  }

  private take(frame: Outgoing): void {
    if (!("q" in frame) || this.deaf || this.answers.has(frame.i)) return;
    if (!this.working) this.answer(frame);
    else if (!this.working.some((one) => one.i === frame.i)) this.working.push(frame);
  }

  /** Carry out one of the calls under way; false when there is none. */
  work(): boolean {
    const { working } = this;
    const next = working?.findLast(({ after }) => !working.some((one) => one.i === after));
    if (!working || !next) return false;
    working.splice(working.indexOf(next), 1);
    this.answer(next);
    return true;
  }

  private answer(frame: CallFrame): void {
    const answer = this.carryOut(frame);
    this.answers.set(frame.i, answer);
    this.queue.push(answer);
    if (this.silent) return;
    const { heard } = this;
    const arrive = () => void (heard === this.heard && heard?.frame(answer, true));
    if (this.later) this.later.push(arrive);
    else arrive();
  }

  private carryOut({ i, q, after }: CallFrame): Answer {
    const first = after === undefined ? null : this.answers.get(after);
    if (first === undefined || (first && "err" in first)) return { i, err: ["MSG_WAIT_FAILED", 400, 0, ""] };
    const id = String(q["random_id"]);
    const why = this.refused.get(id) ?? this.refuses(q);
    if (why) return { i, err: [why, 400, 0, ""] };
    if (!this.done.includes(id)) this.done.push(id);
    return { i, ok: id };
  }
}
