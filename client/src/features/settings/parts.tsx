/** What is loaded when the settings are first opened. */
export { LinkPage } from "./link.tsx";
export { SettingsPage } from "./settings.tsx";
