/** What the browser has selected, holds on its clipboard, and counts as one character. */
import type { Rich } from "../../../ui/markdown.ts";
import type { Point } from "./dom.ts";
import { fromHtml } from "./html.ts";

export function selectionPoints(): Point[] {
  const selection = getSelection();
  if (!selection?.anchorNode || !selection.focusNode) return [];
  return [{ node: selection.anchorNode, offset: selection.anchorOffset }, { node: selection.focusNode, offset: selection.focusOffset }];
}

/** What a paste or drop holds: styled if it comes so, else plain. */
export function pasted(data: DataTransfer): Rich {
  const plain = data.getData("text/plain").replace(/\r\n?/g, "\n");
  const rich = fromHtml(data.getData("text/html"));
  return rich.text ? rich : { text: plain, entities: [] };
}

export function intoView(root: HTMLElement, { node }: Point): void {
  const element = node instanceof Element ? node : node.parentElement;
  if (root.scrollHeight > root.clientHeight) element?.scrollIntoView({ block: "nearest" });
}

const CLUSTERS = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** Where the character before a place begins, as a person counts characters. */
export function clusterBefore(text: string, at: number): number {
  const from = Math.max(0, text.lastIndexOf("\n", at - 2) + 1);
  return [...CLUSTERS.segment(text.slice(from, at))].reduce((_, one) => from + one.index, at);
}

export function clusterAfter(text: string, at: number): number {
  const [first] = CLUSTERS.segment(text.slice(at, at + 100));
  return at + (first?.segment.length ?? 0);
}
