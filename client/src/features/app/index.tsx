/** What every feature needs: the client, the address, errors in words, names. */
export { ClientContext, useClient } from "./client.ts";
export { copy } from "./copy.ts";
export { later } from "./later.tsx";
export { anchorOf, comeBackTo, placeNow, restore, takePlace } from "./places.ts";
export type { Anchor, Place } from "./places.ts";
export { describe } from "./errors.ts";
export { go, goBack, route, follow } from "./route.ts";
export type { Route } from "./route.ts";
export { useLater } from "./later.ts";
export { useEntity, useName, useOnline, useTick } from "./hooks.ts";
export { preview, service } from "./preview.ts";
export { typingLine } from "./typing.ts";
export { PeerAvatar } from "./peer-avatar.tsx";
