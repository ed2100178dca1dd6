/** Times and sizes in the page's language. Times are unix seconds. */
import { lang, t } from "./index.ts";

const made = new Map<string, Intl.DateTimeFormat>();

function format(at: number, how: Intl.DateTimeFormatOptions): string {
  const name = lang() + JSON.stringify(how);
  let found = made.get(name);
  if (!found) made.set(name, (found = new Intl.DateTimeFormat(lang(), how)));
  return first(found.format(at * 1000));
}

/** A date with the first of a month as French writes it: *1er mars*. `Intl` does not know that. */
export function first(date: string): string {
  return lang() === "fr" ? date.replace(/(?<![\d:,.])1(?= \p{L})/u, "1er") : date;
}

/** 14:05 */
export function hour(at: number): string {
  return format(at, { timeStyle: "short" });
}

/** Which day it is here, for comparing. */
export function dayNumber(at: number): string {
  const date = new Date(at * 1000);
  return `${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`;
}

/** Today, Yesterday, Monday 3 March, 3 March 2024. */
export function day(at: number, now: number): string {
  if (dayNumber(at) === dayNumber(now)) return t("time.today");
  if (dayNumber(at) === dayNumber(now - 86_400)) return t("time.yesterday");
  const near = new Date(at * 1000).getFullYear() === new Date(now * 1000).getFullYear();
  const how = { day: "numeric", month: "long" } as const;
  return format(at, near ? { weekday: "long", ...how } : { ...how, year: "numeric" });
}

/** As short as a row of the list has room for. */
export function short(at: number, now: number): string {
  if (!at) return "";
  if (dayNumber(at) === dayNumber(now)) return hour(at);
  if (now - at < 6 * 86_400) return format(at, { weekday: "short" });
  return format(at, { day: "2-digit", month: "2-digit", year: "2-digit" });
}

/** Day and time in full. */
export function full(at: number): string {
  return format(at, { dateStyle: "long", timeStyle: "short" });
}

/** 3 March 2027 */
export function date(at: number): string {
  return format(at, { dateStyle: "long" });
}

/** With the hour and its zone: the end of a period that the law gives. */
export function legal(at: number): string {
  return format(at, { day: "numeric", month: "long", year: "numeric", hour: "numeric", minute: "2-digit", timeZoneName: "short" });
}

/** 1.2 MB */
export function size(bytes: number): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"];
  let [value, unit] = [bytes, 0];
  while (value >= 1000 && unit < units.length - 1) [value, unit] = [value / 1000, unit + 1];
  const unitDisplay = unit ? "short" : "long";
  const how = { style: "unit", unit: units[unit], unitDisplay, maximumFractionDigits: unit > 1 ? 1 : 0 } as const;
  return new Intl.NumberFormat(lang(), how).format(value);
}

/** 50 % in French, 50% in English; `share`: of 1. */
export function percent(share: number): string {
  return new Intl.NumberFormat(lang(), { style: "percent" }).format(share);
}
