/** What the person has chosen for this browser: it stays here, and nothing of it says who they are. */
import { signal } from "@preact/signals";

export type Theme = "system" | "light" | "dark";
export const THEMES: readonly Theme[] = ["system", "light", "dark"];
/** Of whose messages a screen reader is told. */
export type Level = "none" | "chat" | "mentions" | "all";
export const LEVELS: readonly Level[] = ["none", "chat", "mentions", "all"];
/** Size of the text in pixels: the whole page follows it. */
export const SIZES = { least: 12, usual: 16, most: 24 } as const;

const PREFIX = "pb-app-";
/** Grows with each change, so that what shows a choice follows it. */
const version = signal(0);

function read(name: string): string {
  return localStorage.getItem(PREFIX + name) ?? "";
}

/** "" takes the choice back. */
function write(name: string, value: string): void {
  if (value) localStorage.setItem(PREFIX + name, value);
  else localStorage.removeItem(PREFIX + name);
  version.value++;
}

function chosen<T extends string>(name: string, all: readonly T[], usual: T): T {
  const found = read(name);
  return all.find((one) => one === found) ?? usual;
}

/** For components: render again when a choice changes. */
export function usePreferences(): number {
  return version.value;
}

export function chosenTheme(): Theme {
  return chosen("theme", THEMES, "system");
}

/** Remember and show a theme. */
export function applyTheme(theme: Theme = chosenTheme()): void {
  write("theme", theme);
  document.documentElement.dataset["theme"] = theme;
}

/** Whether a single letter acts on the message that has the focus (WCAG 2.1.4: it can be switched off). */
export function singleKeys(): boolean {
  return read("single-keys") !== "off";
}

export function setSingleKeys(on: boolean): void {
  write("single-keys", on ? "" : "off");
}

export function announcements(): Level {
  return chosen("announce", LEVELS, "chat");
}

/** Whether a screen reader is told of a message. */
export function isAnnounced(level: Level, of: { isOpen: boolean; muted: boolean; mentioned: boolean }): boolean {
  if (level === "all") return of.isOpen || of.mentioned || !of.muted;
  return level === "chat" ? of.isOpen : level === "mentions" && of.mentioned;
}

export function setAnnouncements(level: Level): void {
  write("announce", level === "chat" ? "" : level);
}

/** Pixels; what cannot be a size is the usual one. */
export function textSize(found = read("text-size")): number {
  const size = /^\d{1,2}$/.test(found) ? Number(found) : SIZES.usual;
  return size >= SIZES.least && size <= SIZES.most ? size : SIZES.usual;
}

export function setTextSize(size: number): void {
  write("text-size", textSize(String(size)) === SIZES.usual ? "" : String(size));
  applySize();
}

/** Whether things move less than the system asks for. */
export function lessMotion(): boolean {
  return read("motion") === "less";
}

export function setLessMotion(on: boolean): void {
  write("motion", on ? "less" : "");
  applyMotion();
}

/** Whether moving pictures begin by themselves: never where motion is not wanted. */
export function autoplay(): boolean {
  return read("autoplay") !== "off" && !lessMotion() && !matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** What was chosen, whatever the motion. */
export function autoplayChosen(): boolean {
  return read("autoplay") !== "off";
}

export function setAutoplay(on: boolean): void {
  write("autoplay", on ? "" : "off");
}

function applySize(): void {
  const size = textSize();
  document.documentElement.style.fontSize = size === SIZES.usual ? "" : `${(size / SIZES.usual) * 100}%`;
}

function applyMotion(): void {
  if (lessMotion()) document.documentElement.dataset["motion"] = "less";
  else delete document.documentElement.dataset["motion"];
}

/** Show the page as it was chosen. */
export function applyPreferences(): void {
  applyTheme();
  applySize();
  applyMotion();
}
