/**
 * Says that the person is there while the page is looked at, as seldom as the server needs to hear it, and that they
 * went once it is hidden. Who sees it is the server's to decide.
 */
import type { Clock } from "../wire/connection.ts";

/** The server counts somebody as online for 300 seconds; other apps say it as often. */
const AGAIN_MS = 210_000;
/** Another tab is looked at for a moment: that is not worth saying. */
const GRACE_MS = 10_000;

export class Presence {
  private readonly say: (offline: boolean) => void;
  private readonly later: Clock["later"];
  /** What the server was told last in this connection. */
  private online = false;
  private cancel: (() => void) | null = null;

  constructor(say: (offline: boolean) => void, later: Clock["later"]) {
    this.say = say;
    this.later = later;
  }

  /** Whether the page can be seen, and whether there is a connection. */
  update(seen: boolean, connected: boolean): void {
    this.stop();
    if (!connected) this.online = false;
    else if (seen && !this.online) this.tell(true);
    else if (seen) this.after(AGAIN_MS, true);
    else if (this.online) this.after(GRACE_MS, false);
  }

  /** The page goes. */
  leave(): void {
    this.stop();
    if (this.online) this.tell(false);
  }

  /** Say nothing more by itself. */
  stop(): void {
    this.cancel?.();
    this.cancel = null;
  }

  private tell(online: boolean): void {
    this.online = online;
    this.say(!online);
    if (online) this.after(AGAIN_MS, true);
  }

  private after(ms: number, online: boolean): void {
    this.cancel = this.later(() => this.tell(online), ms);
  }
}
