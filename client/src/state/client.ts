/** One signed-in page: connection, store, update machine, outbox and drafts, put together. */
import { signal } from "@preact/signals";
import type { Connect } from "../wire/carriers.ts";
import type { Clock, Ending, LinkState } from "../wire/connection.ts";
import { Connection } from "../wire/connection.ts";
import { findTrouble, rotate } from "../wire/http.ts";
import type { Config } from "../wire/http.ts";
import type { Suspension } from "../wire/frames.ts";
import type { Updates } from "../wire/schema.d.ts";
import { Drafts } from "./drafts.ts";
import { openDevice, openKeep } from "./keep.ts";
import type { KeepTrouble } from "./keep.ts";
import type { About, Kept } from "./kept.ts";
import { CHATS, Keeper, restore } from "./kept.ts";
import { Loader } from "./load.ts";
import { Outbox } from "./outbox.ts";
import { Store } from "./store.ts";
import { Sync } from "./sync.ts";
import { openTabs } from "./tabs.ts";
import { Uploads } from "./uploads.ts";

export interface Settings {
  config: Config;
  lang: string;
  session: About["session"];
  /** What the device had kept, to be shown until the server answers. */
  kept: Kept | null;
  carriers: { socket: Connect; poll: Connect };
  clock: Clock;
}

/** Why the session is over, and what the person is told of it. */
export interface Ended {
  why: Ending;
  told: Suspension;
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
  readonly ended = signal<Ended | null>(null);
  /** What was typed before has been read. */
  readonly opened: Promise<void>;
  /** The first list is here, or why it is not. */
  readonly ready: Promise<void>;

  private readonly session: About["session"];
  private keeper: Keeper | null = null;
  private typed = () => {};

  constructor(settings: Settings) {
    this.config = settings.config;
    this.session = settings.session;
    this.trusted = settings.session.trusted;
    this.store.me = settings.session.user;
    if (settings.kept) restore(this.store, settings.kept);
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
      ended: (why: Ending, told: Suspension) => this.end(why, told),
      rotate: () => void rotate().catch(() => {}),
    };
    const about = { build: settings.config.build, lang: settings.lang };
    this.connection = new Connection(listener, settings.carriers, settings.clock, about);
    this.sync = new Sync(this.connection, this.store);
    this.load = new Loader(this.connection, this.store, this.sync);
    this.outbox = new Outbox(this.connection, this.store, (updates) => this.sync.take(updates));
    this.drafts = new Drafts(this.connection, this.store);
    this.uploads = new Uploads(settings.config.limits, (chat, media, randomId, words) => {
      this.outbox.add({ chat, ...words, media, randomId });
    });
    this.sync.onStale = (keys) => void this.load.rows(keys).catch(() => {});
    // Reactions, views and votes in channels have no counter: while nobody looked they passed by.
    this.sync.onLook = (key) => {
      if (this.store.history(key).slices.length) void this.load.around(key, 0).catch(() => {});
    };
    this.sync.onReset = () => this.load.list();
    this.opened = new Promise((resume) => (this.typed = resume));
    this.ready = this.start();
  }

  private async start(): Promise<void> {
    const tell = (why: KeepTrouble) => this.worry(why);
    const keep = await openKeep(this.trusted, tell);
    await this.drafts.open(keep).finally(() => this.typed());
    const tabs = await openTabs();
    await this.outbox.open(keep, tabs);
    const isSent = (id: string) => this.outbox.entries.peek().some((one) => one.randomId === id);
    await this.uploads.open(keep, tabs, isSent);
    const device = this.trusted ? await openDevice(tell) : null;
    if (device && !this.ended.peek()) {
      this.keeper = new Keeper(this.store, device, { config: this.config, session: { ...this.session, rotate: false } });
    }
    this.connection.start();
  }

  /** The device keeps less than it should. What a newer build has put there stays as it is. */
  private worry(why: KeepTrouble): void {
    if (why === "newer") this.keeper?.stop();
    if (this.keeping.peek() !== "newer") this.keeping.value = why;
  }

  /** Ask nothing more, keep nothing more. */
  stop(): void {
    this.keeper?.stop();
    this.connection.stop();
  }

  /** The session is over. */
  end(why: Ending, told: Suspension = {}): void {
    this.stop();
    this.ended.value = { why, told };
  }

  private async restart(): Promise<void> {
    try {
      await this.sync.restart();
      const users = await this.connection.call("users.getUsers", { id: [{ _: "inputUserSelf" }] });
      this.store.putEntities(users, []);
      if (!this.store.listLoaded.peek()) await this.load.list();
      if (this.keeper) await this.load.fill(CHATS);
    } catch {
      // Calls outlive a cut: this one was refused. Nobody waits for ever for a list.
      if (!this.ended.peek()) setTimeout(() => void this.restart(), AGAIN_MS);
    }
  }
}
