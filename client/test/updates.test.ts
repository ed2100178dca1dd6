import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Update } from "../src/wire/schema.d.ts";
import { COMMON, EMPTY, step } from "../src/state/updates.ts";
import type { Effect, Event, Item, State } from "../src/state/updates.ts";

const RUNS = Number(process.env["PROPERTY_RUNS"] ?? 2000);
const update = (n: number) => ({ _: "updateUserTyping", user_id: String(n) }) as unknown as Update;

/** A server with a log, and a wire that loses, doubles and disorders. */
class Model {
  state: State = EMPTY;
  applied: Update[] = [];
  asks: number[] = [];
  asking = 0;
  waits = 0;
  private readonly log: Item[] = [];

  constructor(counts: readonly number[]) {
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
    const [state, effects] = step(this.state, event);
    this.state = state;
    for (const effect of effects) this.carry(effect);
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
    this.run({ kind: "difference", box: COMMON, updates, pts, final: part.length === missing.length });
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

test("any log, delivered anyhow, ends in the fold of the log", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 40 }), fc.array(act, { maxLength: 80 }), (counts, acts) => {
      const model = new Model(counts);
      for (const one of acts) {
        const item = one.kind === "push" ? model.items[one.at % Math.max(1, model.items.length)] : undefined;
        if (item) model.run({ kind: "items", box: COMMON, items: [item] });
        else if (one.kind === "answer") {
          model.answer(one.size, model.items[one.upTo % Math.max(1, model.items.length)]?.pts ?? 1, one.fails);
        } else if (one.kind === "wait") model.wait();
        else if (one.kind === "cut") model.run({ kind: "ask", box: COMMON });
      }
      model.run({ kind: "ask", box: COMMON });
      model.settle();
      assert.deepEqual(model.applied, model.items.map((one) => one.update));
      assert.equal(model.state.get(COMMON)?.pts, model.end);
      assert.equal(model.state.get(COMMON)?.mode, "live");
    }),
    { numRuns: RUNS },
  );
});

test("a hole is waited for, then asked", () => {
  const model = new Model([1, 1, 1]);
  model.run({ kind: "items", box: COMMON, items: [model.items[2]!] });
  assert.deepEqual([model.waits, model.asks, model.applied.length], [1, [], 0]);
  model.run({ kind: "items", box: COMMON, items: model.items.slice(0, 2) });
  assert.equal(model.applied.length, 3);
  model.wait();
  assert.deepEqual(model.asks, []);
});

test("a reset goes on from the counter it is given", () => {
  const model = new Model([1, 1, 1, 1]);
  model.run({ kind: "items", box: COMMON, items: [model.items[3]!] });
  model.run({ kind: "reset", box: COMMON, pts: 4 });
  assert.equal(model.state.get(COMMON)?.pts, 5);
  assert.equal(model.applied.length, 1);
});
