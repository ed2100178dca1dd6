/** Settings: name, look, language, devices, the way out. */
export { LanguageChoice } from "./look.tsx";
export { LinkScreen } from "./link.tsx";
export { Settings } from "./settings.tsx";
export { singleKeys } from "./single-keys.ts";
export { applyTheme } from "./theme.ts";
