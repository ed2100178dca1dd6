/** What the person wants of notices on this device: kept here, and told to the server with the subscription. */
export interface Wishes {
  /** Minutes of the day; both alike: no quiet hours. */
  from: number;
  until: number;
  quiet: boolean;
  /** Whether names and texts stand in notices that come while no page is open. */
  text: boolean;
  sound: boolean;
}

const KEY = "pb-app-notices";
const FIRST: Wishes = { from: 22 * 60, until: 7 * 60, quiet: false, text: true, sound: true };

export function wishes(): Wishes {
  try {
    return { ...FIRST, ...(JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Wishes>) };
  } catch {
    return FIRST;
  }
}

export function setWishes(to: Wishes): void {
  localStorage.setItem(KEY, JSON.stringify(to));
}

/** 22:00 -> 1320; what is no time is none. */
export function minutesOf(time: string): number | null {
  const found = /^(\d\d):(\d\d)$/.exec(time);
  return found ? Number(found[1]) * 60 + Number(found[2]) : null;
}

/** 1320 -> 22:00 */
export function timeOf(minutes: number): string {
  const two = (n: number) => String(n).padStart(2, "0");
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** Whether it is an hour without notices. */
export function isQuiet(now: Date, { quiet, from, until }: Wishes): boolean {
  if (!quiet || from === until) return false;
  const minute = now.getHours() * 60 + now.getMinutes();
  return from < until ? from <= minute && minute < until : minute >= from || minute < until;
}
