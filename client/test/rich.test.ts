/** The model of the rich field: whatever is done to it, the entities stay as they are shown and sent, and all forms of it say the same. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Point } from "../src/features/composer/rich/dom.ts";
import { read } from "../src/features/composer/rich/dom.ts";
import { fromHtml, toHtml } from "../src/features/composer/rich/html.ts";
import { NO_HISTORY, redone, stepped, undone } from "../src/features/composer/rich/history.ts";
import type { Line } from "../src/features/composer/rich/lines.ts";
import { linesOf } from "../src/features/composer/rich/lines.ts";
import type { Kind } from "../src/features/composer/rich/model.ts";
import { blocked, changeBetween, hasKind, isBlock, isStyle, kindsAt, linked, replaced, settled, sliced, STYLES, toggled } from "../src/features/composer/rich/model.ts";
import { blockStart, converted } from "../src/features/composer/rich/typed.ts";
import { placeShown, sourceOf, shownOf, stylesAt } from "../src/features/composer/written.ts";
import type { Rich } from "../src/ui/markdown.ts";
import { fromMarkdown, readMarkdown } from "../src/ui/markdown.ts";
import type { MessageEntity } from "../src/wire/schema.d.ts";

const RUNS = Number(process.env["PROPERTY_RUNS"] ?? 2000);
const words = fc.string({ unit: fc.constantFrom(..."ab *_`|>\n\n".split(""), "é", "🙂", "👨‍👩‍👧", "ש", "\u200f"), maxLength: 24 });
const KINDS: readonly Kind[] = [...STYLES, "messageEntityPre", "messageEntityBlockquote", "messageEntityTextUrl", "messageEntityMentionName", "messageEntityUrl", "messageEntityCustomEmoji"];
const entity = fc.record({ kind: fc.constantFrom(...KINDS), offset: fc.nat(24), length: fc.nat(12), value: fc.constantFrom("1", "2") }).map(({ kind, offset, length, value }) => ({
  _: kind, offset, length,
  ...(kind === "messageEntityPre" ? { language: value } : kind === "messageEntityTextUrl" ? { url: `https://example.org/${value}` } : kind === "messageEntityMentionName" ? { user_id: value } : kind === "messageEntityCustomEmoji" ? { document_id: value } : {}),
}) as MessageEntity);
const rich = fc.record({ text: words, entities: fc.array(entity, { maxLength: 8 }) });
const edit = fc.record({ what: fc.constantFrom("put", "style", "block", "link", "type"), at: fc.nat(1000), length: fc.nat(6), text: words, kind: fc.constantFrom(...STYLES) });

function edited(before: Rich, { what, at, length, text, kind }: { what: string; at: number; length: number; text: string; kind: (typeof STYLES)[number] }): Rich {
  const start = at % (before.text.length + 1);
  const end = Math.min(before.text.length, start + length);
  if (what === "put") return replaced(before, start, end, { text, entities: [] });
  if (what === "type") {
    const put = replaced(before, start, start, { text: text.slice(0, 1), entities: [] }, kindsAt(before, start));
    return converted(put, start + text.slice(0, 1).length)?.rich ?? put;
  }
  if (what === "block") return blocked(before, length % 2 ? "messageEntityPre" : "messageEntityBlockquote", start, end);
  if (start === end) return before;
  return what === "style" ? toggled(before, kind, start, end) : linked(before, start, end, length % 2 ? "https://example.org/" : "");
}

function check({ text, entities }: Rich): void {
  assert.deepEqual(settled({ text, entities }), { text, entities });
  for (const [n, one] of entities.entries()) {
    const end = one.offset + one.length;
    assert.ok(one.offset >= 0 && one.length > 0 && end <= text.length);
    for (const at of [one.offset, end]) assert.ok(!(/[\ud800-\udbff]/.test(text[at - 1] ?? "") && /[\udc00-\udfff]/.test(text[at] ?? "")), "a character is cut");
    if (isBlock(one._)) assert.ok(one.offset === 0 || text[one.offset - 1] === "\n", "a block begins a line");
    for (const other of entities.slice(n + 1)) {
      const touch = other.offset < end;
      const code = (kind: Kind) => kind === "messageEntityCode" || kind === "messageEntityPre";
      if (touch) assert.ok(!(code(one._) && !isBlock(other._)) && !(code(other._) && isStyle(one._)), "code has no style");
      if (one._ === other._ && isStyle(one._)) assert.ok(other.offset > end, "styles are joined");
    }
  }
}

test("settling is done once, and keeps the text", () => {
  fc.assert(fc.property(rich, (given) => {
    const once = settled(given);
    assert.equal(once.text, given.text);
    check(once);
  }), { numRuns: RUNS });
});

test("of two blocks that overlap the second begins on a line of its own", () => {
  const pre = (offset: number, length: number, language: string): MessageEntity => ({ _: "messageEntityPre", offset, length, language });
  for (const [text, second] of [["aaaa\na\n", []], ["aaaa\na\nbb", [pre(7, 2, "2")]]] as const) {
    const once = settled({ text, entities: [pre(0, 6, "1"), pre(5, text.length - 5, "2")] });
    check(once);
    assert.deepEqual(once.entities, [pre(0, 6, "1"), ...second]);
  }
});

test("entities stay valid whatever is edited", () => {
  fc.assert(fc.property(rich, fc.array(edit, { maxLength: 12 }), (given, edits) => {
    let now = settled(given);
    for (const one of edits) {
      now = edited(now, one);
      check(now);
    }
  }), { numRuns: RUNS });
});

interface Fake { nodeType: number; nodeName: string; nodeValue: string | null; childNodes: Fake[]; parentNode: Fake | null; nextSibling: Fake | null }

function fake(nodeName: string, inside: Fake[] | string): Fake {
  const made: Fake = { nodeType: nodeName === "#text" ? 3 : 1, nodeName, nodeValue: typeof inside === "string" ? inside : null, childNodes: typeof inside === "string" ? [] : inside, parentNode: null, nextSibling: null };
  for (const [at, child] of made.childNodes.entries()) {
    child.parentNode = made;
    child.nextSibling = made.childNodes[at + 1] ?? null;
  }
  return made;
}

/** The nodes as dom.ts makes them. */
function nodesOf(lines: readonly Line[]): Fake {
  return fake("DIV", lines.map(({ parts }) => fake("DIV", parts.length ? parts.map(({ text, marks }) => marks.reduce((inner, { mark }) => fake(mark === "bold" ? "STRONG" : "SPAN", [inner]), fake("#text", text))) : [fake("BR", [])])));
}
const textOf = (root: Fake, points: { node: Fake; offset: number }[] = []) => read(root as unknown as Node, points as unknown as Point[]);

test("the text of the nodes is the text of the model, and each place is found in it", () => {
  fc.assert(fc.property(rich, fc.array(edit, { maxLength: 6 }), (given, edits) => {
    const now = edits.reduce(edited, settled(given));
    const root = nodesOf(linesOf(now));
    assert.equal(textOf(root).text, now.text);
    let start = 0;
    for (const line of root.childNodes) {
      let at = start;
      for (const child of line.childNodes) {
        let leaf = child;
        while (leaf.childNodes[0]) leaf = leaf.childNodes[0];
        const length = leaf.nodeValue?.length ?? 0;
        for (let offset = 0; offset <= length; offset++) if (leaf.nodeType === 3) assert.deepEqual(textOf(root, [{ node: leaf, offset }]).places, [at + offset]);
        at += length;
      }
      assert.deepEqual(textOf(root, [{ node: line, offset: 0 }]).places, [start]);
      start = at + 1;
    }
  }), { numRuns: RUNS / 4 });
});

test("nodes that a keyboard has made are read", () => {
  const text = (value: string) => fake("#text", value);
  const [div, span, br] = [(...inside: Fake[]) => fake("DIV", inside), (...inside: Fake[]) => fake("SPAN", inside), () => fake("BR", [])];
  const cases: [Fake, string][] = [
    [div(text("a")), "a"],
    [div(), ""],
    [div(br()), ""],
    [div(text("a"), div(text("b"))), "a\nb"],
    [div(text("a"), br(), text("b")), "a\nb"],
    [div(div(text("a")), text("b")), "a\nb"],
    [div(div(div(text("a"))), div(div(br())), div(span(text("b"), br()))), "a\n\nb\n"],
    [div(div(text("a"), br(), br())), "a\n"],
    [div(div(text("a\nb"))), "a\nb"],
    [div(div(br()), div(text("a"))), "\na"],
    [div(text(""), div(text("a"))), "a"],
  ];
  for (const [root, wanted] of cases) assert.equal(textOf(root).text, wanted);
});

test("the lines say what the entities say", () => {
  fc.assert(fc.property(rich, (given) => {
    const now = settled(given);
    let at = 0;
    for (const line of linesOf(now)) {
      for (const { text, marks } of line.parts) {
        for (const kind of STYLES) assert.equal(marks.some((one) => kind.toLowerCase().endsWith(one.mark)), hasKind(now, kind, at, at + text.length), kind);
        at += text.length;
      }
      at++;
    }
  }), { numRuns: RUNS });
});

test("what is copied is pasted again", () => {
  const plain = fc.string({ unit: fc.constantFrom(..."ab&<\"\n".split(""), "é", "🙂"), minLength: 1, maxLength: 16 });
  fc.assert(fc.property(plain, fc.array(entity, { maxLength: 6 }), (text, entities) => {
    // Blank edges are not kept, an empty line at the end of a block neither.
    const now = settled({ text: text.trim().replace(/\n+/g, "\n"), entities: entities.filter((one) => one._ !== "messageEntityCustomEmoji" && !(isBlock(one._))) });
    const spaced = now.entities.every((one) => now.text.slice(one.offset, one.offset + one.length).trim().length === one.length);
    fc.pre(spaced);
    assert.deepEqual(split(fromHtml(toHtml(now))), split(now));
  }), { numRuns: RUNS });
  for (const source of ["> a\n> b", "```py\nx = 1\ny\n```", "a\n> b\nc", "> a\n```\nb\n```\n||c||"]) {
    const now = settled(fromMarkdown(source));
    assert.deepEqual(fromHtml(toHtml(now)), now, source);
  }
});

/** A style over several lines is cut at them when it is copied. */
function split(given: Rich): unknown[] {
  return linesOf(given).map((line) => line.parts.map(({ text, marks }) => [text, marks.map((one) => [one.mark, one.value]).sort()]));
}

test("foreign HTML becomes what a message can say", () => {
  const cases: [string, string, [string, number, number][]][] = [
    ["<p>one <b>two</b></p><p>three</p>", "one two\n\nthree", [["messageEntityBold", 4, 3]]],
    ["<ul><li>a</li><li><i>b</i></li></ul>", "• a\n• b", [["messageEntityItalic", 6, 1]]],
    ["<ol><li>a<li>b</ol>after", "1. a\n2. b\n\nafter", []],
    ['<a href="https://example.org/?a=1&amp;b=2">x</a>', "x", [["messageEntityTextUrl", 0, 1]]],
    ['<a href="javascript:alert(1)">x</a>', "x", []],
    ["<script>alert(1)</script><style>p{}</style>a", "a", []],
    ["<b style='font-weight:normal'><span style='font-weight:700'>a</span> b</b>", "a b", [["messageEntityBold", 0, 1]]],
    ["a<br>b<div>c</div>d", "a\nb\nc\nd", []],
    ["<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a\tb\t\nc", []],
    ["a < b &amp; c &#x1F642; &unknown; &#0;", "a < b & c 🙂 &unknown; &#0;", []],
    ["<html><body><!--StartFragment-->in<!--EndFragment--></body></html>", "in", []],
    ["<pre>a\n  b</pre>", "a\n  b", [["messageEntityPre", 0, 5]]],
    ["<p>a</p>\n\n  <p>b</p>", "a\n\nb", []],
    ["<b>unclosed <i>a", "unclosed a", [["messageEntityBold", 0, 10], ["messageEntityItalic", 9, 1]]],
  ];
  for (const [html, text, entities] of cases) {
    const found = fromHtml(html);
    assert.deepEqual([found.text, found.entities.map((one) => [one._, one.offset, one.length])], [text, entities], html);
  }
});

test("any HTML is read without a fault, however long and broken", () => {
  const piece = fc.constantFrom("<b>", "</b>", "<a href='", "'>", "<", ">", "&amp", ";", "<!--", "-->", "<li>", "<ul>", "</ul>", "<pre>", "x", " ", "\n", "<p", '"', "<br/>", "<svg>");
  fc.assert(fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => check(fromHtml(pieces.join("")))), { numRuns: RUNS });
  // Read once from beginning to end: a reader that looks back at each piece would take minutes.
  for (const deep of ["<b>", "<a ", '<a "', "<a '<b \"", "<!--", "<!", "</", "<ul><li>", "<p>a ", "&lt;"]) fromHtml(`${deep.repeat(100_000)}x`);
});

/** Type a text key by key, as the editor does. */
function typed(keys: string): Rich {
  let now: Rich = { text: "", entities: [] };
  let caret = 0;
  let kinds: ReadonlySet<Kind> | null = null;
  for (const key of keys) {
    now = replaced(now, caret, caret, { text: key, entities: [] }, kinds);
    caret += key.length;
    const made = converted(now, caret);
    if (made) [now, caret, kinds] = [made.rich, made.caret, made.kinds];
  }
  return now;
}

test("marks are taken while they are typed", () => {
  const short = ({ text, entities }: Rich) => [text, ...entities.map((one) => `${one._.slice("messageEntity".length)} ${one.offset} ${one.length}`)];
  assert.deepEqual(short(typed("a **b** c")), ["a b c", "Bold 2 1"]);
  assert.deepEqual(short(typed("**b _i_ b**")), ["b i b", "Bold 0 5", "Italic 2 1"]);
  assert.deepEqual(short(typed("__u__ ~~s~~ ||p|| `c*d*`")), ["u s p c*d*", "Underline 0 1", "Strike 2 1", "Spoiler 4 1", "Code 6 4"]);
  assert.deepEqual(short(typed("*i* [x](https://example.org/a) y")), ["i x y", "Italic 0 1", "TextUrl 2 1"]);
  for (const text of ["snake_case_name", "2 * 3 * 4", "2*3*4", "a ** b ** c", "a || b || c", "** a**", "[x](javascript:alert(1))", "``", "****", "\\*a*"]) assert.deepEqual(short(typed(text)), [text], text);
  assert.deepEqual(blockStart({ text: "a\n> ", entities: [] }, 4, false), { kind: "messageEntityBlockquote", language: "", from: 2 });
  assert.deepEqual(blockStart({ text: "```py", entities: [] }, 5, true), { kind: "messageEntityPre", language: "py", from: 0 });
  assert.equal(blockStart({ text: "a > ", entities: [] }, 4, false), null);
});

test("what is typed goes on as what is before it, but not a link or code", () => {
  const bold: Rich = { text: "ab", entities: [{ _: "messageEntityBold", offset: 0, length: 2 }] };
  assert.equal(replaced(bold, 2, 2, { text: "c", entities: [] }).entities[0]?.length, 3);
  assert.equal(replaced(bold, 0, 0, { text: "c", entities: [] }).entities[0]?.offset, 1);
  assert.deepEqual(replaced(bold, 0, 2, { text: "corrected", entities: [] }).entities[0]?.length, 9);
  for (const kind of ["messageEntityCode", "messageEntityTextUrl"] as const) {
    const one = { _: kind, offset: 0, length: 2, ...(kind === "messageEntityTextUrl" ? { url: "https://example.org/" } : {}) } as MessageEntity;
    assert.equal(replaced({ text: "ab", entities: [one] }, 2, 2, { text: "c", entities: [] }).entities[0]?.length, 2);
  }
});

test("the change between two texts makes one of the other", () => {
  fc.assert(fc.property(words, words, fc.nat(30), (before, after, caret) => {
    const { start, end, text } = changeBetween(before, after, caret);
    assert.equal(before.slice(0, start) + text + before.slice(end), after);
  }), { numRuns: RUNS });
  assert.deepEqual(changeBetween("aa", "aaa", 2), { start: 1, end: 1, text: "a" });
});

test("undo goes back through every step, redo forward again", () => {
  fc.assert(fc.property(fc.array(fc.constantFrom("type", "", "space"), { minLength: 1, maxLength: 20 }), (steps) => {
    let history = NO_HISTORY;
    const state = (n: number) => ({ rich: { text: "x".repeat(n), entities: [] }, start: n, end: n });
    for (const [n, kind] of steps.entries()) history = stepped(history, state(n), kind, n * 2000);
    let now = state(steps.length);
    for (let n = steps.length - 1; n >= 0; n--) {
      const back = undone(history, now);
      assert.equal(back?.state.rich.text.length, n);
      if (back) [history, now] = [back.history, back.state];
    }
    assert.equal(undone(history, now), null);
    for (let n = 1; n <= steps.length; n++) {
      const on = redone(history, now);
      assert.equal(on?.state.rich.text.length, n);
      if (on) [history, now] = [on.history, on.state];
    }
  }), { numRuns: 200 });
  const one = stepped(stepped(NO_HISTORY, { rich: { text: "", entities: [] }, start: 0, end: 0 }, "type", 1000), { rich: { text: "a", entities: [] }, start: 1, end: 1 }, "type", 1500);
  assert.equal(one.past.length, 1, "what is typed in one go is one step");
});

test("the plain field and the rich one say the same", () => {
  for (const source of ["**a** _b_ `c`", "[Ada](tg://user?id=5) here", "> a\n> b"]) {
    const now = shownOf({ text: source, marks: true });
    assert.equal(sourceOf({ ...now, marks: false }), source);
  }
  assert.deepEqual(fromMarkdown("[Ada](tg://user?id=5)").entities, [{ _: "messageEntityMentionName", offset: 0, length: 3, user_id: "5" }]);
  fc.assert(fc.property(words, fc.nat(30), (source, at) => {
    const place = placeShown(source, Math.min(at, source.length));
    assert.ok(place >= 0 && place <= readMarkdown(source).text.length);
  }), { numRuns: RUNS });
  assert.equal(placeShown("**ab** c", 3), 1);
  assert.equal(placeShown("**ab** c", 7), 3);
  assert.deepEqual([...stylesAt("**ab** c", 4)], ["messageEntityBold"]);
  assert.deepEqual([...stylesAt("**ab** c", 6)], []);
});

test("a part is cut out with its styles", () => {
  const bold: Rich = { text: "abcd", entities: [{ _: "messageEntityBold", offset: 1, length: 2 }] };
  assert.deepEqual(sliced(bold, 2, 4), { text: "cd", entities: [{ _: "messageEntityBold", offset: 0, length: 1 }] });
});
