/**
 * The nodes of the field: a `div` for each line, styles inside it. Nodes are made from the model only; what a browser or a
 * keyboard has made of them is read back as text.
 */
import type { Marked } from "../../../ui/entities.ts";
import type { Line } from "./lines.ts";

const TAGS: Partial<Record<Marked["mark"], string>> = { bold: "strong", italic: "em", underline: "u", strike: "s", code: "code" };

/** Bring the nodes to these lines; those that are right already stay as they are. */
export function show(root: HTMLElement, lines: readonly Line[]): void {
  const { ownerDocument: page } = root;
  for (const [at, line] of lines.entries()) {
    const wanted = lineNode(page, line);
    const there = root.childNodes[at];
    if (!there) root.append(wanted);
    else if (!there.isEqualNode(wanted)) there.replaceWith(wanted);
  }
  while (root.childNodes.length > lines.length) root.lastChild?.remove();
}

function lineNode(page: Document, { quote, pre, parts }: Line): HTMLElement {
  const line = page.createElement("div");
  line.className = `line${quote ? " quote" : ""}${pre ? " pre" : ""}`;
  line.dir = "auto";
  if (pre) line.spellcheck = false;
  for (const { text, marks } of parts) {
    let node: Node = page.createTextNode(text);
    for (const mark of [...marks].reverse()) {
      const around = markNode(page, mark);
      around.append(node);
      node = around;
    }
    line.append(node);
  }
  // An empty line has no height without it.
  if (!parts.length) line.append(page.createElement("br"));
  return line;
}

function markNode(page: Document, { mark, value }: Marked): HTMLElement {
  const node = page.createElement(TAGS[mark] ?? "span");
  if (!TAGS[mark]) node.className = mark;
  if (mark === "link") node.title = value;
  return node;
}

const LINES = new Set(["DIV", "P", "LI", "PRE", "BLOCKQUOTE", "UL", "OL", "H1", "H2", "H3"]);
export interface Point {
  node: Node;
  offset: number;
}

/** The text in the nodes, whoever made them, and where each of the given points is in it. */
export function read(root: Node, points: readonly Point[] = []): { text: string; places: number[] } {
  const lines = [""];
  const places = points.map(() => -1);
  /** The line has just begun: a block that begins is this line. */
  let fresh = true;
  /** A block has ended: what comes next is on a line of its own. */
  let closed = false;
  const here = () => lines.reduce((sum, one) => sum + one.length, lines.length - 1);
  const next = () => {
    lines.push("");
    fresh = true;
    closed = false;
  };
  const meet = (node: Node, offset: number, length = Infinity) => {
    for (const [n, point] of points.entries()) {
      if (point.node !== node || (length === Infinity ? point.offset !== offset : false)) continue;
      places[n] = here() + (length === Infinity ? 0 : Math.min(point.offset, length));
    }
  };
  const inline = () => {
    if (closed) next();
    fresh = false;
  };
  const visit = (node: Node): void => {
    if (node.nodeType === TEXT) {
      const words = node.nodeValue ?? "";
      if (words) inline();
      meet(node, 0, words.length);
      lines.push((lines.pop() ?? "") + words);
    } else if (node.nodeName === "BR") {
      inline();
      meet(node, 0);
      // The last of a line stands for the line alone.
      if (node.nextSibling || !isLine(node.parentNode, root)) next();
    } else {
      const line = node !== root && LINES.has(node.nodeName);
      if (line && !fresh) next();
      if (line) closed = false;
      for (const [at, child] of [...node.childNodes].entries()) {
        meet(node, at);
        visit(child);
      }
      meet(node, node.childNodes.length);
      if (line) [fresh, closed] = [false, true];
    }
  };
  visit(root);
  const text = lines.join("\n");
  return { text, places: places.map((one) => (one < 0 ? text.length : one)) };
}

const TEXT = 3;

function isLine(node: Node | null, root: Node): boolean {
  return node !== null && (node === root || LINES.has(node.nodeName));
}

/** Where a place of the text is in nodes that show it. */
export function pointOf(root: HTMLElement, place: number): Point {
  let left = place;
  for (const line of root.children) {
    const { length } = line.textContent ?? "";
    if (left > length) {
      left -= length + 1;
      continue;
    }
    return pointIn(line, left);
  }
  return { node: root, offset: root.childNodes.length };
}

function pointIn(node: Node, place: number): Point {
  let left = place;
  for (const child of node.childNodes) {
    const { length } = child.textContent ?? "";
    if (length && left <= length) return child.nodeType === TEXT ? { node: child, offset: left } : pointIn(child, left);
    left -= length;
  }
  return { node, offset: 0 };
}
