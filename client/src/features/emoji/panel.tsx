/** A grid of emoji: looked for by name, used last, by groups. Arrows move in the grid, Enter chooses. */
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import type { Key } from "../../i18n/index.ts";
import { alarm } from "../../ui/announcer.ts";
import { addLayer } from "../../ui/layers.ts";
import { OFFLINE, RpcError } from "../../wire/errors.ts";
import { describe, useClient } from "../app/index.tsx";
import { loadEmoji } from "./data.ts";
import type { Emoji } from "./find.ts";
import { bare, findEmoji } from "./find.ts";
import type { PanelProps } from "./index.tsx";
import { keepEmoji, recentEmoji } from "./recent.ts";
import "./emoji.css";

/** In the order of the packed list, with what stands for each. */
const GROUPS: readonly (readonly [Key, string])[] = [
  ["emoji.smileys", "😀"],
  ["emoji.people", "👋"],
  ["emoji.nature", "🌿"],
  ["emoji.food", "🍞"],
  ["emoji.travel", "🚲"],
  ["emoji.activities", "⚽"],
  ["emoji.objects", "💡"],
  ["emoji.symbols", "🔣"],
  ["emoji.flags", "🏁"],
];
const FOUND = 90;

interface Section {
  title: string;
  mark: string;
  emoji: readonly Emoji[];
}

export function EmojiPanel({ label, only, onChoose, onClose }: PanelProps) {
  const { trusted } = useClient();
  const place = useRef<HTMLDivElement>(null);
  const [groups, setGroups] = useState<Emoji[][] | null>(null);
  const [wanted, setWanted] = useState("");
  useClosing(place, onClose);
  useEffect(() => {
    loadEmoji().then(setGroups, () => {
      onClose();
      alarm(describe(new RpcError(OFFLINE, 0)));
    });
  }, []);
  const sections = useMemo(() => sectionsOf(groups ?? [], recentEmoji(trusted), only), [groups, wanted.trim() === ""]);
  const all = useMemo(() => (groups ?? []).flat().filter((one) => !only || allowed(only, one)), [groups]);
  const shown = wanted.trim() ? [{ title: t("emoji.found"), mark: "", emoji: findEmoji(all, wanted, FOUND) }] : sections;
  const count = shown.reduce((sum, one) => sum + one.emoji.length, 0);
  const choose = (emoji: string) => {
    keepEmoji(emoji, trusted);
    onChoose(only?.find((one) => bare(one) === bare(emoji)) ?? emoji);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === "Enter" && event.target instanceof HTMLInputElement && !event.isComposing) {
      const first = shown[0]?.emoji[0];
      if (first && wanted.trim()) choose(first.emoji);
    } else if (!move(event, place.current)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div ref={place} class="emoji-panel" role="dialog" aria-label={label} onKeyDown={keys}>
      <input class="input" type="search" aria-label={t("emoji.search")} placeholder={t("emoji.search")} value={wanted} onInput={(event) => setWanted(event.currentTarget.value)} autocomplete="off" spellcheck={false} />
      {!wanted.trim() && sections.length > 1 && <Tabs sections={sections} place={place} />}
      <div class="emoji-grid" tabIndex={-1}>
        {shown.map((section, at) => section.emoji.length > 0 && <Group key={section.title} section={section} start={shown.slice(0, at).every((one) => !one.emoji.length)} onChoose={choose} />)}
        {groups && !count && <p class="hint">{t("emoji.none", { wanted: wanted.trim() })}</p>}
      </div>
      <p class="unseen" role="status">{groups && wanted.trim() ? t("emoji.count", { n: count }) : ""}</p>
    </div>
  );
}

function Tabs({ sections, place }: { sections: readonly Section[]; place: { current: HTMLElement | null } }) {
  const go = (at: number) => {
    const group = place.current?.querySelectorAll<HTMLElement>(".emoji-group")[at];
    group?.scrollIntoView({ block: "start" });
    group?.querySelector<HTMLElement>("button")?.focus({ preventScroll: true });
  };
  return (
    <div class="emoji-tabs" role="group" aria-label={t("emoji.groups")}>
      {sections.map(({ title, mark }, at) => <button key={title} type="button" title={title} aria-label={title} onClick={() => go(at)}>{mark}</button>)}
    </div>
  );
}

function Group({ section, start, onChoose }: { section: Section; start: boolean; onChoose: (emoji: string) => void }) {
  return (
    <section class="emoji-group" aria-label={section.title}>
      <h3>{section.title}</h3>
      <div>
        {section.emoji.map(({ emoji, name }, at) => <button key={emoji} type="button" class="emoji" tabIndex={start && at === 0 ? 0 : -1} aria-label={name} title={name} onClick={() => onChoose(emoji)}>{emoji}</button>)}
      </div>
    </section>
  );
}

function allowed(only: readonly string[], one: Emoji): boolean {
  return only.some((other) => bare(other) === bare(one.emoji));
}

/** What was used last, then the groups; of a short list all in one, in its own order. */
function sectionsOf(groups: Emoji[][], recent: readonly string[], only?: readonly string[]): Section[] {
  const all = new Map(groups.flat().map((one) => [bare(one.emoji), one]));
  const named = (list: readonly string[]) => list.flatMap((emoji) => all.get(bare(emoji)) ?? []);
  if (only) return [{ title: t("emoji.all"), mark: "", emoji: named(only) }];
  const used = { title: t("emoji.recent"), mark: "🕘", emoji: named(recent) };
  return [...(used.emoji.length ? [used] : []), ...groups.map((emoji, at) => ({ title: t(GROUPS[at]?.[0] ?? "emoji.symbols"), mark: GROUPS[at]?.[1] ?? "", emoji }))];
}

/** The panel closes by Escape, Back and a press beside it; the focus returns. */
function useClosing(place: { current: HTMLElement | null }, onClose: () => void): void {
  const back = useRef(document.activeElement);
  const over = useRef(onClose);
  over.current = onClose;
  const close = () => {
    // Where it is in the field meanwhile, it stays there.
    const inside = place.current?.contains(document.activeElement) ?? false;
    over.current();
    if (inside && back.current instanceof HTMLElement) back.current.focus();
  };
  // Wherever the focus is: what lies below, a dialog too, stays.
  const escape = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    close();
  };
  useLayoutEffect(() => {
    // On a phone the keyboard would cover what there is to choose from.
    const first = matchMedia("(pointer: coarse)").matches ? ".emoji-grid" : "input";
    place.current?.querySelector<HTMLElement>(first)?.focus();
    const away = (event: Event) => {
      const inside = event.target instanceof Element && (place.current?.contains(event.target) || event.target.closest("[data-opens-emoji]"));
      if (!inside) over.current();
    };
    addEventListener("pointerdown", away, true);
    addEventListener("keydown", escape, true);
    const remove = addLayer(close);
    return () => {
      removeEventListener("pointerdown", away, true);
      removeEventListener("keydown", escape, true);
      remove();
    };
  }, []);
}

/** Move the focus among the buttons by where they stand; whether the key does so. */
function move(event: KeyboardEvent, place: HTMLElement | null): boolean {
  const { target, key } = event;
  if (!place || !(target instanceof HTMLElement)) return false;
  const buttons = [...place.querySelectorAll<HTMLElement>(".emoji-grid button")];
  const here = buttons.indexOf(target);
  const inField = target instanceof HTMLInputElement;
  if (here < 0 && !(inField && key === "ArrowDown")) return false;
  const rtl = getComputedStyle(place).direction === "rtl";
  const steps: Record<string, number> = { ArrowRight: rtl ? -1 : 1, ArrowLeft: rtl ? 1 : -1 };
  const step = steps[key];
  const row = key === "ArrowDown" || key === "ArrowUp" ? beside(buttons, here, key === "ArrowDown") : undefined;
  const to = step !== undefined ? buttons[here + step] : key === "Home" ? buttons[0] : key === "End" ? buttons.at(-1) : row;
  if (key === "ArrowUp" && here >= 0 && !to) place.querySelector<HTMLElement>("input")?.focus();
  else if (!to) return step !== undefined || row !== undefined;
  for (const one of buttons) one.tabIndex = one === to ? 0 : -1;
  to?.focus();
  return true;
}

/** The nearest button of the next row, or of the one before. */
function beside(buttons: readonly HTMLElement[], here: number, down: boolean): HTMLElement | undefined {
  const from = buttons[here]?.getBoundingClientRect();
  if (!from) return buttons[0];
  const rest = down ? buttons.slice(here + 1) : buttons.slice(0, here).reverse();
  const row = rest.find((one) => Math.abs(one.getBoundingClientRect().top - from.top) > from.height / 2)?.getBoundingClientRect().top;
  if (row === undefined) return undefined;
  const near = (one: HTMLElement) => Math.abs(one.getBoundingClientRect().left - from.left);
  return rest.filter((one) => Math.abs(one.getBoundingClientRect().top - row) < 1).sort((a, b) => near(a) - near(b))[0];
}
