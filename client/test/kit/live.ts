/**
 * A page without a screen: the client's own connection, store, outbox and drafts, in Node and at a
 * real server. Reads a JSON object a line (`{id, do, …}`) and answers `{id, is}` or `{id, wrong}`.
 *
 * Arguments: the address that the page uses, the server's own, the cookie, and the carrier
 * (`socket`, `poll`, or `any` for what the client chooses itself).
 */
import { createInterface } from "node:readline";
import { Client } from "../../src/state/client.ts";
import { Loader } from "../../src/state/load.ts";
import { newest } from "../../src/state/slices.ts";
import { Store } from "../../src/state/store.ts";
import type { Sync } from "../../src/state/sync.ts";
import { byPoll, bySocket } from "../../src/wire/carriers.ts";
import type { Connect } from "../../src/wire/carriers.ts";
import type { Connection } from "../../src/wire/connection.ts";
import { loadConfig } from "../../src/wire/http.ts";

const [base = "", direct = "", cookie = "", how = "any"] = process.argv.slice(2);
/** Pauses are so many times shorter than in a browser. */
const FASTER = 10;
const QUIET_MS = 60_000;
const own = { Cookie: cookie, Origin: base };

class Kept {
  [name: string]: unknown;
  getItem(name: string): string | null {
    return (this[name] as string | undefined) ?? null;
  }
  setItem(name: string, value: string): void {
    this[name] = value;
  }
  removeItem(name: string): void {
    delete this[name];
  }
}

const realFetch = globalThis.fetch;
const RealSocket = globalThis.WebSocket;

class CookieSocket extends RealSocket {
  constructor(address: string, protocol: string) {
    super(address, { protocols: [protocol], headers: own } as never);
  }
}

function define(name: string, value: unknown): void {
  Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
}

define("location", new URL(base));
define("sessionStorage", new Kept());
define("localStorage", new Kept());
define("WebSocket", CookieSocket);
define("fetch", (path: string, options: RequestInit = {}) =>
  realFetch(new URL(path, base), { ...options, headers: { ...(options.headers as object), ...own } }),
);

const tally = { resumed: 0, anew: 0 };

/** As the carrier, with what became of sessions that came back counted. */
function counted(connect: Connect): Connect {
  return (opening, heard) =>
    connect(opening, {
      frame: (frame, isCounted) => {
        if ("opened" in frame && opening["session"]) tally[frame.opened.resumed ? "resumed" : "anew"]++;
        heard.frame(frame, isCounted);
      },
      closed: heard.closed,
    });
}

const socket = counted(how === "poll" ? byPoll : bySocket);
const poll = counted(how === "socket" ? bySocket : byPoll);
const clock = {
  later: (run: () => void, ms: number) => {
    const timer = setTimeout(run, ms / FASTER);
    return () => clearTimeout(timer);
  },
  now: () => Date.now(),
  random: () => Math.random(),
};

let session = "";
let calls = 0;

/** A call that goes straight to the server, in a session of its own. */
async function ask(method: string, params: object): Promise<unknown> {
  const headers = {
    ...{ Cookie: cookie, Origin: direct, "X-Petitbleu-App": "1", "Content-Type": "application/json" },
    ...(session ? { "X-Petitbleu-Session": session } : {}),
  };
  const body = JSON.stringify({ i: ++calls, q: { _: method, ...params } });
  const answer = await realFetch(`${direct}/app/rpc`, { method: "POST", headers, body });
  const named = answer.headers.get("X-Petitbleu-Session") ?? "";
  session = named;
  const [found] = (await answer.json()) as [{ ok?: unknown; err?: unknown }];
  if (!("ok" in found)) throw new Error(JSON.stringify(found));
  return found.ok;
}

const signedIn = { state: "signed-in" as const, user: "", trusted: false, rotate: false };
const client = new Client({ config: await loadConfig(), lang: "en", session: signedIn, kept: null, carriers: { socket, poll }, clock });
const watched = new Set<string>();
const typed = new Map<string, string>();

/** Look at a chat, as the history does: what it lacks is loaded. */
async function look(chat: string): Promise<void> {
  client.sync.opened(chat);
  await loaded(chat);
}

async function loaded(chat: string): Promise<void> {
  if (!newest(client.store.history(chat).slices)) await client.load.around(chat, 0);
}

/** What a store has to say of the list and of the chats that are watched. */
function dump(store: Store, chats: Iterable<string>): Record<string, unknown> {
  const told: Record<string, unknown> = {};
  for (const [key, cell] of store.talks) {
    const row = cell.peek();
    if (row) told[`row ${key}`] = { ...row, draft: undefined };
  }
  for (const [key, cell] of store.entities) {
    const entity = cell.peek();
    if (entity) told[`name ${key}`] = "title" in entity ? entity.title : "first_name" in entity ? entity.first_name : "";
  }
  for (const key of chats) {
    const { slices, messages } = store.history(key);
    const ids = newest(slices)?.ids.slice(-50) ?? [];
    told[`ids ${key}`] = ids;
    for (const id of ids) {
      const message = messages.get(id);
      told[`message ${key} ${id}`] =
        message?._ === "message"
          ? { text: message.message, edited: message.edit_date ?? 0, pinned: message.pinned ?? false, reactions: message.reactions?.results ?? [] }
          : message?._;
    }
  }
  return told;
}

/** The same, of a store that was filled just now. */
async function fresh(chats: ReadonlySet<string>): Promise<Record<string, unknown>> {
  const store = new Store();
  const connection = { call: ask } as unknown as Connection;
  const load = new Loader(connection, store, { known() {} } as unknown as Sync);
  await load.list();
  for (const chat of chats) await load.around(chat, 0);
  return dump(store, chats);
}

function differences(mine: Record<string, unknown>, theirs: Record<string, unknown>): string[] {
  const names = new Set([...Object.keys(mine), ...Object.keys(theirs)]);
  return [...names].flatMap((name) => {
    const [a, b] = [JSON.stringify(mine[name]), JSON.stringify(theirs[name])];
    // People whom only one of the two has met are no difference.
    if (a === b || (name.startsWith("name ") && (a === undefined || b === undefined))) return [];
    return [`${name}: page ${a}, server ${b}`];
  });
}

function isQuiet(): boolean {
  return (
    client.link.peek() === "online" && !client.sync.updating.peek() && client.store.listLoaded.peek() &&
    !client.outbox.entries.peek().length && !client.connection.stream.pending.size
  );
}

async function quiet(since: number): Promise<void> {
  do await new Promise((resume) => setTimeout(resume, 25));
  while (!isQuiet() && performance.now() - since < QUIET_MS);
}

/** Wait until the page is as a page would be that is opened now; what is different if it never is. */
async function check(): Promise<unknown> {
  const began = performance.now();
  const { open } = client.sync;
  let left: string[] = ["not quiet"];
  while (performance.now() - began < QUIET_MS) {
    await quiet(began);
    // A chat that was not open is brought up to date when somebody looks at it: so here.
    for (const chat of watched) if (chat !== open) await look(chat);
    if (open) await look(open);
    await quiet(began);
    left = differences(dump(client.store, watched), await fresh(watched));
    for (const [chat, text] of typed) if (client.drafts.of(chat).text !== text) left.push(`typed ${chat}`);
    if (!left.length) break;
  }
  const doing = { link: client.link.peek(), updating: client.sync.updating.peek(), listed: client.store.listLoaded.peek(), outbox: client.outbox.entries.peek(), pending: [...client.connection.stream.pending.values()].map((one) => one.q._) };
  return { left: left.slice(0, 12), ms: Math.round(performance.now() - began), ...tally, ...(left.length ? { doing } : {}) };
}

type Asked = Record<string, string> & { id: number; chats: string[] };
const DO: Record<string, (asked: Asked) => unknown> = {
  ready: async () => {
    for (const began = performance.now(); !isQuiet(); await new Promise((resume) => setTimeout(resume, 20))) {
      if (performance.now() - began > QUIET_MS) throw new Error("not ready");
    }
    return [...client.store.talks.keys()];
  },
  watch: async ({ chats }) => {
    for (const chat of chats) {
      watched.add(chat);
      await loaded(chat);
    }
  },
  open: ({ chat = "" }) => look(chat),
  say: ({ chat = "", text = "" }) => void client.outbox.add({ chat, text, entities: [] }),
  type: ({ chat = "", text = "" }) => {
    typed.set(chat, text);
    client.drafts.write(chat, { text }, 0);
  },
  check,
};

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line) as Asked;
  const done = Promise.try(() => DO[asked["do"] ?? ""]?.(asked));
  done.then(
    (is) => console.log(JSON.stringify({ id: asked.id, is: is ?? null })),
    (error: unknown) => console.log(JSON.stringify({ id: asked.id, wrong: String(error) })),
  );
}
process.exit(0);
