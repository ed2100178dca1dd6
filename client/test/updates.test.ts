import assert from "node:assert/strict";
import { test } from "node:test";
import { COMMON, step } from "../src/state/updates.ts";
import { findEach } from "./kit/faults.ts";
import type { Faults } from "./kit/faults.ts";
import { checkMachine, Model } from "./kit/machine.ts";
import type { Step } from "./kit/machine.ts";

const RUNS = Number(process.env["PROPERTY_RUNS"] ?? 2000);

test("any log, delivered anyhow, ends in the fold of the log", () => checkMachine(step, RUNS));

const FAULTS: Faults = {
  "apply twice": ["if (item.pts - item.count === pts)", "if (item.pts - item.count <= pts)"],
  "forget a hole": ["} else if (item.pts > pts) left.push(item);", "}"],
  "apply over a hole": ["if (item.pts - item.count === pts)", "if (item.pts > pts)"],
  "ask while asking": ['return box.mode === "asking" ? [state, []] : ask(state, event.box, box);', "return ask(state, event.box, box);"],
  "lose what comes while asking": ["if (held.length <= HELD) return put(state, key, { ...box, held }, []);", "return put(state, key, box, []);"],
  "lose the order": ["if (item.update) updates.push(item.update);", "if (item.update) updates.unshift(item.update);"],
  "never wait": ['if (before !== "gap") effects.push({ kind: "wait", box: key });', ""],
  "stop after the first slice": ["if (event.final) return settle", "return settle"],
  "forget a failure": ['if (box.mode !== "asking") return [state, []];\n      return put(state, event.box, { ...box, mode: "gap" }, [{ kind: "wait", box: event.box }]);', "return [state, []];"],
  "do not apply the difference": ['if (event.updates.length) effects.push({ kind: "apply", updates: event.updates });', ""],
  "keep the old counter": ["return settle(state, event.box, event.pts, box.held, effects);", "return settle(state, event.box, box.pts, box.held, effects);"],
};

test("each planted fault is found", () => findEach<{ step: Step }>("state/updates.ts", FAULTS, (faulty) => checkMachine(faulty.step, 2000)));

test("a hole is waited for, then asked", () => {
  const model = new Model([1, 1, 1], step);
  model.run({ kind: "items", box: COMMON, items: [model.items[2]!] });
  assert.deepEqual([model.waits, model.asks, model.applied.length], [1, [], 0]);
  model.run({ kind: "items", box: COMMON, items: model.items.slice(0, 2) });
  assert.equal(model.applied.length, 3);
  model.wait();
  assert.deepEqual(model.asks, []);
});

test("a reset goes on from the counter it is given", () => {
  const model = new Model([1, 1, 1, 1], step);
  model.run({ kind: "items", box: COMMON, items: [model.items[3]!] });
  model.run({ kind: "reset", box: COMMON, pts: 4 });
  assert.equal(model.state.get(COMMON)?.pts, 5);
  assert.equal(model.applied.length, 1);
});
