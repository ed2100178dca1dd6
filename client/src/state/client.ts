/** One signed-in page: connection, store, update machine, outbox and drafts, put together. */
import { signal } from "@preact/signals";
import type { Connect } from "../wire/carriers.ts";
import type { Clock, Ending, LinkState } from "../wire/connection.ts";
import { Connection } from "../wire/connection.ts";
import { findTrouble, rotate } from "../wire/http.ts";
import type { Config } from "../wire/http.ts";
import type { Updates } from "../wire/schema.d.ts";
import { Drafts } from "./drafts.ts";
import { openKeep } from "./keep.ts";
import type { KeepTrouble } from "./keep.ts";
import { Loader } from "./load.ts";
import { Outbox } from "./outbox.ts";
import { Store } from "./store.ts";
import { Sync } from "./sync.ts";
import { Uploads } from "./uploads.ts";

export interface Settings {
  config: Config;
  lang: string;
  trusted: boolean;
  carriers: { socket: Connect; poll: Connect };
  clock: Clock;
}

const CLOCK_MS = 60_000;
const AGAIN_MS = 5_000;

export class Client {
  readonly store = new Store();
  readonly connection: Connection;
  readonly sync: Sync;
  readonly load: Loader;
  readonly outbox: Outbox;
  readonly drafts: Drafts;
  readonly uploads: Uploads;
  readonly config: Config;
  readonly trusted: boolean;
  readonly link = signal<LinkState>("connecting");
  /** Why there is no connection, once that is known: OFFLINE, PORTAL, UNAVAILABLE; "" before. */
  readonly trouble = signal("");
  /** Why typed text is kept in this tab only, or "". */
  readonly keeping = signal<KeepTrouble | "">("");
  /** The clock of this device is wrong by more than a minute: times here are the server's. */
  readonly clockWrong = signal(false);
  /** A newer build than this page's is being served. */
  readonly newBuild = signal(false);
  /** The device was signed out from elsewhere, or the account suspended. */
  readonly ended = signal<Ending | null>(null);
  /** The first list is here, or why it is not. */
  readonly ready: Promise<void>;

  constructor(settings: Settings) {
    this.config = settings.config;
    this.trusted = settings.trusted;
    const listener = {
      updates: (updates: Updates) => this.sync.take(updates),
      opened: (opened: { now: number; build: string }, fresh: boolean) => {
        const skew = opened.now - Date.now();
        const moved = Math.round((skew - this.store.skew) / 1000);
        this.store.skew = skew;
        if (Math.abs(moved) > CLOCK_MS / 1000) this.drafts.shift(moved);
        this.clockWrong.value = Math.abs(this.store.skew) > CLOCK_MS;
        this.newBuild.value = opened.build !== settings.config.build;
        if (fresh) void this.restart();
      },
      state: (state: LinkState) => {
        this.link.value = state;
        if (state === "online") this.trouble.value = "";
        else if (state === "offline") void findTrouble().then((why) => (this.trouble.value = why));
      },
      ended: (why: Ending) => (this.ended.value = why),
      rotate: () => void rotate().catch(() => {}),
    };
    const about = { build: settings.config.build, lang: settings.lang };
    this.connection = new Connection(listener, settings.carriers, settings.clock, about);
    this.sync = new Sync(this.connection, this.store);
    this.load = new Loader(this.connection, this.store, this.sync);
    this.outbox = new Outbox(this.connection, this.store, (updates) => this.sync.take(updates));
    this.drafts = new Drafts(this.connection, this.store);
    this.uploads = new Uploads(settings.config.limits, (chat, media, randomId) => {
      this.outbox.add({ chat, text: "", entities: [], media, randomId });
    });
    this.sync.onStale = (keys) => void this.load.rows(keys).catch(() => {});
    // Reactions, views and votes in channels have no counter: while nobody looked they passed by.
    this.sync.onLook = (key) => {
      if (this.store.history(key).slices.length) void this.load.around(key, 0).catch(() => {});
    };
    this.sync.onReset = () => this.load.list();
    this.ready = this.start();
  }

  private async start(): Promise<void> {
    const keep = await openKeep(this.trusted, (why) => (this.keeping.value = why));
    await this.drafts.open(keep);
    const tab = await tabName();
    await this.outbox.open(keep, tab, isAlive);
    const isSent = (id: string) => this.outbox.entries.peek().some((one) => one.randomId === id);
    await this.uploads.open(keep, tab, isAlive, isSent);
    this.connection.start();
  }

  private async restart(): Promise<void> {
    try {
      await this.sync.restart();
      const users = await this.connection.call("users.getUsers", { id: [{ _: "inputUserSelf" }] });
      this.store.putEntities(users, []);
      if (!this.store.listLoaded.peek()) await this.load.list();
    } catch {
      // Calls outlive a cut: this one was refused. Nobody waits for ever for a list.
      if (!this.ended.peek()) setTimeout(() => void this.restart(), AGAIN_MS);
    }
  }
}

const LOCK = "pb-tab-";
const TAB = "pb-app-tab";

/** A name that this tab keeps over a reload, and that no other tab has. */
async function tabName(): Promise<string> {
  for (let name = sessionStorage.getItem(TAB); ; name = null) {
    name ??= crypto.randomUUID();
    if (!(await hold(LOCK + name))) continue;
    sessionStorage.setItem(TAB, name);
    return name;
  }
}

/** Take a lock until the tab ends; false when another tab has it. */
function hold(lock: string): Promise<boolean> {
  if (!("locks" in navigator)) return Promise.resolve(true);
  return new Promise((resolve) => {
    void navigator.locks.request(lock, { ifAvailable: true }, (held) => {
      resolve(held !== null);
      return held ? new Promise(() => {}) : undefined;
    });
  });
}

async function isAlive(tab: string): Promise<boolean> {
  if (!("locks" in navigator)) return false;
  const { held = [] } = await navigator.locks.query();
  return held.some((one) => one.name === LOCK + tab);
}
