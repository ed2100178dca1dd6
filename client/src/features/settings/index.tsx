/** Settings: name, look, language, devices, the way out. */
export { LanguageChoice } from "./look.tsx";
export { Settings } from "./settings.tsx";
export { applyTheme } from "./theme.ts";
