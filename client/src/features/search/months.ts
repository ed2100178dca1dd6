/** Days of a month as a calendar shows them. Pure; days are counted from 1970, as the server counts them. */

export interface Month {
  year: number;
  /** 0 to 11. */
  month: number;
}

const DAY_MS = 86_400_000;

/** A month further or back. */
export function moved({ year, month }: Month, by: number): Month {
  const date = new Date(Date.UTC(year, month + by, 1));
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() };
}

/** Weeks from `first` (0: Sunday, 1: Monday); 0 where a day is of another month. */
export function weeksOf({ year, month }: Month, first: number): number[][] {
  const days = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const before = (new Date(Date.UTC(year, month, 1)).getUTCDay() - first + 7) % 7;
  const cells = Math.ceil((before + days) / 7) * 7;
  const all = Array.from({ length: cells }, (_, at) => (at < before || at >= before + days ? 0 : at - before + 1));
  return Array.from({ length: cells / 7 }, (_, week) => all.slice(week * 7, week * 7 + 7));
}

/** The number of a day. */
export function numberOf({ year, month }: Month, day: number): number {
  return Date.UTC(year, month, day) / DAY_MS;
}

/** As a field writes it. */
export function written({ year, month }: Month, day: number): string {
  return new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);
}
