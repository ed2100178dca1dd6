/** Back closes what lies over the page before it changes the page. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { addLayer, closeTopLayer } from "../src/ui/layers.ts";

interface Entry {
  state: unknown;
  path: string;
}

/** The browser's history of one tab: it goes by turns, as the real one does. */
class FakeHistory {
  entries: Entry[] = [];
  at = 0;
  /** How often the person has left the page. */
  left = 0;
  pop: () => void = () => {};

  open(path: string): void {
    this.entries = [{ state: null, path }];
    this.at = 0;
    this.left = 0;
    this.show();
  }
  get state(): unknown {
    return this.entries[this.at]?.state;
  }
  pushState(state: unknown, _: string, path: string): void {
    this.entries = [...this.entries.slice(0, this.at + 1), { state, path: new URL(path, "http://here").pathname }];
    this.at++;
    this.show();
  }
  replaceState(state: unknown, _: string, path: string): void {
    this.entries[this.at] = { state, path };
    this.show();
  }
  go(by: number): void {
    setImmediate(() => {
      const to = this.at + by;
      if (to < 0) return this.left++;
      if (to >= this.entries.length) return;
      this.at = to;
      this.show();
      this.pop();
    });
  }
  back(): void {
    this.go(-1);
  }
  private show(): void {
    const path = this.entries[this.at]?.path ?? "/";
    Object.assign(place, { pathname: path, href: `http://here${path}`, origin: "http://here" });
  }
}

const place = { pathname: "/app" };
const past = new FakeHistory();
Object.assign(globalThis, {
  history: past,
  location: place,
  addEventListener: (name: string, run: () => void) => {
    if (name === "popstate") past.pop = run;
  },
});
const { follow, go, goBack, route } = await import("../src/features/app/route.ts");

async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resume) => setImmediate(resume));
}

async function press(): Promise<void> {
  past.back();
  await settled();
}

/** A dialog as `ui/dialog.tsx` makes one. */
function dialog(): { open: boolean; close: () => void } {
  const one = { open: true, close: () => {} };
  const remove = addLayer(() => one.close());
  one.close = () => {
    one.open = false;
    remove();
  };
  return one;
}

beforeEach(() => {
  while (closeTopLayer());
  past.open("/app");
  follow();
});

test("Back goes back where nothing lies over the page", async () => {
  go("/app/c/u1");
  go("/app/c/u1/info");
  await press();
  assert.deepEqual(route.peek(), { screen: "chat", key: "u1", message: 0, panel: false });
  await press();
  assert.deepEqual(route.peek(), { screen: "list" });
});

test("Back closes the topmost dialog, then the one below, then goes back", async () => {
  go("/app/c/u1");
  const [below, above] = [dialog(), dialog()];
  await press();
  assert.deepEqual([below.open, above.open, location.pathname], [true, false, "/app/c/u1"]);
  await press();
  assert.deepEqual([below.open, location.pathname, route.peek().screen], [false, "/app/c/u1", "chat"]);
  await press();
  assert.deepEqual([location.pathname, route.peek().screen], ["/app", "list"]);
});

test("what was closed otherwise is not closed again", async () => {
  go("/app/c/u1");
  dialog().close();
  await press();
  assert.equal(route.peek().screen, "list");
});

test("where the page began, Back closes a dialog and stays", async () => {
  past.open("/app/c/u1");
  follow();
  const first = dialog();
  await press();
  assert.deepEqual([first.open, past.left, route.peek().screen], [false, 0, "chat"]);
  const second = dialog();
  second.close();
  goBack();
  await settled();
  assert.equal(route.peek().screen, "list");
});

test("the button of a view goes back as often as there are views", async () => {
  go("/app/settings");
  go("/app/c/u1");
  go("/app/c/u2", true);
  goBack();
  await settled();
  assert.equal(route.peek().screen, "settings");
  goBack();
  await settled();
  assert.equal(route.peek().screen, "list");
  goBack();
  await settled();
  assert.deepEqual([route.peek().screen, past.left], ["list", 0]);
});

test("a screen of the panel has an address of its own", async () => {
  go("/app/c/c5/info/invites/AbC-_9");
  assert.deepEqual(route.peek(), { screen: "chat", key: "c5", message: 0, panel: true, section: "invites/AbC-_9" });
  go("/app/c/c5/info/members");
  await press();
  assert.deepEqual(route.peek(), { screen: "chat", key: "c5", message: 0, panel: true, section: "invites/AbC-_9" });
  go("/app/c/c5/info/a/b/c");
  assert.deepEqual(route.peek(), { screen: "chat", key: "c5", message: 0, panel: true });
});
