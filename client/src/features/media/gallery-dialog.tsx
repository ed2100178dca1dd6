/** The pictures and videos of a chat over the page, one at a time. */
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { full } from "../../i18n/times.ts";
import { alarm } from "../../ui/announcer.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Icon } from "../../ui/icon.tsx";
import { describe, go, useClient, useName } from "../app/index.tsx";
import { reporting } from "../report/index.tsx";
import { addressOf, forget, sizeFor } from "./address.ts";
import type { Item } from "./gallery.ts";
import { itemOf, neighbours } from "./gallery.ts";
import { mediaKey } from "./keys.ts";
import type { StageHandle } from "./stage.tsx";
import { Stage } from "./stage.tsx";
import { STEP, WHOLE } from "./zoom.ts";

const LARGE = 2560;
/** So near to an end the next ones are asked for. */
const NEAR = 5;
const NUDGE = 80;

interface Run {
  items: readonly Item[];
  ends: { older: boolean; newer: boolean };
}

export function GalleryDialog({ chat, first, onClose }: { chat: string; first: Item; onClose: () => void }) {
  const { run, item, step, mayStep, renew } = useRun(chat, first);
  const [view, setView] = useState(WHOLE);
  const [shown, setShown] = useState<ReadonlySet<number>>(new Set([first.id]));
  const stage = useRef<StageHandle>(null);
  const name = useName(item.from, true);
  const leaving = useRef(onClose);
  useEffect(() => leaving.current, []);
  useEffect(() => setView(WHOLE), [item.id]);
  const title = item.from ? name : t("media.photo");
  const kind = t(item.file._ === "photo" ? "media.photo" : "media.video");
  const label = item.id ? t("viewer.label", { kind, name, when: full(item.at) }) : kind;
  const covered = item.spoiler && !shown.has(item.id);
  const isPicture = item.file._ === "photo" && !covered;
  const keys = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { target, key } = event;
    if (target instanceof HTMLMediaElement && (mediaKey(target, key) || key.startsWith("Arrow"))) return void (key.startsWith("Arrow") || event.preventDefault());
    const act = keyOfViewer(key, isRightToLeft(event.currentTarget), view.scale > 1, step, stage.current);
    if (!act) return;
    event.preventDefault();
    act();
  };
  const toMessage = () => {
    onClose();
    go(`/app/c/${chat}/${item.id}`);
  };
  return (
    <Dialog title={title} closeLabel={t("dialog.close")} onClose={onClose} whole onKeyDown={keys}>
      <div class="viewer">
        <p class="unseen" role="status">{label}</p>
        <div class="viewer-main">
          {covered ? <button type="button" class="secondary viewer-cover" onClick={() => setShown(new Set([...shown, item.id]))}>{t("media.show")}</button> : <Shown key={item.id} item={item} label={label} view={view} onView={setView} handle={stage} onSwipe={(right, turned) => step(right === turned ? 1 : -1)} renew={renew} />}
          {run.items.length > 1 || !run.ends.older || !run.ends.newer ? (
            <>
              <button type="button" class="round viewer-step previous" aria-label={t("viewer.previous")} aria-disabled={!mayStep(-1)} onClick={() => step(-1)}><Icon name="back" /></button>
              <button type="button" class="round viewer-step next" aria-label={t("viewer.next")} aria-disabled={!mayStep(1)} onClick={() => step(1)}><Icon name="next" /></button>
            </>
          ) : null}
        </div>
        {item.text && <p class="viewer-text" dir="auto" tabIndex={0} role="region" aria-label={t("viewer.text")}>{item.text}</p>}
        <div class="viewer-tools">
          {isPicture && (
            <>
              <button type="button" class="round" aria-label={t("viewer.smaller")} aria-disabled={view.scale <= 1} onClick={() => stage.current?.zoom(1 / STEP)}><Icon name="minus" /></button>
              <output aria-label={t("viewer.zoom")}>{t("viewer.percent", { n: Math.round(view.scale * 100) })}</output>
              <button type="button" class="round" aria-label={t("viewer.larger")} onClick={() => stage.current?.zoom(STEP)}><Icon name="new" /></button>
            </>
          )}
          <a class="round" aria-label={t("media.save")} {...saved(item)}><Icon name="save" /></a>
          {item.id > 0 && !item.out && <button type="button" class="round" aria-label={t("message.report")} onClick={() => (reporting.value = { chat, ids: [item.id] })}><Icon name="flag" /></button>}
          {item.id > 0 && <button type="button" class="round" aria-label={t("viewer.message")} onClick={toMessage}><Icon name="message" /></button>}
        </div>
      </div>
    </Dialog>
  );
}

/** The picture or video itself. A reference that has gone stale is renewed once. */
function Shown(props: { item: Item; label: string; view: typeof WHOLE; onView: (view: typeof WHOLE) => void; handle: { current: StageHandle | null }; onSwipe: (right: boolean, turned: boolean) => void; renew: (item: Item) => Promise<void> }) {
  const { item, label, renew } = props;
  const [tries, setTries] = useState(0);
  const fault = () => {
    forget(item.file);
    if (tries) return setTries(2);
    void renew(item).catch(() => {}).then(() => setTries(1));
  };
  const size = item.file._ === "photo" ? sizeFor(item.file, LARGE) : null;
  if (tries > 1 || (item.file._ === "photo" && !size)) return <p class="viewer-cover" role="alert">{t("media.gone")}</p>;
  if (!size) return <video key={tries} class="viewer-video" controls playsInline preload="metadata" src={addressOf(item.file, "-")} aria-label={label} onError={fault} />;
  const swipe = (right: boolean) => props.onSwipe(right, isRightToLeft(document.body));
  return <Stage key={tries} src={addressOf(item.file, size.label)} alt={label} width={size.width} height={size.height} view={props.view} onView={props.onView} handle={props.handle} onSwipe={swipe} onError={fault} />;
}

function saved(item: Item): { href: string; download: string } {
  if (item.file._ === "photo") {
    const name = `photo-${item.file.id}.jpg`;
    return { href: addressOf(item.file, sizeFor(item.file, LARGE)?.label ?? "x", name), download: name };
  }
  const named = item.file.attributes.find((one) => one._ === "documentAttributeFilename");
  const name = named?._ === "documentAttributeFilename" ? named.file_name : "";
  return { href: addressOf(item.file, "-", name), download: name };
}

function isRightToLeft(place: EventTarget | null): boolean {
  return place instanceof Element && getComputedStyle(place).direction === "rtl";
}

/** What a key does; the arrows move a picture that is larger than its stage. */
function keyOfViewer(key: string, turned: boolean, larger: boolean, step: (by: number) => void, stage: StageHandle | null): (() => void) | null {
  const [left, right] = [key === "ArrowLeft", key === "ArrowRight"];
  if (larger && stage && key.startsWith("Arrow")) {
    const by = { ArrowLeft: [NUDGE, 0], ArrowRight: [-NUDGE, 0], ArrowUp: [0, NUDGE], ArrowDown: [0, -NUDGE] }[key] ?? [0, 0];
    return () => stage.move(by[0] ?? 0, by[1] ?? 0);
  }
  if (left || right) return () => step(right === turned ? -1 : 1);
  if (key === "PageUp") return () => step(-1);
  if (key === "PageDown") return () => step(1);
  const factor = { "+": STEP, "=": STEP, "-": 1 / STEP, "0": 0 }[key];
  return factor === undefined || !stage ? null : () => stage.zoom(factor);
}

/** The run of items around the one that is shown. */
function useRun(chat: string, first: Item) {
  const client = useClient();
  const alone = !first.id;
  const [run, setRun] = useState<Run>({ items: [first], ends: { older: alone, newer: alone } });
  const [at, setAt] = useState(first.id);
  const asking = useRef({ older: false, newer: false });
  const index = Math.max(0, run.items.findIndex((one) => one.id === at));
  const item = run.items[index] ?? first;
  const ask = (side: "older" | "newer") => {
    const edge = side === "newer" ? run.items.at(-1) : run.items[0];
    if (!edge || run.ends[side] || asking.current[side]) return;
    asking.current[side] = true;
    neighbours(client, chat, edge.id, side === "newer").then(
      ({ items, end }) => setRun((before) => ({ items: side === "newer" ? [...before.items, ...items] : [...items, ...before.items], ends: { ...before.ends, [side]: end } })),
      (error: unknown) => alarm(describe(error)),
    ).finally(() => (asking.current[side] = false));
  };
  useEffect(() => {
    if (index < NEAR) ask("older");
    if (index >= run.items.length - NEAR) ask("newer");
  }, [index, run]);
  const mayStep = (by: number) => index + by >= 0 && index + by < run.items.length;
  const step = (by: number) => {
    const next = run.items[index + by];
    if (next) setAt(next.id);
  };
  const renew = async (old: Item) => {
    if (!old.id) return;
    await client.load.messages(chat, [old.id]);
    const message = client.store.history(chat).messages.get(old.id);
    const made = message ? itemOf(message) : null;
    if (made) setRun((before) => ({ ...before, items: before.items.map((one) => (one.id === old.id ? made : one)) }));
  };
  return { run, item, step, mayStep, renew };
}
