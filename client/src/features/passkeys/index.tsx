/** Passkeys: the section of the settings and the offer in the list, loaded when they are shown, and the browser's part of signing in. */
import { later } from "../../ui/later.tsx";
export { fillsIn, hasPasskeys, sign } from "./browser.ts";
export { PasskeyOffer } from "./offer.tsx";

export const PasskeysSection = later(() => import("./section.tsx").then((part) => part.PasskeysSection));
