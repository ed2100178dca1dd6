/** A model of the server and a wire, for the update machine and for planted faults in it. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { COMMON, EMPTY } from "../../src/state/updates.ts";
import type { Effect, Event, Item, State, step } from "../../src/state/updates.ts";
import type { Update } from "../../src/wire/schema.d.ts";

export type Step = typeof step;
const update = (n: number) => ({ _: "updateUserTyping", user_id: String(n) }) as unknown as Update;

/** A server with a log, and a wire that loses, doubles and disorders. */
export class Model {
  state: State = EMPTY;
  applied: Update[] = [];
  asks: number[] = [];
  asking = 0;
  waits = 0;
  /** The newest that has come, applied or not. */
  private seen = 0;
  private readonly log: Item[] = [];

  private readonly step: Step;

  constructor(counts: readonly number[], step: Step) {
    this.step = step;
    let pts = 1;
    for (const [at, count] of counts.entries()) {
      pts += count;
      this.log.push({ pts, count, update: update(at) });
    }
    this.run({ kind: "known", box: COMMON, pts: 1 });
  }

  get items() {
    return this.log;
  }

  get end(): number {
    return this.log.at(-1)?.pts ?? 1;
  }

  run(event: Event): void {
    const [state, effects] = this.step(this.state, event);
    this.state = state;
    for (const effect of effects) this.carry(effect);
    if (event.kind === "items") this.seen = Math.max(this.seen, ...event.items.map((one) => one.pts));
    const pts = state.get(COMMON)?.pts ?? 0;
    assert.ok(pts >= this.seen || this.waits + this.asking > 0, "a hole that nobody asks about");
  }

  private carry(effect: Effect): void {
    if (effect.kind === "apply") this.applied.push(...effect.updates);
    else if (effect.kind === "wait") this.waits++;
    else {
      this.asking++;
      assert.equal(this.asking, 1, "two asks of one box at once");
      this.asks.push(effect.pts);
    }
  }

  /** Answer the ask on its way with up to `size` events, as the log stands at `upTo`. */
  answer(size: number, upTo: number, fails: boolean): void {
    const from = this.asks.pop();
    if (from === undefined) return;
    this.asking--;
    if (fails) return this.run({ kind: "failed", box: COMMON });
    const missing = this.log.filter((one) => one.pts > from && one.pts <= upTo);
    const part = missing.slice(0, size);
    const pts = part.at(-1)?.pts ?? from;
    const updates = part.flatMap((one) => one.update ?? []);
    const final = part.length === missing.length;
    this.run({ kind: "difference", box: COMMON, updates, pts, final });
    assert.ok(final || this.asking > 0, "the rest of a difference that nobody asks for");
  }

  wait(): void {
    if (this.waits) {
      this.waits--;
      this.run({ kind: "waited", box: COMMON });
    }
  }

  /** Let everything come to rest. */
  settle(): void {
    for (let turn = 0; turn < 100 && (this.asks.length || this.waits); turn++) {
      this.wait();
      this.answer(1000, this.end, false);
    }
  }
}

type Act = { kind: "push"; at: number } | { kind: "answer"; size: number; upTo: number; fails: boolean } | { kind: "wait" } | { kind: "cut" };
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("push" as const), at: fc.nat(40) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("answer" as const), size: fc.integer({ min: 1, max: 5 }), upTo: fc.nat(40), fails: fc.boolean() }) },
  { weight: 2, arbitrary: fc.constant({ kind: "wait" as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: "cut" as const }) },
);


/** Any log, delivered in any order with losses, doubles and cuts, ends in the fold of the log. */
export function checkMachine(step: Step, runs: number): void {
  const log = fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 40 });
  fc.assert(
    fc.property(log, fc.array(act, { maxLength: 80 }), (counts, acts) => {
      const model = new Model(counts, step);
      for (const one of acts) perform(model, one);
      model.run({ kind: "ask", box: COMMON });
      model.settle();
      assert.deepEqual(model.applied, model.items.map((one) => one.update));
      assert.equal(model.state.get(COMMON)?.pts, model.end);
      assert.equal(model.state.get(COMMON)?.mode, "live");
    }),
    { numRuns: runs },
  );
}

function perform(model: Model, one: Act): void {
  const item = one.kind === "push" ? model.items[one.at % Math.max(1, model.items.length)] : undefined;
  if (item) model.run({ kind: "items", box: COMMON, items: [item] });
  else if (one.kind === "answer") {
    const upTo = model.items[one.upTo % Math.max(1, model.items.length)]?.pts ?? 1;
    model.answer(one.size, upTo, one.fails);
  } else if (one.kind === "wait") model.wait();
  else if (one.kind === "cut") model.run({ kind: "ask", box: COMMON });
}
