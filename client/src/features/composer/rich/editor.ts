/**
 * Between the model and an element that can be edited. What `beforeinput` announces is done to the model, and the nodes follow;
 * what an input method, a dictation or a keyboard does by itself is read back from the nodes.
 */
import type { Rich } from "../../../ui/markdown.ts";
import type { Field, Place } from "../field.ts";
import { commandOf, styleOf } from "./commands.ts";
import type { Point } from "./dom.ts";
import { pointOf, read, show } from "./dom.ts";
import { NO_HISTORY, stepped } from "./history.ts";
import { toHtml } from "./html.ts";
import { linesOf } from "./lines.ts";
import type { Kind } from "./model.ts";
import { changeBetween, replaced, settled, sliced } from "./model.ts";
import { intoView, pasted, selectionPoints } from "./selection.ts";
import { MARKS } from "./typed.ts";
import type { Listener } from "./writing.ts";
import { Writing } from "./writing.ts";

export class Editor extends Writing implements Field {
  readonly element: HTMLElement;
  private composing = false;
  /** The nodes have been changed by others than this. */
  private foreign = false;
  private readonly ends = new AbortController();

  constructor(element: HTMLElement, listener: Listener) {
    super(listener);
    this.element = element;
    const { signal } = this.ends;
    element.addEventListener("beforeinput", (event) => this.before(event), { signal });
    element.addEventListener("input", () => this.after(), { signal });
    element.addEventListener("compositionstart", () => this.compose(true), { signal });
    element.addEventListener("compositionend", () => this.compose(false), { signal });
    element.addEventListener("copy", (event) => this.copy(event), { signal });
    element.addEventListener("cut", (event) => this.copy(event) && this.put({ text: "", entities: [] }, "cut"), { signal });
  }

  protected shown(): void {
    this.render(true);
  }

  close(): void {
    this.ends.abort();
  }

  /** Show another text; what was done to the one before cannot be undone in it. */
  load(rich: Rich): void {
    this.rich = settled(rich);
    this.history = NO_HISTORY;
    this.kinds = this.pending = null;
    this.start = this.end = this.rich.text.length;
    this.render(document.activeElement === this.element);
    this.listener.moved();
  }

  place(): Place {
    this.takeSelection();
    return { text: this.rich.text, start: this.start, end: this.end };
  }

  /** `kinds`: the styles of what is typed next. */
  select(start: number, end: number, kinds: ReadonlySet<Kind> | null = null): void {
    [this.start, this.end] = [start, end];
    this.kinds = kinds;
    this.render(true);
  }

  replace(start: number, end: number, by: Rich): void {
    this.element.focus();
    this.putAt(start, end, by, "");
  }

  /** Called for each key that nobody else took. */
  key(event: KeyboardEvent): void {
    this.takeSelection();
    const command = commandOf(event);
    if (!command) return;
    event.preventDefault();
    if (command === "undo" || command === "redo") this.travel(command === "undo");
    else if (command === "link") this.listener.moved();
    else if (command === "messageEntityBlockquote") this.block(command);
    else this.style(command);
  }

  selectionMoved(): void {
    if (this.composing || document.activeElement !== this.element) return;
    const { start, end } = this;
    this.takeSelection();
    if (start === this.start && end === this.end) return;
    if (this.pending) {
      this.pending = null;
      this.render(true);
    }
    this.kinds = null;
    this.listener.moved();
  }

  paste(event: ClipboardEvent): void {
    const data = event.clipboardData;
    if (!data) return;
    event.preventDefault();
    this.takeSelection();
    this.put(pasted(data), "");
  }

  private before(event: InputEvent): void {
    // What belongs to a composition is read back.
    if (this.composing || event.isComposing || !event.cancelable || event.inputType.includes("Composition")) return;
    this.takeSelection();
    const [range] = event.getTargetRanges();
    const target = range ? this.placesOf([{ node: range.startContainer, offset: range.startOffset }, { node: range.endContainer, offset: range.endOffset }]) : [this.start, this.end];
    const [from = this.start, to = this.end] = target;
    if (this.act(event, from, to)) event.preventDefault();
  }

  /** Do what is announced; false: the browser may do it, and is read afterwards. */
  private act(event: InputEvent, from: number, to: number): boolean {
    const { inputType: kind, data, dataTransfer } = event;
    const style = styleOf(kind);
    if (kind === "insertText" && data !== null) this.type(data);
    else if (kind === "insertParagraph" || kind === "insertLineBreak") this.enter();
    else if (kind === "insertReplacementText" || kind === "insertFromYank") this.putAt(from, to, { text: data ?? dataTransfer?.getData("text/plain") ?? "", entities: [] }, "");
    else if (kind.startsWith("insertFrom") && dataTransfer) this.putAt(from, to, pasted(dataTransfer), "");
    else if (kind === "deleteByCut") return true;
    else if (kind.startsWith("delete")) this.remove(kind, from, to);
    else if (kind === "historyUndo" || kind === "historyRedo") this.travel(kind === "historyUndo");
    else if (style) this.style(style);
    else return kind.startsWith("format");
    return true;
  }

  private compose(begins: boolean): void {
    this.takeSelection();
    this.composing = begins;
    if (begins) this.history = stepped(this.history, this.state(), "", Date.now());
    // In some browsers its last input comes after its end.
    else this.takeNodes(true);
  }

  private after(): void {
    this.takeNodes(!this.composing);
  }

  /** Somebody else has written into the nodes: the model becomes what they say. */
  private takeNodes(ended: boolean): void {
    const { text, places } = read(this.element, selectionPoints());
    const [from = text.length, to = from] = places;
    const change = changeBetween(this.rich.text, text, Math.max(from, to));
    const before = this.state();
    if (text !== this.rich.text) {
      const by = { text: change.text, entities: [] };
      this.rich = replaced(this.rich, change.start, change.end, by, change.text ? this.kinds : null);
      this.foreign = true;
      if (!this.composing && !ended) this.history = stepped(this.history, before, "read", Date.now());
    }
    [this.start, this.end] = [Math.min(from, to), Math.max(from, to)];
    if (ended && this.foreign) {
      this.foreign = false;
      this.kinds = null;
      this.render(true);
      if (change.text && MARKS.test(change.text.at(-1) ?? "")) this.convert();
    }
    if (text !== before.rich.text) this.listener.changed(this.rich);
    this.listener.moved();
  }

  private render(focused: boolean): void {
    show(this.element, linesOf(this.rich, this.pending ? { at: this.start, kind: this.pending } : null));
    if (!focused || document.activeElement !== this.element) return;
    const [from, to] = [pointOf(this.element, this.start), pointOf(this.element, this.end)];
    getSelection()?.setBaseAndExtent(from.node, from.offset, to.node, to.offset);
    if (this.start === this.end) intoView(this.element, from);
  }

  /** Where the browser has the selection now. */
  private takeSelection(): void {
    const points = selectionPoints();
    if (points.length !== 2 || !points.every((one) => this.element.contains(one.node))) return;
    const [from = 0, to = 0] = this.placesOf(points);
    [this.start, this.end] = [Math.min(from, to), Math.max(from, to)];
  }

  private placesOf(points: readonly Point[]): number[] {
    return read(this.element, points).places.map((one) => Math.min(one, this.rich.text.length));
  }

  private copy(event: ClipboardEvent): boolean {
    this.takeSelection();
    if (this.start === this.end || !event.clipboardData) return false;
    const part = sliced(this.rich, this.start, this.end);
    event.clipboardData.setData("text/plain", part.text);
    event.clipboardData.setData("text/html", toHtml(settled(part)));
    event.preventDefault();
    return true;
  }
}
