/** Days and times as fields give them, in the zone of this device. Pure. */

/** 2026-11-29T18:30 */
export function fieldOf(second: number): string {
  const date = new Date(second * 1000);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** The second that a field names, or 0. */
export function secondOf(field: string): number {
  const found = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(field);
  if (!found) return 0;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0] = found.slice(1).map(Number);
  return Math.floor(new Date(year, month - 1, day, hour, minute).getTime() / 1000);
}

/** The name of the zone here, and how far it is from UTC then: "Europe/Paris (UTC+1)". */
export function zoneOf(second: number): string {
  const minutes = -new Date(second * 1000).getTimezoneOffset();
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const far = minutes === 0 ? "UTC" : `UTC${minutes < 0 ? "−" : "+"}${hours}${rest ? `:${String(rest).padStart(2, "0")}` : ""}`;
  const name = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return name === far ? far : `${name} (${far})`;
}

const HOUR = 3600;
const YEAR = 365 * 86_400;

/** The next full hour, at least half an hour from now. */
export function proposed(now: number): number {
  return Math.ceil((now + HOUR / 2) / HOUR) * HOUR;
}

/** Whether something can be put off until then. */
export function isLater(second: number, now: number): boolean {
  return second > now + 10 && second < now + YEAR;
}

/** The date that stands for "when they come online". */
export const WHEN_ONLINE = 0x7f_ff_ff_fe;
