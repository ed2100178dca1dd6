/** Light, dark, or as the system has it. */
export type Theme = "system" | "light" | "dark";

const KEY = "pb-app-theme";

export function chosenTheme(): Theme {
  const found = localStorage.getItem(KEY);
  return found === "light" || found === "dark" ? found : "system";
}

/** Remember and show a theme. */
export function applyTheme(theme: Theme = chosenTheme()): void {
  localStorage.setItem(KEY, theme);
  document.documentElement.dataset["theme"] = theme;
}
