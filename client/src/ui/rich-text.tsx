/** Text with its entities as nodes. Nothing of it is ever read as HTML. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { MessageEntity } from "../wire/schema.d.ts";
import { calm } from "./calm.ts";
import type { Marked, Part } from "./entities.ts";
import { misleads, partsOf } from "./entities.ts";

export interface Links {
  /** Said before a link is followed whose words show another address. */
  ask: (address: string) => void;
  /** What a hidden passage is called until it is shown. */
  hidden: string;
  mention: (value: string) => string;
}

export function RichText({ text, entities, links }: { text: string; entities: readonly MessageEntity[]; links: Links }) {
  if (!entities.length) return <>{calm(text)}</>;
  const parts = partsOf(text, entities);
  return <>{grouped(parts, 0, links)}</>;
}

/** Nest the marks: neighbours under the same entity share one element. */
function grouped(all: readonly Part[], depth: number, links: Links): ComponentChildren[] {
  let parts = all;
  const out: ComponentChildren[] = [];
  for (let at = 0; at < parts.length; ) {
    const part = parts[at];
    const mark = part?.marks[depth];
    let end = at + 1;
    if (!mark) {
      out.push(part && calm(part.text));
      at = end;
      continue;
    }
    while (same(parts[end]?.marks[depth], mark)) end++;
    const under = parts.slice(at, end);
    const next = parts[end];
    // A block ends its line by itself: the line break after it would be an empty line.
    if ((mark.mark === "quote" || mark.mark === "pre") && next?.text.startsWith("\n")) {
      parts = parts.with(end, { ...next, text: next.text.slice(1) });
    }
    const inside = grouped(under, depth + 1, links);
    out.push(<Marking key={at} mark={mark} text={under.map((one) => one.text).join("")} links={links}>{inside}</Marking>);
    at = end;
  }
  return out;
}

function same(a: Marked | undefined, b: Marked): boolean {
  return a !== undefined && a.mark === b.mark && a.at === b.at && a.value === b.value;
}

function Marking({ mark, text, links, children }: { mark: Marked; text: string; links: Links; children: ComponentChildren }) {
  switch (mark.mark) {
    case "bold":
      return <strong>{children}</strong>;
    case "italic":
      return <em>{children}</em>;
    case "underline":
      return <u>{children}</u>;
    case "strike":
      return <s>{children}</s>;
    case "code":
      return <code>{children}</code>;
    case "pre":
      return <pre tabIndex={0}><code>{children}</code></pre>;
    case "quote":
      return <blockquote>{children}</blockquote>;
    case "spoiler":
      return <Spoiler label={links.hidden}>{children}</Spoiler>;
    case "link":
      return mark.value ? <Link href={mark.value} text={text} links={links}>{children}</Link> : <>{children}</>;
    case "mention":
      return <a class="mention" href={links.mention(mark.value)}>{children}</a>;
    default:
      return <span class={mark.mark}>{children}</span>;
  }
}

function Link({ href, text, links, children }: { href: string; text: string; links: Links; children: ComponentChildren }) {
  const check = (event: MouseEvent) => {
    if (!misleads(text, href)) return;
    event.preventDefault();
    links.ask(href);
  };
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow" title={href} onClick={check}>
      <bdi>{children}</bdi>
    </a>
  );
}

function Spoiler({ label, children }: { label: string; children: ComponentChildren }) {
  const [shown, show] = useState(false);
  if (shown) return <span class="spoiler shown">{children}</span>;
  return (
    <button type="button" class="spoiler" aria-label={label} onClick={() => show(true)}>
      <span aria-hidden="true">{children}</span>
    </button>
  );
}
