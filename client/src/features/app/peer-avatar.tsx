import type { PeerKey } from "../../state/keys.ts";
import { initialsOf, nameOf, pictureOf } from "../../state/names.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { useEntity } from "./hooks.ts";

/** The picture of a peer. */
export function PeerAvatar({ peer, size }: { peer: PeerKey; size?: "small" | "large" }) {
  const entity = useEntity(peer);
  return (
    <Avatar id={peer} initials={initialsOf(nameOf(entity)) || "?"} picture={pictureOf(entity)} {...(size ? { size } : {})} />
  );
}
