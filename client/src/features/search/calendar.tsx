/** Choose the day to go to; days with pictures have a dot. */
import { useEffect, useRef, useState } from "preact/hooks";
import { lang, t } from "../../i18n/index.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Icon } from "../../ui/icon.tsx";
import { useClient } from "../app/index.tsx";
import { daysWith } from "./actions.ts";
import type { Month } from "./months.ts";
import { moved, numberOf, weeksOf, written } from "./months.ts";

const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

export function Calendar({ chat, onPick, onClose }: { chat: string; onPick: (day: string) => void; onClose: () => void }) {
  const client = useClient();
  const now = new Date(client.store.now() * 1000);
  const today: Month = { year: now.getFullYear(), month: now.getMonth() };
  const last = numberOf(today, now.getDate());
  const [shown, setShown] = useState(today);
  const [marked, setMarked] = useState<ReadonlySet<number>>(new Set());
  const grid = useRef<HTMLTableElement>(null);
  const monday = lang() === "en" ? 0 : 1;
  useEffect(() => {
    let over = false;
    const next = moved(shown, 1);
    daysWith(client, chat, Date.UTC(next.year, next.month, 1) / 1000).then((days) => over || setMarked(days), () => {});
    return () => {
      over = true;
    };
  }, [shown.year, shown.month]);
  const isNow = shown.year === today.year && shown.month === today.month;
  const keys = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    const days = [...(grid.current?.querySelectorAll<HTMLElement>("button") ?? [])];
    const here = days.findIndex((one) => one === document.activeElement);
    if (!step || here < 0) return;
    days[here + step]?.focus();
    event.preventDefault();
  };
  const title = new Intl.DateTimeFormat(lang(), { month: "long", year: "numeric", timeZone: "UTC" }).format(Date.UTC(shown.year, shown.month, 1));
  return (
    <Dialog title={t("search.calendar")} closeLabel={t("dialog.close")} onClose={onClose}>
      <div class="calendar-head">
        <button class="round" type="button" aria-label={t("search.month_before")} onClick={() => setShown(moved(shown, -1))}><Icon name="back" /></button>
        <h3 aria-live="polite">{title}</h3>
        <button class="round" type="button" aria-label={t("search.month_after")} aria-disabled={isNow} onClick={() => isNow || setShown(moved(shown, 1))}><Icon name="next" /></button>
      </div>
      <table ref={grid} class="calendar" onKeyDown={keys}>
        <thead><tr>{Array.from({ length: 7 }, (_, at) => <Weekday key={at} at={at + monday} />)}</tr></thead>
        <tbody>
          {weeksOf(shown, monday).map((week) => (
            <tr key={`${title}-${week.find(Boolean)}`}>
              {week.map((day, at) => <td key={at}>{day > 0 && numberOf(shown, day) <= last && <Day month={shown} day={day} marked={marked.has(numberOf(shown, day))} here={numberOf(shown, day) === last} onPick={onPick} />}{numberOf(shown, day) > last && day > 0 && <span>{day}</span>}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  );
}

/** 4 January 1970 was a Sunday. */
function Weekday({ at }: { at: number }) {
  const date = Date.UTC(1970, 0, 4 + at);
  const how = (weekday: "short" | "long") => new Intl.DateTimeFormat(lang(), { weekday, timeZone: "UTC" }).format(date);
  return <th scope="col" abbr={how("long")}>{how("short")}</th>;
}

function Day({ month, day, marked, here, onPick }: { month: Month; day: number; marked: boolean; here: boolean; onPick: (day: string) => void }) {
  // The number as it is seen, whoever speaks to the page says it: not “1er”.
  const name = new Intl.DateTimeFormat(lang(), { dateStyle: "full", timeZone: "UTC" }).format(Date.UTC(month.year, month.month, day));
  return <button type="button" class={marked ? "with-media" : ""} aria-current={here ? "date" : undefined} aria-label={marked ? t("search.day_with", { day: name }) : name} onClick={() => onPick(written(month, day))}>{day}</button>;
}
