/** One signed-in page: connection, store, update machine, outbox and drafts, put together. */
import { signal } from "@preact/signals";
import type { Connect } from "../wire/carriers.ts";
import type { Clock, Ending, LinkState } from "../wire/connection.ts";
import { Connection } from "../wire/connection.ts";
import { rotate } from "../wire/http.ts";
import type { Config } from "../wire/http.ts";
import type { Updates } from "../wire/schema.d.ts";
import { Drafts } from "./drafts.ts";
import { openKeep } from "./keep.ts";
import { Loader } from "./load.ts";
import { Outbox } from "./outbox.ts";
import { Store } from "./store.ts";
import { Sync } from "./sync.ts";

export interface Settings {
  config: Config;
  lang: string;
  trusted: boolean;
  carriers: { socket: Connect; poll: Connect };
  clock: Clock;
}

const CLOCK_MS = 60_000;

export class Client {
  readonly store = new Store();
  readonly connection: Connection;
  readonly sync: Sync;
  readonly load: Loader;
  readonly outbox: Outbox;
  readonly drafts: Drafts;
  readonly config: Config;
  readonly trusted: boolean;
  readonly link = signal<LinkState>("connecting");
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
        this.store.skew = opened.now - Date.now();
        this.clockWrong.value = Math.abs(this.store.skew) > CLOCK_MS;
        this.newBuild.value = opened.build !== settings.config.build;
        if (fresh) void this.restart();
      },
      state: (state: LinkState) => (this.link.value = state),
      ended: (why: Ending) => (this.ended.value = why),
      rotate: () => void rotate().catch(() => {}),
    };
    const about = { build: settings.config.build, lang: settings.lang };
    this.connection = new Connection(listener, settings.carriers, settings.clock, about);
    this.sync = new Sync(this.connection, this.store);
    this.load = new Loader(this.connection, this.store, this.sync);
    this.outbox = new Outbox(this.connection, this.store, (updates) => this.sync.take(updates));
    this.drafts = new Drafts(this.connection, this.store);
    this.sync.onStale = (keys) => void this.load.rows(keys).catch(() => {});
    this.sync.onReset = () => this.load.list();
    this.ready = this.start();
  }

  private async start(): Promise<void> {
    const keep = await openKeep(this.trusted);
    await this.drafts.open(keep);
    await this.outbox.open(keep, await tabName(), isAlive);
    this.connection.start();
  }

  private async restart(): Promise<void> {
    try {
      await this.sync.restart();
      const users = await this.connection.call("users.getUsers", { id: [{ _: "inputUserSelf" }] });
      this.store.putEntities(users, []);
      if (!this.store.listLoaded.peek()) await this.load.list();
    } catch {
      // The connection is gone again: the next session starts anew.
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
