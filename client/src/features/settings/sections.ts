/**
 * The sections of the settings, in their order: each has an address, /app/settings/ID. To add to one, put a component into its
 * `parts` (it is given `detail`, what follows in the address); one without parts is not shown.
 */
import type { ComponentType } from "preact";
import type { Key } from "../../i18n/index.ts";
import type { IconName } from "../../ui/icon.tsx";
import { CasesLink } from "../cases/index.tsx";
import { WritingChoice } from "../composer/index.tsx";
import { InstallRow } from "../install/index.tsx";
import { NoticesSection } from "../notices/index.tsx";
import { PasskeysSection } from "../passkeys/index.tsx";
import { About } from "./about.tsx";
import { Accessibility } from "./accessibility.tsx";
import { Profile } from "./account.tsx";
import { Appearance } from "./appearance.tsx";
import { MyData } from "./data.tsx";
import { Devices } from "./devices.tsx";
import { DefaultTimer } from "./default-timer.tsx";
import { Ending, PhoneNumber } from "./number.tsx";
import { Language } from "./language.tsx";
import { Privacy } from "./privacy.tsx";
import { Password } from "./security.tsx";
import { Kept, ThisDevice } from "./storage.tsx";

export interface PartProps {
  detail: string;
}
export interface Section {
  id: string;
  icon: IconName;
  title: Key;
  parts: readonly ComponentType<PartProps>[];
}

export const SECTIONS: readonly Section[] = [
  { id: "account", icon: "person", title: "settings.account", parts: [Profile, PhoneNumber, Ending] },
  { id: "devices", icon: "device", title: "settings.devices", parts: [Devices] },
  { id: "security", icon: "lock", title: "settings.security", parts: [PasskeysSection, Password] },
  { id: "privacy", icon: "shield", title: "settings.privacy", parts: [Privacy, DefaultTimer] },
  { id: "data", icon: "save", title: "settings.data", parts: [MyData] },
  { id: "notifications", icon: "bell", title: "settings.notifications", parts: [NoticesSection] },
  { id: "appearance", icon: "appearance", title: "settings.theme", parts: [Appearance] },
  { id: "accessibility", icon: "accessibility", title: "settings.accessibility", parts: [WritingChoice, Accessibility] },
  { id: "language", icon: "language", title: "settings.language", parts: [Language] },
  { id: "storage", icon: "storage", title: "settings.storage", parts: [InstallRow, ThisDevice, Kept] },
  { id: "cases", icon: "flag", title: "cases.title", parts: [CasesLink] },
  { id: "about", icon: "info", title: "settings.about", parts: [About] },
];
