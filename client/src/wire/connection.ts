/** Keeps a session alive over whichever carrier gets through, and makes calls in it. */
import type { Carrier, Connect, Outgoing } from "./carriers.ts";
import { SIGNED_OUT } from "./carriers.ts";
import type { Call, CallFrame, Incoming, Method, Opened, Query, Suspension } from "./frames.ts";
import { Stream } from "./frames.ts";
import type { Methods, Updates } from "./schema.d.ts";

export type LinkState = "connecting" | "online" | "offline";

/** Why a session ended for good. */
export type Ending = "signed-out" | "suspended";

export interface Listener {
  updates(updates: Updates): void;
  /** A session is open; `fresh`: what happened meanwhile must be asked for. */
  opened(opened: Opened, fresh: boolean): void;
  state(state: LinkState): void;
  ended(why: Ending, told: Suspension): void;
  rotate(): void;
}

export interface Clock {
  later(run: () => void, ms: number): () => void;
  now(): number;
  random(): number;
}

export interface CallOptions {
  after?: Call | null;
  quiet?: boolean;
}
export interface Made<M extends Method> {
  call: Call;
  answer: Promise<Methods[M]["result"]>;
}

/** Timers that still run hold the connection, and by it all that the listener knows. */
const NOBODY: Listener = { updates() {}, opened() {}, state() {}, ended() {}, rotate() {} };
const FIRST_DELAY = 500;
const LAST_DELAY = 30_000;
const PING = 25_000;
const PONG = 5_000;
const FAILURES_BEFORE_POLL = 3;
const SOCKET_AGAIN = 300_000;
/** A call that sets a value is made again for so long after its connection was lost. */
const SOON = 60_000;

export class Connection {
  readonly stream = new Stream();
  private carrier: Carrier | null = null;
  private ready = false;
  private failures = 0;
  private polling = false;
  private closed = false;
  private readonly unsent = new Set<number>();
  private cancel: () => void = () => {};
  private beat: () => void = () => {};
  private pinged = 0;
  private lostAt = 0;
  private acknowledge = 0;
  private listener: Listener;
  private readonly carriers: { socket: Connect; poll: Connect };
  private readonly clock: Clock;
  private readonly about: { build: string; lang: string };

  constructor(
    listener: Listener,
    carriers: { socket: Connect; poll: Connect },
    clock: Clock,
    about: { build: string; lang: string },
  ) {
    this.listener = listener;
    this.carriers = carriers;
    this.clock = clock;
    this.about = about;
  }

  /** Connect now; after a cut it is done again by itself. */
  start(): void {
    if (this.carrier || this.closed) return;
    this.cancel();
    this.listener.state("connecting");
    const connect = this.polling ? this.carriers.poll : this.carriers.socket;
    const opening = this.stream.opening(this.about.build, this.about.lang);
    let mine: Carrier | null = null;
    const current = () => mine === null || this.carrier === mine;
    mine = connect(opening, {
      frame: (frame, counted) => current() && this.heard(frame, counted),
      closed: (code) => current() && this.lost(code),
    });
    this.carrier = mine;
  }

  /** The network is back, or the page is looked at again: do not wait. */
  wake(): void {
    if (this.closed) return;
    if (!this.carrier) this.start();
    else if (this.ready) this.ping();
  }

  /** End for good. */
  stop(): void {
    this.closed = true;
    this.cancel();
    this.beat();
    this.listener = NOBODY;
    const carrier = this.carrier;
    this.carrier = null;
    carrier?.close();
  }

  /** Call a method. Rejects with RpcError; waits for a connection if there is none. */
  call<M extends Method>(
    method: M,
    params: Methods[M]["params"],
    options: CallOptions = {},
  ): Promise<Methods[M]["result"]> {
    return this.make(method, params, options).answer;
  }

  /** As `call`, with the call itself, for others to come after. */
  make<M extends Method>(
    method: M,
    params: Methods[M]["params"],
    options: CallOptions = {},
  ): Made<M> {
    const q: Query = { _: method, ...params };
    const { promise, resolve, reject } = Promise.withResolvers<Methods[M]["result"]>();
    const call = this.stream.add({
      q,
      after: options.after ?? null,
      quiet: options.quiet ?? false,
      resolve: (value) => resolve(value as Methods[M]["result"]),
      reject,
    });
    const frame = this.ready ? this.stream.frame(call) : null;
    if (frame) this.send([frame]);
    else this.unsent.add(call.i);
    return { call, answer: promise };
  }

  private send(frames: Outgoing[]): void {
    this.carrier?.send(frames);
  }

  private heard(frame: Incoming, counted: boolean): void {
    if ("opened" in frame) return this.opened(frame.opened);
    if ("pong" in frame) {
      this.pinged = 0;
      return;
    }
    if ("rotate" in frame) return this.listener.rotate();
    if ("bye" in frame) {
      if (frame.bye === "signed-out" || frame.bye === "suspended") this.lost(SIGNED_OUT, frame.bye, frame);
      return;
    }
    const updates = this.stream.receive(frame, counted);
    if (updates) this.listener.updates(updates);
    this.acknowledgeSoon();
  }

  private opened(opened: Opened): void {
    // It happened while there was no connection.
    if (opened.suspended) return this.lost(SIGNED_OUT, "suspended");
    const again: CallFrame[] = this.stream.opened(opened, this.unsent, this.clock.now() - this.lostAt < SOON);
    this.unsent.clear();
    this.failures = 0;
    this.ready = true;
    this.send(again);
    this.schedulePing();
    this.listener.opened(opened, !opened.resumed);
    this.listener.state("online");
    if (opened.rotate) this.listener.rotate();
  }

  private acknowledgeSoon(): void {
    if (this.acknowledge) return;
    this.acknowledge = 1;
    this.clock.later(() => {
      this.acknowledge = 0;
      if (this.ready) this.send([{ a: this.stream.got }]);
    }, 1000);
  }

  private schedulePing(): void {
    this.beat();
    this.beat = this.clock.later(() => this.ping(), PING);
  }

  private ping(): void {
    this.schedulePing();
    if (this.polling) return;
    const sent = (this.pinged = this.clock.now());
    this.send([{ ping: sent % 1_000_000_000 }]);
    this.clock.later(() => {
      if (this.pinged === sent && this.ready) this.carrier?.close();
    }, PONG);
  }

  private lost(code: number, why: Ending = "signed-out", told: Suspension = {}): void {
    const wasReady = this.ready;
    this.ready = false;
    if (wasReady) this.lostAt = this.clock.now();
    this.pinged = 0;
    const carrier = this.carrier;
    this.carrier = null;
    this.beat();
    carrier?.close();
    if (this.closed) return;
    if (code === SIGNED_OUT) {
      this.closed = true;
      this.stream.end("AUTH_KEY_UNREGISTERED");
      return this.listener.ended(why, told);
    }
    if (!wasReady) this.chooseCarrier();
    this.failures++;
    const wait = Math.min(LAST_DELAY, FIRST_DELAY * 2 ** Math.min(this.failures - 1, 6));
    this.listener.state("offline");
    this.cancel = this.clock.later(() => this.start(), wait * (0.5 + this.clock.random()));
  }

  private chooseCarrier(): void {
    if (this.polling || this.failures < FAILURES_BEFORE_POLL - 1) return;
    this.polling = true;
    this.clock.later(() => {
      this.polling = false;
      if (this.ready) this.carrier?.close();
    }, SOCKET_AGAIN);
  }
}
