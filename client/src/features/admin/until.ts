/** Until when something holds: choices, and fields for a day and an hour. Pure. */
export const END_CHOICES = ["never", "hour", "day", "week", "month", "date"] as const;
export type End = (typeof END_CHOICES)[number];

const SECONDS: Record<string, number> = { hour: 3600, day: 86_400, week: 7 * 86_400, month: 30 * 86_400 };
/** Nearer or farther ends are taken for none by the server. */
const SOONEST = 60;
const LATEST = 366 * 86_400 - 3600;

/** Unix seconds; 0: it does not end. Null where the day is none, over, or too far away. */
export function endOf(end: End, date: string, now: number, latest = LATEST): number | null {
  if (end === "never") return 0;
  if (end !== "date") return now + (SECONDS[end] ?? 0);
  const at = Math.floor(new Date(date).getTime() / 1000);
  return Number.isFinite(at) && at >= now + SOONEST && at <= now + latest ? at : null;
}

/** A time as a field of day and hour takes it, in the person's own zone. */
export function fieldOf(at: number): string {
  const date = new Date(at * 1000);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
}
