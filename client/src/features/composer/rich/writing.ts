/**
 * What can be done to a text by somebody who writes, with its own undo. No DOM: who makes the nodes is told by `shown`.
 */
import { safeUrl } from "../../../ui/entities.ts";
import type { Rich } from "../../../ui/markdown.ts";
import type { History, State } from "./history.ts";
import { NO_HISTORY, redone, stepped, undone } from "./history.ts";
import type { Block, Kind, Style } from "./model.ts";
import { blocked, hasKind, kindsAt, linked, replaced, settled, toggled } from "./model.ts";
import { clusterAfter, clusterBefore } from "./selection.ts";
import { blockStart, converted, MARKS } from "./typed.ts";

export interface Listener {
  changed: (rich: Rich) => void;
  /** The selection, or what is typed next, is another. */
  moved: () => void;
}
const NOTHING: Rich = { text: "", entities: [] };

export abstract class Writing {
  rich: Rich = NOTHING;
  start = 0;
  end = 0;
  /** The styles of what is typed next, where they are not those of the place. */
  protected kinds: ReadonlySet<Kind> | null = null;
  /** The block that an empty line is going to be, and its language. */
  protected pending: Block | null = null;
  private language = "";
  protected history: History = NO_HISTORY;
  protected readonly listener: Listener;

  constructor(listener: Listener) {
    this.listener = listener;
  }

  /** The text, the selection or a block to be is another. */
  protected abstract shown(): void;

  /** What the selection has: styles and blocks; of a caret, what is typed there would have. */
  has(kind: Kind): boolean {
    if (this.start === this.end && this.kinds) return this.kinds.has(kind);
    return this.pending === kind || hasKind(this.rich, kind, this.start, this.end);
  }

  /** Give the selection a style or take it; of a caret, what is typed next. */
  style(kind: Style): void {
    if (this.start < this.end) return this.change(toggled(this.rich, kind, this.start, this.end), this.start, this.end, "");
    const kinds = new Set(this.kinds ?? kindsAt(this.rich, this.start));
    if (!kinds.delete(kind)) kinds.add(kind);
    this.kinds = kinds;
    this.listener.moved();
  }

  /** Make the lines of the selection a block, or no more. */
  block(kind: Block, language = ""): void {
    const next = blocked(this.rich, kind, this.start, this.end, language);
    if (next !== this.rich) return this.change(next, this.start, this.end, "");
    this.pending = this.pending === kind ? null : kind;
    this.shown();
    this.listener.moved();
  }

  /** Make the selection a link; without an address it is none. False: this is no address. */
  link(address: string): boolean {
    const url = address && (safeUrl(address) || safeUrl(`https://${address}`));
    if (address && !url) return false;
    this.change(linked(this.rich, this.start, this.end, url), this.start, this.end, "");
    return true;
  }

  /** The address of the link in the selection, or "". */
  linkAt(): string {
    const found = this.rich.entities.find((one) => one._ === "messageEntityTextUrl" && one.offset < Math.max(this.end, this.start + 1) && one.offset + one.length > this.start);
    return found?._ === "messageEntityTextUrl" ? found.url : "";
  }

  /** As if each character was typed by itself: marks are taken wherever they come from. */
  protected type(words: string): void {
    const pieces = MARKS.test(words) ? [...words] : [words];
    for (const piece of pieces) {
      this.put({ text: piece, entities: [] }, /\s/.test(piece) ? "space" : "type");
      if (MARKS.test(piece) || piece === " ") this.convert();
    }
  }

  protected convert(): void {
    const opened = blockStart(this.rich, this.start, false);
    if (opened && !hasKind(this.rich, opened.kind, opened.from, this.start)) return this.open(opened);
    const made = converted(this.rich, this.start);
    if (!made) return;
    this.change(made.rich, made.caret, made.caret, "");
    this.kinds = made.kinds;
  }

  /** What stands before the caret says that the line is a block. */
  protected open({ kind, language, from }: { kind: Block; language: string; from: number }): void {
    const rest = replaced(this.rich, from, this.start, NOTHING);
    const next = blocked(rest, kind, from, from, language);
    this.change(next, from, from, "");
    if (next !== rest) return;
    this.pending = kind;
    this.language = language;
    this.shown();
  }
  protected enter(): void {
    const opened = this.start === this.end ? blockStart(this.rich, this.start, true) : null;
    if (opened) return this.open(opened);
    const { text, entities } = this.rich;
    const block = entities.find((one) => (one._ === "messageEntityPre" || one._ === "messageEntityBlockquote") && one.offset + one.length === this.start);
    // On an empty last line of a block Enter leaves it.
    if (block && this.start === this.end && text[this.start - 1] === "\n") {
      const shorter = entities.map((one) => (one === block ? { ...one, length: one.length - 1 } : one));
      return this.change(settled({ text, entities: shorter }), this.start, this.end, "");
    }
    this.put({ text: "\n", entities: [] }, "");
  }

  protected remove(kind: string, from: number, to: number): void {
    if (this.pending) this.pending = null;
    if (this.start < this.end) return this.put(NOTHING, "");
    if (from === to && kind.endsWith("Backward")) return this.putAt(clusterBefore(this.rich.text, from), from, NOTHING, "delete");
    if (from === to && kind.endsWith("Forward")) return this.putAt(from, clusterAfter(this.rich.text, from), NOTHING, "delete");
    this.putAt(from, to, NOTHING, "delete");
  }

  protected putAt(start: number, end: number, by: Rich, step: string): void {
    // What was to be typed next was meant for another place.
    if (start !== this.start || end !== this.end) this.kinds = null;
    [this.start, this.end] = [start, end];
    this.put(by, step);
  }

  /** Put it in the place of the selection. */
  protected put(by: Rich, step: string): void {
    const { start, end, pending } = this;
    const kinds = by.text && !by.entities.length ? this.kinds : null;
    const next = replaced(this.rich, start, end, by, kinds);
    const caret = start + by.text.length;
    const whole = pending && by.text ? blocked(next, pending, caret, caret, this.language) : next;
    const goesOn = kinds && by.text !== "\n" ? kinds : null;
    this.change(whole, caret, caret, step);
    this.kinds = goesOn;
  }

  protected change(rich: Rich, start: number, end: number, step: string): void {
    this.history = stepped(this.history, this.state(), step, Date.now());
    this.become({ rich, start, end });
  }

  protected become({ rich, start, end }: State): void {
    this.rich = rich;
    [this.start, this.end] = [start, end];
    this.kinds = this.pending = null;
    this.shown();
    this.listener.changed(rich);
    this.listener.moved();
  }

  protected state(): State {
    return { rich: this.rich, start: this.start, end: this.end };
  }

  protected travel(back: boolean): void {
    const to = (back ? undone : redone)(this.history, this.state());
    if (!to) return;
    this.history = to.history;
    this.become(to.state);
  }
}
