/** Runs the update machine: pushes and answers in, asks and changes of the store out. */
import { signal } from "@preact/signals";
import type { Connection } from "../wire/connection.ts";
import type {
  Update,
  Updates,
  updates_ChannelDifference,
  updates_Difference,
} from "../wire/schema.d.ts";
import { applyAll } from "./apply.ts";
import type { PeerKey } from "./keys.ts";
import type { Store } from "./store.ts";
import { tidy } from "./tidy.ts";
import { COMMON, EMPTY, step } from "./updates.ts";
import type { Effect, Event, Item, State } from "./updates.ts";

const GAP_MS = 500;

export class Sync {
  /** Whether a difference of the common box is on its way. */
  readonly updating = signal(false);
  /** The chat that is open: only its differences are asked for. */
  open: PeerKey = "";
  /** The lists must be loaded anew: what happened meanwhile is too much. */
  onReset: () => Promise<void> = async () => {};
  /** Rows of the list that must be asked for again. */
  onStale: (keys: PeerKey[]) => void = () => {};
  /** A channel is looked at (again): what no counter tells of its messages must be asked for. */
  onLook: (key: PeerKey) => void = () => {};
  /** Each update after it was applied (for sounds, announcements, the sent ones of the outbox). */
  onApplied: (updates: readonly Update[]) => void = () => {};
  private state: State = EMPTY;
  /** Updates without a counter that wait until their box has no hole: they may be about what is in it. */
  private readonly behind = new Map<string, Update[]>();
  private date = 0;
  private readonly connection: Connection;
  private readonly store: Store;

  constructor(connection: Connection, store: Store) {
    this.connection = connection;
    this.store = store;
  }

  /** A counter is known (from a list of dialogs, or a state). */
  known(box: string, pts: number): void {
    this.run({ kind: "known", box, pts });
  }

  ptsOf(box: string): number | undefined {
    return this.state.get(box)?.pts;
  }

  /** A new session: what happened before it must be asked for. */
  async restart(): Promise<void> {
    if (this.state.has(COMMON)) {
      this.run({ kind: "ask", box: COMMON });
      if (this.open.startsWith("c")) this.opened(this.open);
      return;
    }
    const state = await this.connection.call("updates.getState", {});
    this.date = state.date;
    this.known(COMMON, state.pts);
  }

  /** A chat is looked at: of a channel, the difference is asked for. */
  opened(key: PeerKey): void {
    this.open = key;
    if (!key.startsWith("c")) return;
    if (this.state.has(key)) this.run({ kind: "ask", box: key });
    this.onLook(key);
  }

  /** A push, or the answer to a call. */
  take(updates: Updates): void {
    if (updates._ === "updatesTooLong") return this.run({ kind: "ask", box: COMMON });
    if (updates._ === "updateShort") return this.takeList([updates.update]);
    if (updates._ === "updates" || updates._ === "updatesCombined") {
      this.store.putEntities(updates.users, updates.chats);
      return this.takeList(updates.updates);
    }
    // Short forms of messages: this door never sends them; the difference tells all.
    this.run({ kind: "ask", box: COMMON });
  }

  /** The answer to a call that only moved a counter. */
  takeAffected(box: string, affected: { pts: number; pts_count: number }, update: Update | null): void {
    this.run({ kind: "items", box, items: [{ pts: affected.pts, count: affected.pts_count, update }] });
  }

  private takeList(list: readonly Update[]): void {
    const boxes = new Map<string, Item[]>();
    const free: Update[] = [];
    for (const update of list) {
      if (update._ === "updateChannelTooLong") this.tooLong(`c${update.channel_id}`);
      else if ("pts" in update && "pts_count" in update) {
        const box = boxOf(update);
        const items = boxes.get(box) ?? [];
        items.push({ pts: update.pts, count: update.pts_count, update });
        boxes.set(box, items);
      } else if (!this.waits(update)) free.push(update);
    }
    for (const [box, items] of boxes) this.run({ kind: "items", box, items });
    if (free.length) this.apply(free);
    else this.flushStale();
  }

  /** Put an update without a counter behind the hole of its box, if there is one. */
  private waits(update: Update): boolean {
    const box = placeOf(update);
    const mode = box === null ? undefined : this.state.get(box)?.mode;
    if (box === null || !mode || mode === "live") return false;
    this.behind.set(box, [...(this.behind.get(box) ?? []), update]);
    return true;
  }

  private tooLong(box: string): void {
    if (box === this.open) return this.run({ kind: "ask", box });
    this.run({ kind: "forget", box });
    this.store.forget(box);
    this.store.stale.add(box);
  }

  private run(event: Event): void {
    const [state, effects] = step(this.state, event);
    this.state = state;
    this.updating.value = state.get(COMMON)?.mode === "asking";
    for (const effect of effects) this.carryOut(effect);
    const waiting = this.behind.get(event.box);
    const mode = this.state.get(event.box)?.mode;
    if (!waiting || mode === "gap" || mode === "asking") return;
    this.behind.delete(event.box);
    this.apply(waiting);
  }

  private carryOut(effect: Effect): void {
    if (effect.kind === "apply") return this.apply(effect.updates);
    const { box } = effect;
    if (effect.kind === "wait") {
      setTimeout(() => this.run({ kind: "waited", box }), GAP_MS);
      return;
    }
    const asked = box === COMMON ? this.askCommon(effect.pts) : this.askChannel(box, effect.pts);
    asked.catch(() => this.run({ kind: "failed", box }));
  }

  private async askCommon(pts: number): Promise<void> {
    const found: updates_Difference = await this.connection.call("updates.getDifference", {
      pts,
      date: this.date || this.store.now(),
      qts: 1,
    });
    if (found._ === "updates.differenceTooLong") return this.reset(found.pts);
    if (found._ === "updates.differenceEmpty") {
      this.date = found.date;
      return this.run({ kind: "difference", box: COMMON, updates: [], pts, final: true });
    }
    const slice = found._ === "updates.differenceSlice";
    const state = slice ? found.intermediate_state : found.state;
    this.date = state.date;
    if (state.pts < pts) return this.reset(state.pts);
    this.store.putEntities(found.users, found.chats);
    const news: Update[] = found.new_messages.map((message) => ({
      _: "updateNewMessage",
      message,
      pts: 0,
      pts_count: 0,
    }));
    const others: Update[] = [];
    for (const update of found.other_updates) {
      if (update._ === "updateChannelTooLong") this.tooLong(`c${update.channel_id}`);
      else if ("pts" in update && boxOf(update) !== COMMON) this.takeList([update]);
      else others.push(update);
    }
    const updates = [...news, ...others];
    this.run({ kind: "difference", box: COMMON, updates, pts: state.pts, final: !slice });
    this.flushStale();
  }

  private async askChannel(box: string, pts: number): Promise<void> {
    const peer = this.store.input(box);
    if (peer._ !== "inputPeerChannel") return this.run({ kind: "forget", box });
    const found: updates_ChannelDifference = await this.connection.call(
      "updates.getChannelDifference",
      {
        channel: { ...peer, _: "inputChannel" },
        filter: { _: "channelMessagesFilterEmpty" },
        pts,
        limit: 100,
      },
    );
    if (found._ === "updates.channelDifferenceEmpty") {
      return this.run({ kind: "difference", box, updates: [], pts: found.pts, final: true });
    }
    this.store.putEntities(found.users, found.chats);
    if (found._ === "updates.channelDifferenceTooLong") {
      this.store.forget(box);
      this.store.putMessages(found.messages);
      this.store.putDialog(found.dialog);
      const now = found.dialog._ === "dialog" ? (found.dialog.pts ?? pts) : pts;
      return this.run({ kind: "reset", box, pts: now });
    }
    const news: Update[] = found.new_messages.map((message) => ({
      _: "updateNewChannelMessage",
      message,
      pts: 0,
      pts_count: 0,
    }));
    const updates = [...news, ...found.other_updates];
    this.run({ kind: "difference", box, updates, pts: found.pts, final: found.final ?? false });
    this.flushStale();
  }

  private async reset(pts: number): Promise<void> {
    for (const key of this.store.talks.keys()) this.store.forget(key);
    await this.onReset();
    this.run({ kind: "reset", box: COMMON, pts });
  }

  private apply(updates: readonly Update[]): void {
    applyAll(this.store, updates);
    tidy(this.store);
    this.onApplied(updates);
    this.flushStale();
  }

  private flushStale(): void {
    if (!this.store.stale.size) return;
    const keys = [...this.store.stale];
    this.store.stale.clear();
    this.onStale(keys);
  }
}

/** The box of the message that an update without a counter is about; null: it is about none. */
function placeOf(update: Update): string | null {
  if (update._ === "updateChannelMessageViews") return `c${update.channel_id}`;
  if (update._ !== "updateMessageReactions") return null;
  return update.peer._ === "peerChannel" ? `c${update.peer.channel_id}` : COMMON;
}

/** Which counter an update moves. */
function boxOf(update: Update): string {
  switch (update._) {
    case "updateNewChannelMessage":
    case "updateEditChannelMessage": {
      const peer = update.message.peer_id;
      return peer?._ === "peerChannel" ? `c${peer.channel_id}` : COMMON;
    }
    case "updateDeleteChannelMessages":
    case "updateReadChannelInbox":
    case "updateChannelWebPage":
    case "updatePinnedChannelMessages":
      return `c${update.channel_id}`;
    default:
      return COMMON;
  }
}
